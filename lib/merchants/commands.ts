import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { merchants } from '#db/schema'
import { fail } from '../core/errors.ts'
import { changesBetween, record, unchanged } from '../core/record.ts'
import { command, type Tx } from '../core/verb.ts'
import type { MerchantRow } from './queries.ts'
import { MerchantSettings, NewMerchant } from './schema.ts'

/** The path of the parent that a new merchant gets; only the program itself makes a root, which has none. */
async function parentOf(tx: Tx, wanted: number | undefined): Promise<{ id: number | null; path: string }> {
  const isProgram = tx.actor.type === 'system'
  if (wanted === undefined && isProgram) return { id: null, path: '/' }
  const id = wanted ?? tx.merchantId
  const [own] = await tx.writer.select().from(merchants).where(eq(merchants.id, tx.merchantId))
  const [parent] = await tx.writer.select().from(merchants).where(eq(merchants.id, id))
  if (!parent || !(isProgram || (own && parent.path.startsWith(own.path))))
    fail('MERCHANT_NOT_FOUND', { merchantId: String(id) })
  return { id, path: parent.path }
}

/** A merchant below the caller's own or below one of its subtree. Called by the program without a parent: a root. */
export const createMerchant = command(
  'merchants:write',
  NewMerchant,
  async (tx, { parentId, ...fields }): Promise<MerchantRow> => {
    const parent = await parentOf(tx, parentId)
    const now = tx.now()
    const stamps = { version: 1, createdAt: now, updatedAt: now }
    const [made] = await tx.writer
      .insert(merchants)
      .values({ ...fields, merchantUuid: randomUUID(), parentId: parent.id, path: '', ...stamps })
      .returning()
    if (!made) throw new Error('An insert returned no row')
    const path = `${parent.path}${made.id}/`
    await tx.writer.update(merchants).set({ path }).where(eq(merchants.id, made.id))
    const after = { ...made, path }
    record({ ...tx, merchantId: made.id }, 'merchant.created', { objectType: 'merchant', objectId: made.id, after })
    return after
  },
)

/** Settings of the caller's merchant. STALE_WRITE when it moved on since `expectedVersion`. */
export const updateMerchantSettings = command(
  'settings:write',
  MerchantSettings,
  async (tx, { expectedVersion, ...patch }): Promise<MerchantRow> => {
    const [before] = await tx.writer.select().from(merchants).where(eq(merchants.id, tx.merchantId))
    if (!before) fail('MERCHANT_NOT_FOUND', { merchantId: String(tx.merchantId) })
    const stale = (): never => fail('STALE_WRITE', { merchantId: String(before.id), currentVersion: before.version })
    if (expectedVersion !== undefined && expectedVersion !== before.version) stale()
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
    const after: MerchantRow = { ...before, ...given, version: before.version + 1, updatedAt: tx.now() }
    if (Object.keys(changesBetween(before, after)).length === 0) {
      unchanged(tx)
      return before
    }
    const same = and(eq(merchants.id, before.id), eq(merchants.version, before.version))
    const [stored] = await tx.writer
      .update(merchants)
      .set({ ...given, version: after.version, updatedAt: after.updatedAt })
      .where(same)
      .returning({ id: merchants.id })
    if (!stored) stale()
    record(tx, 'merchant.updated', { objectType: 'merchant', objectId: before.id, before, after })
    return after
  },
)
