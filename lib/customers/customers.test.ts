import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '#db/client'
import { auditEvents, customers, events } from '#db/schema'
import { at } from '#db/testing/make'
import { bareMerchant as merchant } from '#db/testing/merchant'
import type { Ctx } from '../core/ctx.ts'
import {
  archiveCustomer,
  createCustomer,
  restoreCustomer,
  tagCustomer,
  untagCustomer,
  updateCustomer,
} from './commands.ts'
import { getCustomer, listCustomers, listTags } from './queries.ts'

let ctx: Ctx
let stranger: Ctx
beforeAll(async () => {
  ctx = await merchant()
  stranger = await merchant()
})

const ada = { name: 'Ada Lovelace', email: 'ada@example.com' }
const names = async (search: Parameters<typeof listCustomers>[1], as = ctx) =>
  (await listCustomers(as, search)).data.map(({ name }) => name).sort()
const count = (table: typeof events | typeof auditEvents, merchantId: number) =>
  db().read.$count(table, eq(table.merchantId, merchantId))

describe('a create', () => {
  test('stores what was sent, splits the name once, and is readable at once', async () => {
    const { customer } = await createCustomer(ctx, { ...ada, phone: '+46 8 700 11 22', memberId: 'M-1' })
    expect(customer).toMatchObject({ firstName: 'Ada', lastName: 'Lovelace', phoneE164: '+4687001122', version: 1 })
    expect(await getCustomer(ctx, { id: customer.id })).toEqual(customer)
  })

  test('needs something that names the customer', async () => {
    await expect(createCustomer(ctx, { phone: '12345' })).rejects.toMatchObject({ code: 'VALIDATION_ERROR' })
  })

  test('takes a customer with an e-mail alone, who is then called by it', async () => {
    const { customer } = await createCustomer(ctx, { email: 'solo@example.com' })
    expect(customer.name).toBe('solo@example.com')
  })

  test('refuses an unknown member, a wrong type and an over-long value, each by name', async () => {
    const wrong = { ...ada, nick: 'x', phone: 5, company: 'x'.repeat(256) } as never
    const refused = await createCustomer(ctx, wrong).catch((err) => err)
    expect(refused.details.fields.map(({ path }: { path: string }) => path).sort()).toEqual([
      'company',
      'nick',
      'phone',
    ])
  })

  test('refuses a card number anywhere, without repeating it', async () => {
    const refused = await createCustomer(ctx, { ...ada, customFields: { remark: 'card 4111 1111 1111 1111' } }).catch(
      (err) => err,
    )
    expect(refused).toMatchObject({
      code: 'CARD_NUMBER_REFUSED',
      details: { fields: [{ path: 'customFields.remark' }] },
    })
    expect(JSON.stringify(refused.details)).not.toContain('4111')
  })

  test('is one audit event and one outbox event; a refused one is neither', async () => {
    const own = await merchant()
    await createCustomer(own, ada)
    await createCustomer(own, { name: '' }).catch(() => undefined)
    await createCustomer(own, { ...ada, email: 'none' }).catch(() => undefined)
    expect(await count(auditEvents, own.merchantId)).toBe(1)
    expect(await count(events, own.merchantId)).toBe(1)
  })
})

describe('the duplicate policy', () => {
  test('warn creates and names the candidates with their reasons', async () => {
    const own = await merchant('warn')
    const first = await createCustomer(own, ada)
    const second = await createCustomer(own, { name: 'Another', email: 'ADA@example.com' })
    expect(second.possibleDuplicates).toEqual([
      { id: first.customer.id, customerId: first.customer.customerId, score: 0.9, reasons: ['same_email'] },
    ])
  })

  test('allow stays silent, reject stores nothing and names the candidates', async () => {
    const allowing = await merchant('allow')
    await createCustomer(allowing, ada)
    expect((await createCustomer(allowing, ada)).possibleDuplicates).toEqual([])
    const rejecting = await merchant('reject')
    await createCustomer(rejecting, ada)
    const refused = await createCustomer(rejecting, ada).catch((err) => err)
    expect(refused).toMatchObject({
      code: 'CUSTOMER_DUPLICATE',
      details: { possibleDuplicates: [{ reasons: ['same_email'] }] },
    })
    expect((await listCustomers(rejecting, {})).data).toHaveLength(1)
  })

  test('a customer of another merchant is never a candidate', async () => {
    await createCustomer(stranger, { name: 'Same', email: 'across@example.com' })
    expect((await createCustomer(ctx, { name: 'Same', email: 'across@example.com' })).possibleDuplicates).toEqual([])
  })
})

describe('an update', () => {
  test('changes only what is sent; null clears; members of preferences are merged', async () => {
    const { customer } = await createCustomer(ctx, {
      ...ada,
      phone: '12345',
      preferences: { currency: 'SEK', language: 'sv' },
    })
    const { customer: after, changedFields } = await updateCustomer(ctx, {
      id: customer.id,
      phone: null,
      preferences: { currency: 'USD', notifications: true },
    })
    expect(after).toMatchObject({
      name: ada.name,
      phone: null,
      preferences: { currency: 'USD', language: 'sv', notifications: true },
    })
    expect(changedFields.sort()).toEqual(['currency', 'phone', 'preferences'])
  })

  test('to nothing leaves version, audit and events alone', async () => {
    const own = await merchant()
    const { customer } = await createCustomer(own, { ...ada, tags: ['VIP'] })
    const same = await updateCustomer(own, { id: customer.id, name: ada.name, tags: ['VIP'] })
    expect(same).toMatchObject({ changedFields: [], customer: { version: 1 } })
    expect(await count(auditEvents, own.merchantId)).toBe(1)
    expect(await count(events, own.merchantId)).toBe(1)
  })

  test('with a version that moved on is refused, with the version and the fields that changed since', async () => {
    const { customer } = await createCustomer(ctx, ada)
    await updateCustomer(ctx, { id: customer.id, phone: '12345' })
    await updateCustomer(ctx, { id: customer.id, company: 'Analytical Engines' })
    const refused = await updateCustomer(ctx, { id: customer.id, expectedVersion: 2, phone: '54321' }).catch(
      (err) => err,
    )
    expect(refused).toMatchObject({ code: 'STALE_WRITE', details: { currentVersion: 3, changedFields: ['company'] } })
  })

  test('of two writers with the same version exactly one wins, a hundred times', async () => {
    for (let round = 0; round < 100; round++) {
      const { customer } = await createCustomer(ctx, { name: `Race ${round}`, duplicates: 'allow' })
      const write = (company: string) => updateCustomer(ctx, { id: customer.id, expectedVersion: 1, company })
      const outcomes = await Promise.allSettled([write('a'), write('b')])
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    }
  })

  test('without a version no update is lost', async () => {
    const { customer } = await createCustomer(ctx, { name: 'Busy', duplicates: 'allow' })
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => updateCustomer(ctx, { id: customer.id, customFields: { [`f${i}`]: 'x' } })),
    )
    const after = await getCustomer(ctx, { id: customer.id })
    expect(Object.keys(after.customFields ?? {})).toHaveLength(20)
    expect(after.version).toBe(21)
  })

  test('of an archived customer says so, until it is restored', async () => {
    const { customer } = await createCustomer(ctx, ada)
    await archiveCustomer(ctx, { id: customer.id })
    await expect(updateCustomer(ctx, { id: customer.id, name: 'X' })).rejects.toMatchObject({
      code: 'CUSTOMER_ARCHIVED',
    })
    const { customer: back } = await restoreCustomer(ctx, { id: customer.id })
    expect(back).toMatchObject({ lifecycle: 'current', archivedAt: null })
    await updateCustomer(ctx, { id: customer.id, name: 'X' })
  })
})

describe('consents and tags', () => {
  test('a consent is given and withdrawn, and giving it again as it was changes nothing', async () => {
    const { customer } = await createCustomer(ctx, {
      ...ada,
      consents: [{ purpose: 'news', granted: true, lawfulBasis: 'consent' }],
    })
    expect(customer.consents).toMatchObject([{ purpose: 'news', granted: true }])
    const again = await updateCustomer(ctx, {
      id: customer.id,
      consents: [{ purpose: 'news', granted: true, lawfulBasis: 'consent' }],
    })
    expect(again.changedFields).toEqual([])
    const gone = await updateCustomer(ctx, {
      id: customer.id,
      consents: [{ purpose: 'news', granted: false, lawfulBasis: 'consent' }],
    })
    expect(gone.customer.consents).toMatchObject([{ purpose: 'news', granted: false }])
  })

  test('a key that may write customers but not consents cannot slip one in', async () => {
    const keyed = at(ctx.merchantId, { permissions: new Set(['customers:write']) })
    const sneaky = createCustomer(keyed, { ...ada, consents: [{ purpose: 'news', granted: true }] })
    await expect(sneaky).rejects.toMatchObject({
      code: 'PERMISSION_MISSING',
      details: { permission: 'consents:write' },
    })
  })

  test('tags compare without case, are counted and found', async () => {
    const own = await merchant()
    const { customer } = await createCustomer(own, { ...ada, tags: ['VIP', 'vip', 'Åland'] })
    expect(customer.tags).toEqual(['VIP', 'Åland'])
    await tagCustomer(own, { id: customer.id, tag: 'new' })
    await untagCustomer(own, { id: customer.id, tag: 'ÅLAND' })
    expect((await listTags(own, {})).map(({ tag, customers: n }) => [tag, n])).toEqual([
      ['new', 1],
      ['VIP', 1],
    ])
    expect(await names({ tag: ['vip'] }, own)).toEqual([ada.name])
  })
})

test('a command that fails in a group undoes itself alone', async () => {
  const own = await merchant('reject')
  const writes = Array.from({ length: 60 }, (_, i) =>
    createCustomer(own, { name: `G${i}`, email: i % 3 === 0 ? 'same@x.example' : `${i}@x.example` }),
  )
  const outcomes = await Promise.allSettled(writes)
  const stored = outcomes.filter(({ status }) => status === 'fulfilled').length
  expect(await db().read.$count(customers, eq(customers.merchantId, own.merchantId))).toBe(stored)
  expect(await count(auditEvents, own.merchantId)).toBe(stored)
})
