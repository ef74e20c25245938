import { and, asc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { merchants } from '#db/schema'
import { fail } from '../core/errors.ts'
import { query, type Read } from '../core/verb.ts'
import { MerchantRef } from './schema.ts'

export type MerchantRow = typeof merchants.$inferSelect
/** `parentId` is null for the caller's own merchant: what is above the reach is never named. */
export type MerchantView = Omit<MerchantRow, 'path'> & { depth: number }

async function subtree(read: Read, merchantId?: number): Promise<MerchantView[]> {
  const [own] = await read.reader.select().from(merchants).where(eq(merchants.id, read.merchantId))
  if (!own) return []
  const levels = (path: string) => path.split('/').length
  const rows = await read.reader
    .select()
    .from(merchants)
    .where(
      and(
        sql`${merchants.path} like ${`${own.path}%`}`,
        merchantId === undefined ? undefined : eq(merchants.id, merchantId),
      ),
    )
    .orderBy(asc(merchants.path))
  return rows.map(({ path, ...row }) => ({
    ...row,
    parentId: row.id === own.id ? null : row.parentId,
    depth: levels(path) - levels(own.path),
  }))
}

/** The caller's merchant and everything below it, parents before their children. */
export const listMerchants = query(
  'merchants:read',
  z.strictObject({}),
  (read): Promise<MerchantView[]> => subtree(read),
)

/** One merchant of the caller's subtree, the own one without an id; any other is MERCHANT_NOT_FOUND. */
export const getMerchant = query('merchants:read', MerchantRef, async (read, { merchantId }): Promise<MerchantView> => {
  const wanted = merchantId ?? read.merchantId
  const [found] = await subtree(read, wanted)
  return found ?? fail('MERCHANT_NOT_FOUND', { merchantId: String(wanted) })
})
