import { randomUUID } from 'node:crypto'
import { asc, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { db, openDb } from '#db/client'
import { auditEvents, customers, events, merchants } from '#db/schema'
import { at, staffAt } from '#db/testing/make'
import { listAuditEvents, verifyAuditChain } from '../audit/queries.ts'
import type { Ctx } from '../core/ctx.ts'
import { flushReads } from '../core/record.ts'
import { archiveCustomer, createCustomer, restoreCustomer, tagCustomer, untagCustomer, updateCustomer } from './commands.ts'
import { createNote, deleteNote, listNotes, updateNote } from './notes.ts'
import { findCustomerId, getCustomer, listCustomers, listHistory, listTags } from './queries.ts'

/** A merchant as a bare row, so that this file tests customers and nothing else. */
async function merchant(duplicatePolicy: 'allow' | 'warn' | 'reject' = 'warn'): Promise<Ctx> {
  await openDb()
  const now = new Date()
  const row = { merchantUuid: randomUUID(), name: 'Harbor Books', path: '/', currency: 'EUR', timeZone: 'UTC', duplicatePolicy }
  const [made] = await db().write((writer) =>
    writer
      .insert(merchants)
      .values({ ...row, requireIfMatch: false, version: 1, createdAt: now, updatedAt: now })
      .returning({ id: merchants.id }),
  )
  return at(made?.id ?? 0)
}

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
    expect(refused.details.fields.map(({ path }: { path: string }) => path).sort()).toEqual(['company', 'nick', 'phone'])
  })

  test('refuses a card number anywhere, without repeating it', async () => {
    const refused = await createCustomer(ctx, { ...ada, customFields: { remark: 'card 4111 1111 1111 1111' } }).catch((err) => err)
    expect(refused).toMatchObject({ code: 'CARD_NUMBER_REFUSED', details: { fields: [{ path: 'customFields.remark' }] } })
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
    expect(refused).toMatchObject({ code: 'CUSTOMER_DUPLICATE', details: { possibleDuplicates: [{ reasons: ['same_email'] }] } })
    expect((await listCustomers(rejecting, {})).data).toHaveLength(1)
  })

  test('a customer of another merchant is never a candidate', async () => {
    await createCustomer(stranger, { name: 'Same', email: 'across@example.com' })
    expect((await createCustomer(ctx, { name: 'Same', email: 'across@example.com' })).possibleDuplicates).toEqual([])
  })
})

describe('an update', () => {
  test('changes only what is sent; null clears; members of preferences are merged', async () => {
    const { customer } = await createCustomer(ctx, { ...ada, phone: '12345', preferences: { currency: 'SEK', language: 'sv' } })
    const { customer: after, changedFields } = await updateCustomer(ctx, {
      id: customer.id,
      phone: null,
      preferences: { currency: 'USD', notifications: true },
    })
    expect(after).toMatchObject({ name: ada.name, phone: null, preferences: { currency: 'USD', language: 'sv', notifications: true } })
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
    const refused = await updateCustomer(ctx, { id: customer.id, expectedVersion: 2, phone: '54321' }).catch((err) => err)
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
    await Promise.all(Array.from({ length: 20 }, (_, i) => updateCustomer(ctx, { id: customer.id, customFields: { [`f${i}`]: 'x' } })))
    const after = await getCustomer(ctx, { id: customer.id })
    expect(Object.keys(after.customFields ?? {})).toHaveLength(20)
    expect(after.version).toBe(21)
  })

  test('of an archived customer says so, until it is restored', async () => {
    const { customer } = await createCustomer(ctx, ada)
    await archiveCustomer(ctx, { id: customer.id })
    await expect(updateCustomer(ctx, { id: customer.id, name: 'X' })).rejects.toMatchObject({ code: 'CUSTOMER_ARCHIVED' })
    const { customer: back } = await restoreCustomer(ctx, { id: customer.id })
    expect(back).toMatchObject({ lifecycle: 'current', archivedAt: null })
    await updateCustomer(ctx, { id: customer.id, name: 'X' })
  })
})

describe('consents and tags', () => {
  test('a consent is given and withdrawn, and giving it again as it was changes nothing', async () => {
    const { customer } = await createCustomer(ctx, { ...ada, consents: [{ purpose: 'news', granted: true, lawfulBasis: 'consent' }] })
    expect(customer.consents).toMatchObject([{ purpose: 'news', granted: true }])
    const again = await updateCustomer(ctx, { id: customer.id, consents: [{ purpose: 'news', granted: true, lawfulBasis: 'consent' }] })
    expect(again.changedFields).toEqual([])
    const gone = await updateCustomer(ctx, { id: customer.id, consents: [{ purpose: 'news', granted: false, lawfulBasis: 'consent' }] })
    expect(gone.customer.consents).toMatchObject([{ purpose: 'news', granted: false }])
  })

  test('a key that may write customers but not consents cannot slip one in', async () => {
    const keyed = at(ctx.merchantId, { permissions: new Set(['customers:write']) })
    const sneaky = createCustomer(keyed, { ...ada, consents: [{ purpose: 'news', granted: true }] })
    await expect(sneaky).rejects.toMatchObject({ code: 'PERMISSION_MISSING', details: { permission: 'consents:write' } })
  })

  test('tags compare without case, are counted and found', async () => {
    const own = await merchant()
    const { customer } = await createCustomer(own, { ...ada, tags: ['VIP', 'vip', 'Åland'] })
    expect(customer.tags).toEqual(['VIP', 'Åland'])
    await tagCustomer(own, { id: customer.id, tag: 'new' })
    await untagCustomer(own, { id: customer.id, tag: 'ÅLAND' })
    expect((await listTags(own, {})).map(({ tag, customers: n }) => [tag, n])).toEqual([['new', 1], ['VIP', 1]])
    expect(await names({ tag: ['vip'] }, own)).toEqual([ada.name])
  })
})

describe('finding', () => {
  let own: Ctx
  beforeAll(async () => {
    own = await merchant('allow')
    await createCustomer(own, { name: 'Bjørn Hansen', email: 'bjorn.hansen@yahoo.no', phone: '+47 22 44 22 22', address: { city: 'Oslo' } })
    await createCustomer(own, { name: 'François Tremblay', email: 'ftremblay@gmail.com', company: 'Érable & Cie', phone: '+1 (514) 721-4711' })
    await createCustomer(own, { name: '山田太郎', email: 'taro@example.jp', memberId: 'M-77' })
    await createCustomer(own, { name: 'Ольга Иванова', email: 'olga@example.ru', status: 'suspended', preferences: { currency: 'RUB' } })
  })

  test.each([
    ['bjorn', 'Bjørn Hansen'], ['ØRN HAN', 'Bjørn Hansen'], ['HANSEN@YAHOO', 'Bjørn Hansen'], ['22442222', 'Bjørn Hansen'],
    ['oslo', 'Bjørn Hansen'], ['francois', 'François Tremblay'], ['erable', 'François Tremblay'], ['721-4711', 'François Tremblay'],
    ['(514)', 'François Tremblay'], ['5147214711', 'François Tremblay'], ['山田太', '山田太郎'], ['山田', '山田太郎'],
    ['ивано', 'Ольга Иванова'], ['ол', 'Ольга Иванова'], ['M-77', '山田太郎'], ['"olga@example.ru"', 'Ольга Иванова'],
    ['memberId:M-77', '山田太郎'], ['status:suspended', 'Ольга Иванова'], ['city:oslo', 'Bjørn Hansen'], ['currency:rub', 'Ольга Иванова'],
  ])('%s finds %s', async (q, name) => {
    expect(await names({ q }, own)).toEqual([name])
  })

  test('words are joined by AND, a minus excludes, and what the grammar does not know is text', async () => {
    expect(await names({ q: 'tremblay gmail' }, own)).toEqual(['François Tremblay'])
    expect(await names({ q: 'tremblay yahoo' }, own)).toEqual([])
    expect(await names({ q: '-tremblay -hansen -status:suspended' }, own)).toEqual(['山田太郎'])
    expect(await names({ q: 'foo:bar' }, own)).toEqual([])
    expect(await names({ q: '%' }, own)).toEqual([])
    expect(await names({ q: `x' OR 1=1 --` }, own)).toEqual([])
  })

  test('an unclosed quote tells where', async () => {
    await expect(listCustomers(own, { q: 'ann "north' })).rejects.toMatchObject({ code: 'QUERY_INVALID', details: { offset: 4 } })
  })

  test('each of its ids finds a customer', async () => {
    const [first] = (await listCustomers(own, { q: 'bjorn' })).data
    for (const identity of [String(first?.id), first?.customerId ?? '']) {
      expect(await names({ q: identity }, own)).toEqual(['Bjørn Hansen'])
      expect(await findCustomerId(own, { identity })).toBe(first?.id)
    }
    expect(await findCustomerId(own, { identity: 'member:M-77' })).toBeTypeOf('number')
  })

  test('a changed customer is found by the new and no longer by the old value', async () => {
    const { customer } = await createCustomer(own, { name: 'Zebulon Quick' })
    await updateCustomer(own, { id: customer.id, firstName: 'Wanda', lastName: 'Slow' })
    expect(await names({ q: 'zebulon' }, own)).toEqual([])
    expect(await names({ q: 'wanda' }, own)).toEqual(['Wanda Slow'])
    await archiveCustomer(own, { id: customer.id })
    expect(await names({ q: 'wanda' }, own)).toEqual([])
    expect(await names({ q: 'wanda', lifecycle: ['archived'] }, own)).toEqual(['Wanda Slow'])
  })

  test('who sees personal data masked finds it by its whole value only, and cannot sort by it', async () => {
    const analyst = staffAt(own.merchantId, 'analyst')
    expect(await names({ q: 'bjorn' }, analyst)).toEqual([])
    expect(await names({ q: 'bjorn.hansen@yahoo.no' }, analyst)).toEqual(['B••• H•••'])
    await expect(listCustomers(analyst, { sort: 'name' })).rejects.toMatchObject({ code: 'PERMISSION_MISSING' })
    const page = JSON.stringify(await listCustomers(analyst, {}))
    for (const secret of ['jørn', 'jorn', 'yahoo', '2244', 'Tremblay', 'olga', '山田太郎']) expect(page).not.toContain(secret)
  })
})

describe('paging', () => {
  test.each(['-createDate', 'createDate', 'name', '-name', 'email', 'updateDate', '-id', 'name,-createDate'])(
    'by %s shows each untouched row once, both ways, while others come and go',
    async (sort) => {
      const own = await merchant('allow')
      const moment = new Date('2026-01-01T00:00:00.123Z')
      const steady = await Promise.all(
        Array.from({ length: 45 }, (_, i) =>
          createCustomer({ ...own, now: () => new Date(moment.getTime() + Math.floor(i / 7)) }, { name: `N${i % 9}`, email: i % 3 ? `${i}@x.example` : null }),
        ),
      )
      const extra = await createCustomer(own, { name: 'Goes' })
      const seen: number[] = []
      let cursor: string | undefined
      let last: Awaited<ReturnType<typeof listCustomers>> | undefined
      do {
        last = await listCustomers(own, { sort, limit: 10, cursor })
        seen.push(...last.data.map(({ id }) => id))
        if (!cursor) await archiveCustomer(own, { id: extra.customer.id })
        await createCustomer(own, { name: 'N4', email: '4@x.example' })
        cursor = last.nextCursor ?? undefined
      } while (cursor && seen.length < 200)
      const ids = new Set(steady.map(({ customer }) => customer.id))
      const forward = seen.filter((id) => ids.has(id))
      expect(forward).toHaveLength(45)
      expect(new Set(forward).size).toBe(45)
      const before = await listCustomers(own, { sort, limit: 10, cursor: last.prevCursor ?? undefined })
      const back = before.data.map(({ id }) => id).filter((id) => ids.has(id))
      expect(back.length).toBeGreaterThan(0)
      expect(forward.join()).toContain(back.join())
    },
  )

  test('a cursor used with another filter or sort, or changed, is refused', async () => {
    const own = await merchant('allow')
    for (let i = 0; i < 3; i++) await createCustomer(own, { name: `P${i}` })
    const { nextCursor } = await listCustomers(own, { limit: 2 })
    for (const other of [{ sort: 'name' }, { status: ['active' as const] }, { q: 'p' }]) {
      await expect(listCustomers(own, { ...other, limit: 2, cursor: nextCursor ?? '' })).rejects.toMatchObject({ code: 'CURSOR_INVALID' })
    }
    await expect(listCustomers(stranger, { limit: 2, cursor: nextCursor ?? '' })).rejects.toMatchObject({ code: 'CURSOR_INVALID' })
  })

  test('a total comes only when asked for', async () => {
    const own = await merchant('allow')
    for (let i = 0; i < 3; i++) await createCustomer(own, { name: `P${i}` })
    expect(await listCustomers(own, { limit: 2 })).not.toHaveProperty('total')
    expect((await listCustomers(own, { limit: 2, total: true })).total).toEqual({ value: 3, relation: 'eq' })
  })
})

describe('another merchant', () => {
  test('gets the not-found of a customer that never existed, from every verb', async () => {
    const { customer } = await createCustomer(ctx, ada)
    const asked = [
      (id: number) => getCustomer(stranger, { id }),
      (id: number) => updateCustomer(stranger, { id, name: 'Mine' }),
      (id: number) => archiveCustomer(stranger, { id }),
      (id: number) => restoreCustomer(stranger, { id }),
      (id: number) => tagCustomer(stranger, { id, tag: 'x' }),
      (id: number) => untagCustomer(stranger, { id, tag: 'x' }),
      (id: number) => createNote(stranger, { customerId: id, text: 'x' }),
      (id: number) => listNotes(stranger, { customerId: id }),
      (id: number) => listHistory(stranger, { id }),
    ]
    for (const ask of asked) {
      const [theirs, nobodys] = await Promise.all([customer.id, 9_007_199_254_740_991].map((id) => ask(id).catch((err) => err)))
      expect(theirs.code).toBe('CUSTOMER_NOT_FOUND')
      expect({ ...theirs.details, customerId: '' }).toEqual({ ...nobodys.details, customerId: '' })
    }
    expect(await names({ q: 'ada@example.com' }, stranger)).toEqual([])
    expect(await getCustomer(ctx, { id: customer.id })).toMatchObject({ name: ada.name, version: 1 })
  })
})

describe('notes', () => {
  test('keep their edit history and are gone when deleted', async () => {
    const { customer } = await createCustomer(ctx, ada)
    const note = await createNote(ctx, { customerId: customer.id, text: 'Called\nback' })
    const edited = await updateNote(ctx, { noteId: note.id, text: 'Called again' })
    expect(edited.history).toMatchObject([{ text: 'Called\nback', editorName: 'Clientele' }])
    await deleteNote(ctx, { noteId: note.id })
    expect(await listNotes(ctx, { customerId: customer.id })).toEqual([])
  })

  test('of another merchant are not there', async () => {
    const { customer } = await createCustomer(ctx, ada)
    const note = await createNote(ctx, { customerId: customer.id, text: 'x' })
    await expect(updateNote(stranger, { noteId: note.id, text: 'y' })).rejects.toMatchObject({ code: 'NOTE_NOT_FOUND' })
    await expect(deleteNote(stranger, { noteId: note.id })).rejects.toMatchObject({ code: 'NOTE_NOT_FOUND' })
  })
})

describe('the audit trail', () => {
  test('shows who changed and who read what, by field, in one chain without a gap', async () => {
    const own = await merchant()
    const manager = staffAt(own.merchantId, 'manager', { ip: '203.0.113.9', requestId: 'req_1' })
    const { customer } = await createCustomer(manager, ada)
    await updateCustomer(manager, { id: customer.id, phone: '12345' })
    await getCustomer(manager, { id: customer.id })
    await flushReads()
    const trail = await listAuditEvents(own, { customerId: customer.id })
    expect(trail.data.map(({ action, actorName, ip }) => [action, actorName, ip])).toEqual([
      ['customer.read', 'The manager', '203.0.113.9'],
      ['customer.updated', 'The manager', '203.0.113.9'],
      ['customer.created', 'The manager', '203.0.113.9'],
    ])
    expect(trail.data[1]?.changes).toEqual({ phone: { before: null, after: '12345' } })
    await flushReads()
    expect((await verifyAuditChain(own, {})).brokenAt).toBeNull()
  })

  test('refuses to be changed or deleted, even by SQL', async () => {
    await createCustomer(ctx, ada)
    const [row] = await db().read.select().from(auditEvents).orderBy(asc(auditEvents.id)).limit(1)
    const id = row?.id ?? 0
    await expect(db().write((writer) => writer.delete(auditEvents).where(eq(auditEvents.id, id)))).rejects.toThrow()
    const rename = db().write((writer) => writer.update(auditEvents).set({ actorName: 'Nobody' }).where(eq(auditEvents.id, id)))
    await expect(rename).rejects.toThrow()
    const forge = db().write((writer) => writer.update(auditEvents).set({ changes: {}, salt: 'x' }).where(eq(auditEvents.id, id)))
    await expect(forge).rejects.toThrow()
  })

  test('stays whole when what changed is emptied, which erasing a person needs', async () => {
    const own = await merchant()
    await createCustomer(own, ada)
    await db().write((writer) => writer.update(auditEvents).set({ changes: null, salt: null }).where(eq(auditEvents.merchantId, own.merchantId)))
    expect(await verifyAuditChain(own, {})).toEqual({ rows: 1, brokenAt: null })
  })

  test('masks personal before and after for who may not read them', async () => {
    const own = await merchant()
    await createCustomer(own, ada)
    const trail = await listAuditEvents(staffAt(own.merchantId, 'auditor'), {})
    expect(JSON.stringify(trail)).not.toContain('ada@example.com')
    expect(trail.data[0]?.changes?.email).toEqual({ before: null, after: '••••' })
  })
})

test('a command that fails in a group undoes itself alone', async () => {
  const own = await merchant('reject')
  const writes = Array.from({ length: 60 }, (_, i) => createCustomer(own, { name: `G${i}`, email: i % 3 === 0 ? 'same@x.example' : `${i}@x.example` }))
  const outcomes = await Promise.allSettled(writes)
  const stored = outcomes.filter(({ status }) => status === 'fulfilled').length
  expect(await db().read.$count(customers, eq(customers.merchantId, own.merchantId))).toBe(stored)
  expect(await count(auditEvents, own.merchantId)).toBe(stored)
})
