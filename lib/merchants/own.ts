// What every answer and every write asks about the caller's own merchant, by a prepared look-up.
import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Reader, statement } from '#db/client'
import { merchants } from '#db/schema'
import type { Ctx } from '../core/ctx.ts'
import { fail } from '../core/errors.ts'
import { query } from '../core/verb.ts'

const byId = (on: Reader) =>
  statement(on, 'merchant_own', (reader) =>
    reader
      .select({
        id: merchants.id,
        name: merchants.name,
        currency: merchants.currency,
        requireIfMatch: merchants.requireIfMatch,
      })
      .from(merchants)
      .where(eq(merchants.id, sql.placeholder('id'))),
  )

export type OwnMerchant = { id: number; name: string; currency: string; requireIfMatch: boolean }

/** The merchant that the caller acts at; any valid caller may ask. */
export const ownMerchant = query(null, z.strictObject({}), async (read): Promise<OwnMerchant> => {
  const [merchant] = await byId(read.reader).execute({ id: read.merchantId })
  return merchant ?? fail('MERCHANT_NOT_FOUND', { merchantId: String(read.merchantId) })
})

const NAMES_FOR_MS = 1000
const names = new Map<number, { name: string; until: number }>()

/** The merchant's name as answers show it beside each customer; a rename is seen by all within a second. */
export async function ownName(ctx: Ctx): Promise<string> {
  const known = names.get(ctx.merchantId)
  const now = performance.now()
  if (known && known.until > now) return known.name
  const { name } = await ownMerchant(ctx, {})
  if (names.size >= 10_000) names.clear()
  names.set(ctx.merchantId, { name, until: now + NAMES_FOR_MS })
  return name
}
