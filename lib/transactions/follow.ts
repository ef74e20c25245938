// Continuing a movement: it goes over the connector that the first one went over.
import { z } from 'zod'
import { type Ctx, can } from '../core/ctx.ts'
import { fail } from '../core/errors.ts'
import { problems } from '../core/verb.ts'
import { CurrencyCode, text } from '../customers/values.ts'
import { processTransaction } from './process.ts'
import { getTransaction } from './queries.ts'
import { MerchantTransactionId } from './schema.ts'
import type { TransactionView } from './view.ts'

const common = {
  referenceUuid: z.string().max(100),
  merchantTransactionId: MerchantTransactionId,
  description: text(255).optional(),
}
const amountMinor = z.number().int().positive().max(Number.MAX_SAFE_INTEGER)

/** `amountMinor` in minor units of the first movement's currency, unless another is said (which is then refused). */
export const FollowUp = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.enum(['increment', 'capture', 'refund']),
    ...common,
    amountMinor,
    currency: CurrencyCode.optional(),
  }),
  z.strictObject({ type: z.literal('void'), ...common }),
])
export type FollowUp = z.input<typeof FollowUp>

/** Captures, refunds, adds to or gives up a movement. Throws like `processTransaction`. */
export async function continueTransaction(ctx: Ctx, input: FollowUp): Promise<TransactionView> {
  const permission = 'transactions:write'
  if (!can(ctx, permission)) fail('PERMISSION_MISSING', { permission })
  const parsed = FollowUp.safeParse(input)
  if (!parsed.success) fail('VALIDATION_ERROR', { fields: problems(parsed.error) })
  const { description, ...follow } = parsed.data
  const { connectorId, currency } = await getTransaction(ctx, { uuid: follow.referenceUuid })
  const request = { description }
  if (follow.type === 'void') return processTransaction(ctx, { ...follow, connectorId, request })
  return processTransaction(ctx, { ...follow, currency: follow.currency ?? currency ?? '', connectorId, request })
}
