import { eq, inArray } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '#db/client'
import { auditEvents, customerNotes, customers, customerTags, merges, profileCustomers } from '#db/schema'
import { makeCard, makeConnector, makeContainer, makeCustomer, makeProfile } from '#db/testing/make'
import { bareMerchant } from '#db/testing/merchant'
import type { Ctx } from '../core/ctx.ts'
import { archiveCustomer, updateCustomer } from '../customers/commands.ts'
import { createNote, listNotes } from '../customers/notes.ts'
import { findCustomerId, getCustomer, listCustomers, listHistory } from '../customers/queries.ts'
import type { CustomerRow } from '../customers/rules.ts'
import type { NewCustomer } from '../customers/schema.ts'
import { listInstruments } from '../instruments/queries.ts'
import { mergeCustomers, undoMerge } from './merge.ts'
import { getMerge, listMerges, previewMerge } from './queries.ts'

let ctx: Ctx
let stranger: Ctx
let containers: number[]
let connectors: number[]
beforeAll(async () => {
  ctx = await bareMerchant()
  stranger = await bareMerchant()
  containers = []
  connectors = []
  for (const name of ['Shop', 'Club']) {
    const { id: containerId } = await makeContainer(ctx, { name })
    containers.push(containerId)
    connectors.push((await makeConnector(ctx, { name, containerId })).connector.id)
  }
})

const make = (given: Partial<NewCustomer> = {}) => makeCustomer(ctx, { name: 'Ada Lovelace', ...given })

async function withCard(customer: CustomerRow, which: number): Promise<void> {
  const { profileGuid } = await makeProfile(ctx, { customerId: customer.id, containerId: containers[which] })
  await makeCard(ctx, { profileGuid, connectorId: connectors[which] ?? 0 })
}

/** Everything stored about some customers, but what counts writes: versions and the time of the last one. */
async function stored(ids: number[]) {
  const { read } = db()
  const rows = await read.select().from(customers).where(inArray(customers.id, ids)).orderBy(customers.id)
  return {
    rows: rows.map(({ version, updatedAt, ...row }) => row),
    tags: await read
      .select()
      .from(customerTags)
      .where(inArray(customerTags.customerId, ids))
      .orderBy(customerTags.customerId, customerTags.folded),
    links: await read
      .select()
      .from(profileCustomers)
      .where(inArray(profileCustomers.customerId, ids))
      .orderBy(profileCustomers.profileId),
    notes: await read
      .select()
      .from(customerNotes)
      .where(inArray(customerNotes.customerId, ids))
      .orderBy(customerNotes.id),
  }
}

describe('a merge', () => {
  test('fills in what the survivor lacks, unites what are lists, and lets the stricter consent hold', async () => {
    const consent = (granted: boolean) => [{ purpose: 'news', granted }]
    const a = await make({
      email: 'ada@example.com',
      tags: ['vip'],
      customFields: { size: 'M' },
      consents: consent(true),
    })
    const b = await make({
      name: 'A. Lovelace',
      email: 'other@example.com',
      phone: '+46 8 700 11 22',
      tags: ['VIP', 'press'],
      customFields: { size: 'L', colour: 'red' },
      consents: consent(false),
    })
    const { customer } = await mergeCustomers(ctx, { id: a.id, duplicateIds: [b.id] })
    expect(customer).toMatchObject({
      id: a.id,
      name: 'Ada Lovelace',
      email: 'ada@example.com',
      phone: '+46 8 700 11 22',
      phoneE164: '+4687001122',
      tags: ['vip', 'press'],
      customFields: { size: 'M', colour: 'red' },
    })
    expect(customer.consents).toMatchObject([{ purpose: 'news', granted: false }])
    expect(await getCustomer(ctx, { id: a.id })).toEqual(customer)
  })

  test('takes the chosen value of each field, and refuses a choice of somebody else', async () => {
    const [a, b, c] = [
      await make({ company: 'One' }),
      await make({ name: 'Grace Hopper', company: 'Two' }),
      await make(),
    ]
    await expect(
      mergeCustomers(ctx, { id: a.id, duplicateIds: [b.id], winners: { name: c.id } }),
    ).rejects.toMatchObject({ code: 'VALIDATION_ERROR', details: { fields: [{ path: 'winners.name' }] } })
    const winners = { name: b.id }
    const { customer } = await mergeCustomers(ctx, { id: a.id, duplicateIds: [b.id], winners })
    expect(customer).toMatchObject({
      name: 'Grace Hopper',
      firstName: 'Grace',
      company: 'One',
      sortName: 'grace hopper',
    })
  })

  test('lets every old identity lead to the survivor, for reads and for writes', async () => {
    const [a, b] = [await make({ memberId: 'M-1' }), await make({ memberId: 'M-2' })]
    await withCard(b, 0)
    const guid = (await getCustomer(ctx, { id: b.id })).profileGuid ?? ''
    await createNote(ctx, { customerId: b.id, text: 'Prefers mornings' })
    await mergeCustomers(ctx, { id: a.id, duplicateIds: [b.id] })
    for (const identity of [String(b.id), b.customerId, 'member:M-2', guid])
      expect(await findCustomerId(ctx, { identity }), identity).toBe(a.id)
    expect((await getCustomer(ctx, { id: b.id })).id).toBe(a.id)
    expect(await listInstruments(ctx, { customerId: b.id })).toHaveLength(1)
    expect((await listNotes(ctx, { customerId: a.id })).map(({ text }) => text)).toEqual(['Prefers mornings'])
    const changed = await updateCustomer(ctx, { id: b.id, reference: 'R-1' })
    expect(changed.customer).toMatchObject({ id: a.id, reference: 'R-1' })
    const actions = (await listHistory(ctx, { id: a.id })).map(({ action, objectId }) => `${action} ${objectId}`)
    expect(actions).toContain(`customer.created ${b.id}`)
    const { data } = await listCustomers(ctx, { q: 'Lovelace', limit: 100 })
    expect(data.map(({ id }) => id)).not.toContain(b.id)
  })

  test('of one merged again leads on to the last, and can be undone from the last back to the first', async () => {
    const [a, b, c] = [await make({ phone: '+46 8 700 11 33' }), await make(), await make()]
    const before = await stored([a.id, b.id, c.id])
    const first = await mergeCustomers(ctx, { id: b.id, duplicateIds: [a.id] })
    const second = await mergeCustomers(ctx, { id: c.id, duplicateIds: [b.id] })
    expect((await getCustomer(ctx, { id: a.id })).id).toBe(c.id)
    await expect(undoMerge(ctx, { mergeId: first.mergeId })).rejects.toMatchObject({ code: 'MERGE_COVERED' })
    await undoMerge(ctx, { mergeId: second.mergeId })
    expect((await getCustomer(ctx, { id: a.id })).id).toBe(b.id)
    await undoMerge(ctx, { mergeId: first.mergeId })
    expect(await stored([a.id, b.id, c.id])).toEqual(before)
  })

  test('is refused with the reason while two profiles of one container would come together', async () => {
    const [a, b] = [await make(), await make()]
    for (const one of [a, b]) await withCard(one, 0)
    const asked = { id: a.id, duplicateIds: [b.id] }
    const { blockers } = await previewMerge(ctx, asked)
    expect(blockers).toMatchObject([{ code: 'PROFILE_CLASH', containerId: containers[0], container: 'Shop' }])
    await expect(mergeCustomers(ctx, asked)).rejects.toMatchObject({ code: 'MERGE_BLOCKED', details: { blockers } })
  })

  test('knows nobody of another merchant, not itself, and no older version', async () => {
    const [a, b] = [await make(), await make()]
    const theirs = await makeCustomer(stranger, { name: 'Ada Lovelace' })
    const merge = (id: number, duplicate: number, by = ctx) => mergeCustomers(by, { id, duplicateIds: [duplicate] })
    await expect(merge(a.id, theirs.id)).rejects.toMatchObject({ code: 'CUSTOMER_NOT_FOUND' })
    await expect(merge(a.id, b.id, stranger)).rejects.toMatchObject({ code: 'CUSTOMER_NOT_FOUND' })
    await expect(merge(a.id, a.id)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' })
    await expect(mergeCustomers(ctx, { id: a.id, duplicateIds: [b.id], expectedVersion: 7 })).rejects.toMatchObject({
      code: 'STALE_WRITE',
    })
    const { mergeId } = await merge(a.id, b.id)
    await expect(undoMerge(stranger, { mergeId })).rejects.toMatchObject({ code: 'MERGE_NOT_FOUND' })
    await expect(getMerge(stranger, { mergeId })).rejects.toMatchObject({ code: 'MERGE_NOT_FOUND' })
    expect(await getMerge(ctx, { mergeId })).toMatchObject({ survivorId: a.id, duplicateIds: [b.id], undoneAt: null })
    expect((await listMerges(ctx, { customerId: a.id })).map(({ id }) => id)).toEqual([mergeId])
    expect(await listMerges(stranger, {})).toEqual([])
  })

  test('that two ask for at once happens once', async () => {
    const [a, b] = [await make(), await make()]
    const outcomes = await Promise.allSettled([
      mergeCustomers(ctx, { id: a.id, duplicateIds: [b.id] }),
      mergeCustomers(ctx, { id: b.id, duplicateIds: [a.id] }),
    ])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const done = await db()
      .read.select()
      .from(merges)
      .where(inArray(merges.survivorId, [a.id, b.id]))
    expect(done).toHaveLength(1)
  })

  test('is told in the audit trail of each of them', async () => {
    const [a, b] = [await make(), await make()]
    await mergeCustomers(ctx, { id: a.id, duplicateIds: [b.id] })
    for (const { id } of [a, b]) {
      const told = await db().read.select().from(auditEvents).where(eq(auditEvents.customerId, id))
      expect(told.map(({ action }) => action)).toContain('customer.merged')
    }
  })
})

describe('an undo', () => {
  test('leaves with the survivor what was changed and added since, and says what', async () => {
    const [a, b] = [await make(), await make({ phone: '+46 8 700 11 44', company: 'Two' })]
    const { mergeId } = await mergeCustomers(ctx, { id: a.id, duplicateIds: [b.id] })
    await updateCustomer(ctx, { id: a.id, company: 'Three' })
    await createNote(ctx, { customerId: b.id, text: 'Written since' })
    const { customer, duplicates, kept } = await undoMerge(ctx, { mergeId })
    expect(customer).toMatchObject({ id: a.id, phone: null, phoneE164: null, company: 'Three', lifecycle: 'current' })
    expect(duplicates).toMatchObject([{ id: b.id, phone: '+46 8 700 11 44', company: 'Two', lifecycle: 'current' }])
    expect(kept).toEqual(['company'])
    expect((await listNotes(ctx, { customerId: a.id })).map(({ text }) => text)).toEqual(['Written since'])
    expect(await listNotes(ctx, { customerId: b.id })).toEqual([])
    await expect(undoMerge(ctx, { mergeId })).rejects.toMatchObject({ code: 'MERGE_UNDONE' })
  })

  test('brings an archived one back as archived', async () => {
    const [a, b] = [await make(), await make()]
    await archiveCustomer(ctx, { id: b.id })
    const { mergeId } = await mergeCustomers(ctx, { id: a.id, duplicateIds: [b.id] })
    const { duplicates } = await undoMerge(ctx, { mergeId })
    expect(duplicates).toMatchObject([{ lifecycle: 'archived' }])
  })

  test('of any merge leaves everybody as they were', async () => {
    const word = fc.constantFrom('North', 'South', 'West', 'Élan', '')
    const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
    const person = fc.record({
      name: fc.constantFrom('Ada Lovelace', 'Grace Hopper', 'Cher'),
      company: some(word),
      email: some(fc.constantFrom('a@example.com', 'B@example.com')),
      phone: some(fc.constantFrom('+46 8 700 11 22', '08 700 11 23')),
      country: some(fc.constantFrom('SE', 'DE')),
      dateOfBirth: some(fc.constantFrom('1990-01-02', '1985-12-31')),
      tags: some(fc.uniqueArray(fc.constantFrom('vip', 'press', 'new'))),
      customFields: some(fc.dictionary(fc.constantFrom('size', 'colour'), fc.constantFrom('M', 'red'))),
      consents: some(
        fc.uniqueArray(fc.record({ purpose: fc.constantFrom('news', 'calls'), granted: fc.boolean() }), {
          selector: ({ purpose }) => purpose,
        }),
      ),
      ccEmails: some(fc.uniqueArray(fc.constantFrom('c@example.com', 'd@example.com'))),
      preferences: some(fc.record({ currency: fc.constantFrom('EUR', 'SEK'), language: fc.constantFrom('sv', 'de') })),
    })
    const pair = fc.record({
      people: fc.array(person, { minLength: 2, maxLength: 3 }),
      cards: fc.array(fc.nat(1), { maxLength: 2 }),
      note: fc.boolean(),
      chosen: fc.nat(2),
    })
    const identity = fc.asyncProperty(pair, async ({ people, cards, note, chosen }) => {
      const made: CustomerRow[] = []
      for (const given of people) made.push(await make(given))
      // Each card in a container of its own, so that nothing stands against the merge.
      for (const [index, which] of cards.entries()) {
        if (index === 0 || which !== cards[0]) await withCard(made[index] as CustomerRow, which)
      }
      const ids = made.map(({ id }) => id)
      const [id = 0, ...duplicateIds] = ids
      if (note) await createNote(ctx, { customerId: duplicateIds[0] ?? 0, text: 'A note' })
      const before = await stored(ids)
      const winner = ids[chosen % ids.length] ?? id
      const { mergeId } = await mergeCustomers(ctx, {
        id,
        duplicateIds,
        winners: { name: winner, company: winner, phone: winner },
      })
      for (const one of ids) expect((await getCustomer(ctx, { id: one })).id).toBe(id)
      await undoMerge(ctx, { mergeId })
      expect(await stored(ids)).toEqual(before)
    })
    await fc.assert(identity, { numRuns: 60 })
  })
})
