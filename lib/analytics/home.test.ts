import { beforeAll, describe, expect, test } from 'vitest'
import { closeDb, openDb } from '#db/client'
import {
  at,
  makeCard,
  makeConnector,
  makeContainer,
  makeCustomer,
  makeMerchant,
  makeProfile,
  staffAt,
} from '#db/testing/make'
import { createApiKey } from '../access/keys.ts'
import { createStaff } from '../access/team.ts'
import { setDefaultContainer } from '../containers/commands.ts'
import { archiveCustomer } from '../customers/commands.ts'
import { listCustomers } from '../customers/queries.ts'
import type { CustomerSearch } from '../customers/schema.ts'
import { expiringMonths, getFirstSteps, getHomeFigures } from './home.ts'

const DAY_MS = 86_400_000
const now = new Date('2026-11-21T09:30:00.000Z')
const daysAgo = (days: number) => ({ now: () => new Date(now.getTime() - days * DAY_MS) })

let harbor: number
let fjord: number
let cards: number

const here = (given = {}) => at(harbor, { now: () => now, ...given })

beforeAll(async () => {
  await openDb()
  const group = await makeMerchant('Group')
  harbor = (await makeMerchant('Harbor', group.id)).id
  fjord = (await makeMerchant('Fjord', group.id)).id
  const wallet = (await makeContainer(at(group.id), { name: 'Group wallet', shared: true })).id
  for (const id of [harbor, fjord]) await setDefaultContainer(at(id), { containerId: wallet })
  cards = (await makeConnector(at(harbor))).connector.id
  return closeDb
})

async function makeHolder(ages: number, ...ends: [year: number, month: number][]) {
  const ctx = here(daysAgo(ages))
  const customer = await makeCustomer(ctx)
  const { profileGuid } = await makeProfile(ctx, { customerId: customer.id })
  for (const [expYear, expMonth] of ends) await makeCard(ctx, { profileGuid, connectorId: cards, expYear, expMonth })
  return { customer, profileGuid }
}

async function fill(): Promise<void> {
  await makeHolder(0, [2026, 11])
  // Two cards and two lists, one person: the tiles count people.
  const twice = await makeHolder(29, [2026, 11], [2026, 10], [2025, 12])
  await makeHolder(30, [2027, 1])
  await makeHolder(59)
  await makeCustomer(here(daysAgo(60)))
  const gone = await makeHolder(3, [2026, 11])
  await archiveCustomer(here(), { id: gone.customer.id })
  // A sister shop's customer in the same wallet is nobody here.
  const sister = await makeCustomer(at(fjord, { now: () => now }))
  await makeProfile(at(fjord), { customerId: sister.id })
  expect(twice.profileGuid).toMatch(/^CP-/)
}

describe('getHomeFigures', () => {
  test('an empty merchant has nothing, not even a mean', async () => {
    expect(await getHomeFigures(here(), {})).toMatchObject({
      current: { value: 0, relation: 'eq' },
      completeness: null,
      withInstrument: { value: 0 },
    })
  })

  test('counts what it says, and every tile equals the total of the list it leads to', async () => {
    await fill()
    const later = here({ now: () => new Date(now.getTime() + 60_000) })
    const figures = await getHomeFigures(later, {})
    expect(figures).toMatchObject({
      added: { count: { value: 3 }, before: { value: 2 }, period: { from: '2026-10-23', to: '2026-11-21' } },
      current: { value: 5, relation: 'eq' },
      withInstrument: { value: 3 },
      expiring: { count: { value: 2 }, q: 'expires:2026-11' },
      expired: { count: { value: 1 }, q: 'expires<2026-11' },
    })
    expect(figures.completeness).toBeGreaterThan(0)
    const total = async (search: CustomerSearch) => (await listCustomers(later, { ...search, total: true })).total
    const dates = { gte: '2026-10-23T00:00:00.000Z', lt: '2026-11-22T00:00:00.000Z' }
    expect(await total({ createDate: dates, lifecycle: ['current', 'archived'] })).toEqual(figures.added.count)
    expect(await total({})).toEqual(figures.current)
    expect(await total({ hasInstrument: true })).toEqual(figures.withInstrument)
    expect(await total({ q: figures.expiring?.q ?? '' })).toEqual(figures.expiring?.count)
    expect(await total({ q: figures.expired?.q ?? '' })).toEqual(figures.expired?.count)
  })

  test('says nothing of instruments to a caller that may not read them', async () => {
    const permissions = new Set(['customers:read'] as const)
    const figures = await getHomeFigures(here({ permissions }), {})
    expect(figures).toMatchObject({ withInstrument: null, expiring: null, expired: null })
  })
})

describe('expiringMonths', () => {
  test.each([
    ['2026-11-21T00:00:00.000Z', ['2026-11']],
    ['2026-12-01T00:00:00.001Z', []],
    ['2026-12-02T00:00:00.000Z', ['2026-12']],
    ['2027-01-30T12:00:00.000Z', ['2027-1', '2027-2']],
    ['2026-12-31T23:59:59.999Z', ['2026-12']],
  ])('%s', (at, months) => {
    expect(expiringMonths(new Date(at)).map(({ year, month }) => `${year}-${month}`)).toEqual(months)
  })
})

describe('getFirstSteps', () => {
  test('are open at a new merchant, and done one by one', async () => {
    const alone = (await makeMerchant('Newcomer')).id
    const owner = staffAt(alone, 'owner')
    expect(await getFirstSteps(owner, {})).toEqual({ customer: false, key: false, colleague: false })
    await makeCustomer(at(alone))
    await createApiKey(at(alone), { name: 'shop', scopes: ['customers:read'] })
    for (const n of [1, 2]) {
      const person = { name: 'Ada Lovelace', email: `ada-${n}@newcomer.example`, role: 'support' as const }
      await createStaff(at(alone), { ...person, password: 'a long and odd sentence' })
    }
    expect(await getFirstSteps(owner, {})).toEqual({ customer: true, key: true, colleague: true })
  })

  test('are only those that the reader may take', async () => {
    expect(await getFirstSteps(staffAt(harbor, 'support'), {})).toEqual({ customer: true, key: null, colleague: null })
    expect(await getFirstSteps(staffAt(harbor, 'analyst'), {})).toEqual({ customer: null, key: null, colleague: null })
  })
})
