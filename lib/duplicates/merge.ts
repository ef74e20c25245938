// Merging and its undo. A merge changes the survivor's row, marks the duplicates and moves their links to profiles;
// everything else of a duplicate stays where it is and is read through it, so an undo has little to put back.
import { and, eq, inArray } from 'drizzle-orm'
import { customers, customerTags, merges, profileCustomers, profiles, transactions } from '#db/schema'
import { fail } from '../core/errors.ts'
import { record } from '../core/record.ts'
import { command, type Tx } from '../core/verb.ts'
import { keepTags } from '../customers/commands.ts'
import { findExactRow } from '../customers/rows.ts'
import { type CustomerColumns, type CustomerRow, DERIVED, derived } from '../customers/rules.ts'
import { showWallet } from '../profiles/links.ts'
import { type Plan, planMerge } from './plan.ts'
import { type MergeChanges, MergeInput, MergeRef, type Moved } from './schema.ts'

export type Merge = typeof merges.$inferSelect
export type Merged = { mergeId: number; customer: CustomerRow }

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

function changesOf(before: CustomerRow, next: CustomerColumns): MergeChanges {
  const changes: MergeChanges = {}
  for (const column of Object.keys(next) as (keyof CustomerColumns)[]) {
    if (!same(before[column], next[column])) changes[column] = { before: before[column], after: next[column] }
  }
  return changes
}

/** Writes one row over the version that was read; whoever was faster wins. */
async function store(tx: Tx, before: CustomerRow, columns: Partial<CustomerColumns>): Promise<CustomerRow> {
  const after = { ...before, ...columns, version: before.version + 1, updatedAt: tx.now() }
  const { id, ...set } = after
  const unseen = and(eq(customers.id, id), eq(customers.version, before.version))
  const [stored] = await tx.writer.update(customers).set(set).where(unseen).returning({ id: customers.id })
  if (!stored) fail('STALE_WRITE', { customerId: String(id), currentVersion: before.version, changedFields: [] })
  return after
}

const linksOfCustomer = (profileIds: readonly number[], customerId: number) =>
  and(inArray(profileCustomers.profileId, [...profileIds]), eq(profileCustomers.customerId, customerId))

/** One duplicate becomes the survivor's: marked, out of the tags, its links gone over. */
async function absorb(tx: Tx, { survivor, links }: Plan, duplicate: CustomerRow): Promise<Moved> {
  const held = new Set(links.filter(({ customerId }) => customerId === survivor.id).map(({ profileId }) => profileId))
  const own = links.filter(({ customerId }) => customerId === duplicate.id).map(({ profileId }) => profileId)
  const [shared, profileIds] = [own.filter((id) => held.has(id)), own.filter((id) => !held.has(id))]
  if (shared.length > 0) await tx.writer.delete(profileCustomers).where(linksOfCustomer(shared, duplicate.id))
  if (profileIds.length > 0)
    await tx.writer
      .update(profileCustomers)
      .set({ customerId: survivor.id })
      .where(linksOfCustomer(profileIds, duplicate.id))
  // The next duplicate may hold the same profile.
  for (const link of links) if (link.customerId === duplicate.id) link.customerId = survivor.id
  await tx.writer.delete(customerTags).where(eq(customerTags.customerId, duplicate.id))
  const after = await store(tx, duplicate, { lifecycle: 'merged', mergedInto: survivor.id })
  record(tx, 'customer.merged', { objectType: 'customer', objectId: duplicate.id, before: duplicate, after })
  const lifecycle = duplicate.lifecycle === 'archived' ? 'archived' : 'current'
  return { customerId: duplicate.id, lifecycle, profileIds, shared }
}

/**
 * Joins duplicates into `id`, in one transaction. Every id of theirs leads to the survivor from now on. Throws
 * MERGE_BLOCKED with the blockers, STALE_WRITE, CUSTOMER_NOT_FOUND, CUSTOMER_ARCHIVED, CUSTOMER_ERASED.
 */
export const mergeCustomers = command('customers:merge', MergeInput, async (tx, input): Promise<Merged> => {
  const plan = await planMerge(tx, tx.writer, input)
  const { survivor, duplicates, next, blockers } = plan
  if (input.expectedVersion !== undefined && input.expectedVersion !== survivor.version)
    fail('STALE_WRITE', { customerId: String(input.id), currentVersion: survivor.version, changedFields: [] })
  if (blockers.length > 0) fail('MERGE_BLOCKED', { blockers })
  const moved: Moved[] = []
  for (const duplicate of duplicates) moved.push(await absorb(tx, plan, duplicate))
  const customer = await store(tx, survivor, next)
  await keepTags(tx, customer, survivor.tags)
  const ids = duplicates.map(({ id }) => id)
  const detail = { merged: { before: null, after: ids } }
  record(tx, 'customer.merged', {
    objectType: 'customer',
    objectId: customer.id,
    before: survivor,
    after: customer,
    detail,
  })
  const [merge] = await tx.writer
    .insert(merges)
    .values({
      merchantId: tx.merchantId,
      survivorId: survivor.id,
      changes: changesOf(survivor, next),
      moved,
      actorName: tx.actor.name,
      createdAt: tx.now(),
      undoneAt: null,
    })
    .returning({ id: merges.id })
  if (!merge) throw new Error('An insert returned no row')
  return { mergeId: merge.id, customer }
})

async function exactRow(tx: Tx, id: number): Promise<CustomerRow> {
  const row = await findExactRow(tx.writer, tx.merchantId, id)
  if (!row || row.lifecycle === 'erased') fail('MERGE_ERASED', { customerId: String(id) })
  return row
}

/** The merge, marked as undone; a second undo finds it so. */
async function takeBack(tx: Tx, mergeId: number): Promise<Merge> {
  const own = and(eq(merges.id, mergeId), eq(merges.merchantId, tx.merchantId))
  const [merge] = await tx.writer.select().from(merges).where(own)
  if (!merge) fail('MERGE_NOT_FOUND', { mergeId: String(mergeId) })
  if (merge.undoneAt) fail('MERGE_UNDONE', { mergeId: String(mergeId) })
  await tx.writer.update(merges).set({ undoneAt: tx.now() }).where(own)
  return merge
}

/** What duplicates brought in payments goes with them; what came since stays. */
function lessDeposits(survivor: CustomerRow, duplicates: readonly CustomerRow[]): Record<string, number> | null {
  const left: Record<string, number> = { ...survivor.deposits }
  for (const { deposits } of duplicates) {
    for (const [currency, minor] of Object.entries(deposits ?? {})) left[currency] = (left[currency] ?? 0) - minor
  }
  const kept = Object.entries(left).filter(([, minor]) => minor !== 0)
  return kept.length > 0 ? Object.fromEntries(kept) : null
}

/** The survivor's columns before the merge, but for those that were changed since: these stay, and are named. */
async function columnsBefore(tx: Tx, { changes }: Merge, survivor: CustomerRow, duplicates: readonly CustomerRow[]) {
  const columns: Partial<CustomerColumns> = {}
  const kept: string[] = []
  for (const [column, { before, after }] of Object.entries(changes) as [
    keyof CustomerColumns,
    { before: unknown; after: unknown },
  ][]) {
    if (same(survivor[column], after)) Object.assign(columns, { [column]: before })
    else if (column === 'deposits') columns.deposits = lessDeposits(survivor, duplicates)
    else if (!DERIVED.has(column)) kept.push(column)
  }
  if (columns.hasPaymentRequests === false) {
    const [own] = await tx.writer
      .select({ id: transactions.id })
      .from(transactions)
      .where(eq(transactions.customerId, survivor.id))
      .limit(1)
    columns.hasPaymentRequests = own !== undefined
  }
  const { phoneE164 = survivor.phoneE164 } = columns
  return { columns: { ...derived({ ...survivor, ...columns }), phoneE164 }, kept }
}

/** One duplicate is itself again; a profile that was deleted or given away since does not come back. */
async function release(tx: Tx, survivorId: number, duplicate: CustomerRow, moved: Moved): Promise<CustomerRow> {
  const after = await store(tx, duplicate, { lifecycle: moved.lifecycle, mergedInto: null })
  await keepTags(tx, after, [])
  if (moved.profileIds.length > 0)
    await tx.writer
      .update(profileCustomers)
      .set({ customerId: duplicate.id })
      .where(linksOfCustomer(moved.profileIds, survivorId))
  if (moved.shared.length > 0) {
    const still = await tx.writer.select({ id: profiles.id }).from(profiles).where(inArray(profiles.id, moved.shared))
    const links = still.map(({ id }) => ({ profileId: id, customerId: duplicate.id, merchantId: tx.merchantId }))
    if (links.length > 0) await tx.writer.insert(profileCustomers).values(links)
  }
  record(tx, 'customer.unmerged', { objectType: 'customer', objectId: duplicate.id, before: duplicate, after })
  return after
}

export type Unmerged = {
  customer: CustomerRow
  duplicates: CustomerRow[]
  /** What was changed on the survivor since the merge and stays with it. */
  kept: string[]
}

/**
 * Undoes a merge, in one transaction. Throws MERGE_NOT_FOUND, MERGE_UNDONE, MERGE_ERASED once one of them is erased, and
 * MERGE_COVERED while the survivor is itself merged into another.
 */
export const undoMerge = command('customers:merge', MergeRef, async (tx, { mergeId }): Promise<Unmerged> => {
  const merge = await takeBack(tx, mergeId)
  const survivor = await exactRow(tx, merge.survivorId)
  if (survivor.mergedInto) fail('MERGE_COVERED', { mergeId: String(mergeId), customerId: String(survivor.mergedInto) })
  const gone = await Promise.all(merge.moved.map(({ customerId }) => exactRow(tx, customerId)))
  const { columns, kept } = await columnsBefore(tx, merge, survivor, gone)
  const restored = await store(tx, survivor, columns)
  await keepTags(tx, restored, survivor.tags)
  const detail = { unmerged: { before: merge.moved.map(({ customerId }) => customerId), after: null } }
  record(tx, 'customer.unmerged', {
    objectType: 'customer',
    objectId: survivor.id,
    before: survivor,
    after: restored,
    detail,
  })
  for (const [index, duplicate] of gone.entries())
    await release(tx, survivor.id, duplicate, merge.moved[index] as Moved)
  for (const { id } of [restored, ...gone]) await showWallet(tx, id)
  const rows = await Promise.all([restored, ...gone].map(({ id }) => exactRow(tx, id)))
  const [customer = restored, ...duplicates] = rows
  return { customer, duplicates, kept }
})
