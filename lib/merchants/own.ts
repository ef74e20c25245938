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
        merchantUuid: merchants.merchantUuid,
        name: merchants.name,
        currency: merchants.currency,
        requireIfMatch: merchants.requireIfMatch,
      })
      .from(merchants)
      .where(eq(merchants.id, sql.placeholder('id'))),
  )

export type OwnMerchant = { id: number; merchantUuid: string; name: string; currency: string; requireIfMatch: boolean }

/** The merchant that the caller acts at; any valid caller may ask. */
export const ownMerchant = query(null, z.strictObject({}), async (read): Promise<OwnMerchant> => {
  const [merchant] = await byId(read.reader).execute({ id: read.merchantId })
  return merchant ?? fail('MERCHANT_NOT_FOUND', { merchantId: String(read.merchantId) })
})

const OWNERS_FOR_MS = 1000
/** What an answer about a customer says of its merchant: the name, and the currency that totals are given in. */
export type Owner = { name: string; currency: string }
const owners = new Map<number, { owner: Owner; until: number }>()

/** The merchant as answers show it beside each customer; a rename is seen by all within a second. */
export async function ownerOf(ctx: Ctx): Promise<Owner> {
  const known = owners.get(ctx.merchantId)
  const now = performance.now()
  if (known && known.until > now) return known.owner
  const { name, currency } = await ownMerchant(ctx, {})
  if (owners.size >= 10_000) owners.clear()
  // The same object as long as it says the same: what was rendered with it is remembered by it.
  const same = known?.owner.name === name && known.owner.currency === currency
  const owner = same ? known.owner : { name, currency }
  owners.set(ctx.merchantId, { owner, until: now + OWNERS_FOR_MS })
  return owner
}
