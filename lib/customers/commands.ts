import { randomUUID } from 'node:crypto'
import { and, desc, eq, isNotNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { statement } from '#db/client'
import { auditEvents, consents, customers, customerTags, merchants } from '#db/schema'
import { fail } from '../core/errors.ts'
import { changesBetween, record, unchanged } from '../core/record.ts'
import { fold } from '../core/text.ts'
import { command, type Tx } from '../core/verb.ts'
import { type Candidate, duplicatesOf } from './duplicates.ts'
import { findRow, insertRow } from './rows.ts'
import { applyFields, type CustomerColumns, type CustomerRow } from './rules.ts'
import { type ConsentState, CustomerPatch, CustomerRef, NewCustomer, Tag } from './schema.ts'

export type Created = { customer: CustomerRow; possibleDuplicates: Candidate[] }
export type Changed = { customer: CustomerRow; changedFields: string[] }

/** Keeps the table of tags in step with the row's. */
export async function keepTags(tx: Tx, row: CustomerRow, before: readonly string[] | null): Promise<void> {
  if (JSON.stringify(before) === JSON.stringify(row.tags)) return
  if (before) await tx.writer.delete(customerTags).where(eq(customerTags.customerId, row.id))
  const rows = (row.tags ?? []).map((tag) => ({
    customerId: row.id,
    merchantId: row.merchantId,
    folded: fold(tag),
    tag,
  }))
  if (rows.length > 0) await tx.writer.insert(customerTags).values(rows)
}

async function keepConsents(tx: Tx, row: CustomerRow, before: readonly ConsentState[] | null): Promise<void> {
  const known = new Map((before ?? []).map((state) => [state.purpose, state.recordedAt]))
  const news = (row.consents ?? []).filter((state) => known.get(state.purpose) !== state.recordedAt)
  if (news.length === 0) return
  const place = { customerId: row.id, merchantId: row.merchantId }
  await tx.writer
    .insert(consents)
    .values(news.map((state) => ({ ...state, ...place, recordedAt: new Date(state.recordedAt) })))
  for (const { granted, purpose } of news) {
    const detail = { consent: { before: null, after: `${purpose}: ${granted ? 'given' : 'withdrawn'}` } }
    record(tx, granted ? 'consent.given' : 'consent.withdrawn', { objectType: 'customer', objectId: row.id, detail })
  }
}

/** What may carry consents: whoever writes customers; consents need their own permission. */
function mayConsent(tx: Tx, given: readonly unknown[] | undefined): void {
  if (given?.length && !tx.permissions.has('consents:write'))
    fail('PERMISSION_MISSING', { permission: 'consents:write' })
}

/** Stores a new customer. CUSTOMER_DUPLICATE (with the candidates) only under the policy `reject`. */
export const createCustomer = command('customers:write', NewCustomer, async (tx, input): Promise<Created> => {
  const { duplicates: wish, ...fields } = input
  mayConsent(tx, fields.consents)
  const now = tx.now()
  const columns = applyFields(null, fields, now)
  const policy = wish ?? (await duplicatePolicy(tx))
  const possibleDuplicates = policy === 'allow' ? [] : await duplicatesOf(tx.writer, tx.merchantId, columns)
  if (policy === 'reject' && possibleDuplicates.length > 0) fail('CUSTOMER_DUPLICATE', { possibleDuplicates })
  const stamps = { version: 1, createdAt: now, updatedAt: now }
  const identity = { customerId: randomUUID(), merchantId: tx.merchantId, userId: null }
  const customer = await insertRow(tx.writer, { ...identity, ...columns, ...stamps })
  await keepTags(tx, customer, null)
  await keepConsents(tx, customer, null)
  record(tx, 'customer.created', { objectType: 'customer', objectId: customer.id, after: customer })
  return { customer, possibleDuplicates }
})

async function duplicatePolicy(tx: Tx) {
  const [merchant] = await statement(tx.writer, 'duplicate_policy', (on) =>
    on
      .select({ policy: merchants.duplicatePolicy })
      .from(merchants)
      .where(eq(merchants.id, sql.placeholder('id'))),
  ).execute({ id: tx.merchantId })
  return merchant?.policy ?? 'warn'
}

/** The caller's customer (of a merged one the survivor) in any lifecycle but erased, or CUSTOMER_NOT_FOUND: another merchant's is not there. */
export async function ownCustomer(tx: Tx, id: number): Promise<CustomerRow> {
  const row = await findRow(tx.writer, tx.merchantId, id)
  if (!row) fail('CUSTOMER_NOT_FOUND', { customerId: String(id) })
  if (row.lifecycle === 'erased') fail('CUSTOMER_ERASED', { customerId: String(id) })
  return row
}

/** Field names that changed since a version that the caller saw, newest change first. */
async function changedSince(tx: Tx, row: CustomerRow, version: number): Promise<string[]> {
  const rows = await tx.writer
    .select({ fields: auditEvents.fields })
    .from(auditEvents)
    .where(
      and(eq(auditEvents.customerId, row.id), eq(auditEvents.objectType, 'customer'), isNotNull(auditEvents.fields)),
    )
    .orderBy(desc(auditEvents.id))
    .limit(Math.min(100, Math.max(0, row.version - version)))
  return [...new Set(rows.flatMap(({ fields }) => fields ?? []))]
}

type Action = 'customer.updated' | 'customer.archived' | 'customer.restored'

/**
 * Applies `change` to the customer and records it; a change to nothing leaves version, audit and events alone.
 * Without `expectedVersion` the last write wins field by field, so a lost race is tried again on the newer row.
 */
export async function changeCustomer(
  tx: Tx,
  ref: z.output<typeof CustomerRef>,
  action: Action,
  change: (before: CustomerRow) => Partial<CustomerColumns>,
): Promise<Changed> {
  for (;;) {
    const before = await ownCustomer(tx, ref.id)
    if (ref.expectedVersion !== undefined && ref.expectedVersion !== before.version) {
      const changedFields = await changedSince(tx, before, ref.expectedVersion)
      fail('STALE_WRITE', { customerId: String(ref.id), currentVersion: before.version, changedFields })
    }
    const columns = change(before)
    const changedFields = Object.keys(changesBetween(before, { ...before, ...columns }))
    if (changedFields.length === 0) {
      unchanged(tx)
      return { customer: before, changedFields }
    }
    const after = { ...before, ...columns, version: before.version + 1, updatedAt: tx.now() }
    const { id, ...set } = after
    const same = and(eq(customers.id, id), eq(customers.version, before.version))
    const [stored] = await tx.writer.update(customers).set(set).where(same).returning({ id: customers.id })
    if (!stored) continue
    await keepTags(tx, after, before.tags)
    await keepConsents(tx, after, before.consents)
    record(tx, action, { objectType: 'customer', objectId: id, before, after })
    return { customer: after, changedFields }
  }
}

/** A partial update: absent members stay, null clears. An archived customer answers CUSTOMER_ARCHIVED. */
export const updateCustomer = command('customers:write', CustomerPatch, (tx, { id, expectedVersion, ...patch }) => {
  mayConsent(tx, patch.consents)
  return changeCustomer(tx, { id, expectedVersion }, 'customer.updated', (before) => {
    if (before.lifecycle === 'archived') fail('CUSTOMER_ARCHIVED', { customerId: String(id) })
    const {
      id: _id,
      customerId: _c,
      merchantId: _m,
      userId: _u,
      version: _v,
      createdAt: _cr,
      updatedAt: _up,
      ...columns
    } = before
    return applyFields(columns, patch, tx.now())
  })
})

/** Takes a customer out of every list; restorable. Archiving an archived one changes nothing. */
export const archiveCustomer = command('customers:archive', CustomerRef, (tx, ref) =>
  changeCustomer(tx, ref, 'customer.archived', (before) =>
    before.lifecycle === 'archived' ? {} : { lifecycle: 'archived', archivedAt: tx.now() },
  ),
)

export const restoreCustomer = command('customers:archive', CustomerRef, (tx, ref) =>
  changeCustomer(tx, ref, 'customer.restored', (before) =>
    before.lifecycle === 'archived' ? { lifecycle: 'current', archivedAt: null } : {},
  ),
)

const ManyCustomers = z.strictObject({ ids: z.array(z.number().int().positive()).min(1).max(1000) })

/** All or nothing: one that is not there leaves the others as they are. */
export const archiveCustomers = command('customers:archive', ManyCustomers, async (tx, { ids }) => {
  const rows: CustomerRow[] = []
  for (const id of ids) rows.push((await archiveCustomer(tx, { id })).customer)
  unchanged(tx)
  return rows
})

/** All or nothing. */
export const restoreCustomers = command('customers:archive', ManyCustomers, async (tx, { ids }) => {
  const rows: CustomerRow[] = []
  for (const id of ids) rows.push((await restoreCustomer(tx, { id })).customer)
  unchanged(tx)
  return rows
})

const TagRef = z.strictObject({ id: z.number().int().positive(), tag: Tag })

export const tagCustomer = command('customers:write', TagRef, async (tx, { id, tag }) => {
  const { tags } = await ownCustomer(tx, id)
  return updateCustomer(tx, { id, tags: [...(tags ?? []), tag] })
})

/** Takes a tag off; one that is not there changes nothing. */
export const untagCustomer = command('customers:write', TagRef, async (tx, { id, tag }) => {
  const { tags } = await ownCustomer(tx, id)
  return updateCustomer(tx, { id, tags: (tags ?? []).filter((own) => fold(own) !== fold(tag)) })
})
