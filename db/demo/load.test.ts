import fs from 'node:fs'
import path from 'node:path'
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Demo } from './access.ts'

// Settings are read when the first module of the product loads, so everything of it is imported afterwards.
vi.stubEnv('DEMO_CUSTOMERS', '80')
const { closeDb, db, openDb } = await import('#db/client')
const { auditEvents, customers, instruments, profileCustomers, profiles, staff, transactions } = await import(
  '#db/schema'
)
const { default: loadDemo } = await import('./load.ts')
const { planSteps } = await import('./plan.ts')
const { verifyPassword } = await import('#lib/access/passwords')
const { env } = await import('#lib/env')

const file = () => path.join(env.DATA_DIR, 'demo.json')
const read = (): Demo => JSON.parse(fs.readFileSync(file(), 'utf8'))
const ROLES = ['owner', 'admin', 'manager', 'support', 'analyst', 'auditor', 'developer']

describe('the demo', () => {
  beforeAll(async () => {
    await openDb()
    await loadDemo()
    return closeDb
  })

  test('writes what opens its doors, for nobody else to read', () => {
    const demo = read()
    expect(fs.statSync(file()).mode & 0o777).toBe(0o600)
    expect(Object.keys(demo)).toEqual([
      'baseUrl',
      'staff',
      'merchants',
      'apiKeys',
      'oauthClients',
      'containers',
      'connectors',
    ])
    expect(demo.baseUrl).toBe('http://127.0.0.1:3000')
    expect(demo.merchants).toEqual([
      { id: 1, name: 'Northwind Group', parent: null },
      { id: 2, name: 'Harbor Books', parent: 'Northwind Group' },
      { id: 3, name: 'Fjord Outdoor', parent: 'Northwind Group' },
      { id: 4, name: 'Atlas Travel', parent: null },
    ])
    const domains = {
      'Northwind Group': 'demo',
      'Harbor Books': 'harbor-books',
      'Fjord Outdoor': 'fjord-outdoor',
      'Atlas Travel': 'atlas-travel',
    }
    const people = Object.entries(domains).flatMap(([merchant, domain]) =>
      ROLES.map((role) => ({ email: `${role}@${domain}.example`, role, merchant })),
    )
    expect(demo.staff.map(({ password, ...person }) => person)).toEqual(people)
    expect(demo.containers).toEqual([
      { id: 1, name: 'Group wallet', merchant: 'Northwind Group', shared: true },
      { id: 2, name: 'Atlas wallet', merchant: 'Atlas Travel', shared: false },
    ])
  })

  test('has keys, clients and connectors of every selling merchant', () => {
    const demo = read()
    for (const merchant of ['Harbor Books', 'Fjord Outdoor', 'Atlas Travel']) {
      const container = merchant === 'Atlas Travel' ? 'Atlas wallet' : 'Group wallet'
      const own = <T extends { merchant: string }>(all: T[]) => all.filter((one) => one.merchant === merchant)
      expect(own(demo.apiKeys).map(({ key, ...rest }) => rest)).toEqual([
        { merchant, name: 'full', scopes: ['*'], compatStatus200: false },
        {
          merchant,
          name: 'read',
          scopes: ['customers:read', 'profiles:read', 'instruments:read', 'transactions:read', 'containers:read'],
          compatStatus200: false,
        },
        { merchant, name: 'stax', scopes: ['*'], compatStatus200: true },
      ])
      expect(own(demo.oauthClients)).toHaveLength(1)
      expect(own(demo.connectors)).toMatchObject([
        { name: 'cards', adapter: 'simulator', requireSignature: false, container },
        { name: 'signed', adapter: 'simulator', requireSignature: true, container },
      ])
    }
    expect(demo.apiKeys.at(-1)).toMatchObject({ merchant: 'Northwind Group', name: 'full' })
    expect(demo.connectors.at(-1)).toMatchObject({
      merchant: 'Northwind Group',
      name: 'meta',
      adapter: 'meta',
      container: 'Group wallet',
    })
  })

  test('its passwords are those of the accounts', async () => {
    const [owner] = read().staff
    const [account] = await db()
      .read.select()
      .from(staff)
      .where(eq(staff.email, owner?.email ?? ''))
    expect(await verifyPassword(account?.passwordHash, owner?.password ?? '')).toBe(true)
    expect(await verifyPassword(account?.passwordHash, 'another password')).toBe(false)
  })

  test('customers joined one after the other, and everything that happened is in order', async () => {
    const joined = await db().read.select().from(customers).orderBy(customers.id)
    expect(joined).toHaveLength(80)
    expect(new Set(joined.map(({ merchantId }) => merchantId))).toEqual(new Set([2, 3, 4]))
    const rising = (times: Date[]) => times.every((time, index) => index === 0 || time >= (times[index - 1] ?? time))
    expect(rising(joined.map(({ createdAt }) => createdAt))).toBe(true)
    expect(joined.at(-1)?.createdAt.getTime()).toBeLessThan(Date.now())
    for (const merchantId of [2, 3, 4]) {
      const trail = await db()
        .read.select({ at: auditEvents.at })
        .from(auditEvents)
        .where(eq(auditEvents.merchantId, merchantId))
        .orderBy(auditEvents.seq)
      expect(trail.length).toBeGreaterThan(20)
      expect(rising(trail.map(({ at }) => at))).toBe(true)
    }
    expect(joined.some(({ name }) => /[^\p{Script=Latin}\p{Script=Common}]/u.test(name))).toBe(true)
  })

  test('the first profile has a preferred instrument, and some are shared by sister merchants', async () => {
    const [first] = await db().read.select().from(profiles).where(eq(profiles.customerIdentification, 'demo-1'))
    expect(first).toMatchObject({ containerId: 1, preferredInstrumentId: expect.any(Number) })
    const links = await db().read.select().from(profileCustomers)
    expect(links.length).toBeGreaterThan(new Set(links.map(({ profileId }) => profileId)).size)
    const saved = await db().read.select().from(instruments)
    expect(saved.length).toBeGreaterThan(40)
    expect(new Set(saved.map(({ type }) => type)).size).toBe(3)
  })

  test('payments went on for eighteen months, and deposits are what they left', async () => {
    const moved = await db().read.select().from(transactions).orderBy(transactions.id)
    expect(moved.length).toBeGreaterThan(40)
    expect(new Set(moved.map(({ state }) => state))).toEqual(new Set(['success', 'error']))
    expect(new Set(moved.map(({ type }) => type))).toEqual(new Set(['debit', 'refund']))
    const sums = new Map<number, number>()
    for (const { customerId, state, type, amountMinor } of moved) {
      if (customerId === null || state !== 'success') continue
      const signed = type === 'refund' ? -(amountMinor ?? 0) : (amountMinor ?? 0)
      sums.set(customerId, (sums.get(customerId) ?? 0) + signed)
    }
    const rows = await db().read.select().from(customers)
    for (const { id, deposits } of rows) {
      const shown = Object.values(deposits ?? {}).reduce((sum, amount) => sum + amount, 0)
      expect(shown, `customer ${id}`).toBe(sums.get(id) ?? 0)
    }
  })

  test('loading again changes nothing, and a foreign database is left alone', async () => {
    const before = fs.readFileSync(file(), 'utf8')
    await loadDemo()
    expect(fs.readFileSync(file(), 'utf8')).toBe(before)
    fs.rmSync(file())
    await expect(loadDemo()).rejects.toThrow('not empty')
  })
})

test('the plan of a day is always the same', () => {
  const actor = { type: 'system' as const, id: null, name: 'Clientele' }
  const shop = (merchantId: number, containerId: number) => ({
    merchantId,
    containerId,
    connectorId: 1,
    currency: 'EUR',
    key: actor,
    support: actor,
    manager: actor,
  })
  const plan = () =>
    planSteps([shop(2, 1), shop(3, 1), shop(4, 2)], 200, new Date('2026-11-20T00:00:00Z')).map(({ at, merchantId }) => [
      at.toISOString(),
      merchantId,
    ])
  expect(plan()).toEqual(plan())
})
