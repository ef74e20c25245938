// Single-use `ix::` tokens of the simulator: a published test number goes in, and only what may be kept of it comes out.
import { and, eq, gt, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { gatewayTokens } from '#db/schema'
import type { Ctx } from '../core/ctx.ts'
import { invalid } from '../core/errors.ts'
import { newTransactionUuid, sha256 } from '../core/ids.ts'
import { record } from '../core/record.ts'
import { command, type Tx } from '../core/verb.ts'
import { text } from '../customers/values.ts'
import type { InstrumentData } from '../gateway/gateway.ts'
import { describeFixedToken, describeTestNumber } from '../gateway/simulator-cards.ts'

type CardData = Extract<InstrumentData, { type: 'card' }>

const LIFETIME_MS = 60 * 60_000

export const TestCard = z.strictObject({
  cardNumber: z.string().max(40),
  expiryMonth: z.number().int().min(1).max(12),
  expiryYear: z.number().int().min(2000).max(2099),
  cardHolder: text(255).nullish(),
})
type TestCard = z.infer<typeof TestCard>

const Description = z.strictObject({
  token: z.string(),
  data: z.custom<InstrumentData>((value) => typeof value === 'object' && value !== null),
})

const keepToken = command('instruments:write', Description, async (tx, { token, data }): Promise<void> => {
  const now = tx.now()
  const [made] = await tx.writer
    .insert(gatewayTokens)
    .values({
      tokenHash: sha256(token),
      merchantId: tx.merchantId,
      instrumentData: data,
      usedAt: null,
      expiresAt: new Date(now.getTime() + LIFETIME_MS),
      createdAt: now,
    })
    .returning({ id: gatewayTokens.id })
  record(tx, 'gateway_token.created', { objectType: 'instrument', objectId: made?.id ?? 0 })
})

/**
 * Turns a published test number into a token that pays once within the hour. The number goes no further than this
 * function. Any other number is a validation error that does not repeat it.
 */
export async function createToken(ctx: Ctx, card: TestCard): Promise<{ token: string; data: CardData }> {
  const { cardNumber, cardHolder, expiryMonth: expMonth, expiryYear: expYear } = card
  const data = describeTestNumber(cardNumber.replaceAll(/[ -]/g, ''), {
    holderName: cardHolder || null,
    expMonth,
    expYear,
  })
  if (!data) invalid('cardNumber', 'VALUE_UNKNOWN', 'must be a published test number of the simulator')
  const token = `ix::${newTransactionUuid()}`
  await keepToken(ctx, { token, data })
  return { token, data }
}

/** What stands behind a token of the simulator, which is used up by this; nothing for an unknown, used or expired one. */
export async function consumeToken(tx: Tx, token: string): Promise<InstrumentData | undefined> {
  const now = tx.now()
  const fixed = describeFixedToken(token, now)
  if (fixed) return fixed
  const fresh = and(isNull(gatewayTokens.usedAt), gt(gatewayTokens.expiresAt, now))
  const own = and(eq(gatewayTokens.tokenHash, sha256(token)), eq(gatewayTokens.merchantId, tx.merchantId))
  const [used] = await tx.writer.update(gatewayTokens).set({ usedAt: now }).where(and(own, fresh)).returning()
  return used?.instrumentData
}
