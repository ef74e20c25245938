// What every answer and every write asks about the caller's own merchant, by a prepared look-up.
import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Reader, statement } from '#db/client'
import { merchants } from '#db/schema'
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
