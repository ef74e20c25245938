// Movements as the Clientele API spells them. The vendor's own shape of them is the payment API's.
import { z } from '@hono/zod-openapi'
import type { Ctx } from '../../core/ctx.ts'
import { can } from '../../core/ctx.ts'
import { maskName, maskText } from '../../core/mask.ts'
import type { Remaining } from '../../transactions/rules.ts'
import { TRANSACTION_STATES, TRANSACTION_TYPES } from '../../transactions/schema.ts'
import type { TransactionView } from '../../transactions/view.ts'
import { Id, Instant } from './wire.ts'

const textOrNull = z.string().nullable()

export const TransactionAnswer = z
  .object({
    uuid: z.string(),
    merchantTransactionId: z.string(),
    purchaseId: z.string(),
    type: z.enum(TRANSACTION_TYPES),
    state: z.enum(TRANSACTION_STATES),
    amountMinor: z.int().nullable(),
    currency: textOrNull,
    method: z.enum(['card', 'iban', 'wallet', 'bank']).nullable(),
    instrument: z
      .object({
        brand: textOrNull,
        holderName: textOrNull,
        firstSix: textOrNull,
        lastFour: textOrNull,
        expMonth: z.int().nullable(),
        expYear: z.int().nullable(),
      })
      .nullable(),
    profileGuid: textOrNull,
    paymentToken: textOrNull,
    referenceUuid: textOrNull.openapi({ description: 'The debit or preauthorization that this one continues.' }),
    redirectUrl: textOrNull.openapi({ description: 'Where the person goes on, while the state is redirect.' }),
    errorCode: z.int().nullable(),
    errorMessage: textOrNull,
    adapterCode: textOrNull,
    adapterMessage: textOrNull,
    connectorId: Id,
    version: z.int(),
    createDate: Instant,
    settledAt: Instant.nullable(),
  })
  .openapi('Transaction')
type TransactionAnswer = z.output<typeof TransactionAnswer>

export const ChainAnswer = TransactionAnswer.extend({
  followers: z.array(TransactionAnswer),
  remaining: z.object({ toCapture: z.int(), toRefund: z.int() }),
}).openapi('TransactionChain')

function instrumentOf(ctx: Ctx, { instrumentData: data }: TransactionView): TransactionAnswer['instrument'] {
  if (!data) return null
  const clear = can(ctx, 'pii:read')
  const card = data.type === 'card' ? data : null
  const { holderName } = data
  return {
    brand: data.type === 'iban' ? null : data.brand,
    holderName: holderName === null || clear ? holderName : maskName(holderName),
    firstSix: card && (clear && ctx.actor.type !== 'staff' ? card.firstSix : maskText(card.firstSix)),
    lastFour: data.type === 'iban' ? data.ibanMasked.slice(-4) : data.lastFour,
    expMonth: card?.expMonth ?? null,
    expYear: card?.expYear ?? null,
  }
}

export const toTransaction = (ctx: Ctx, found: TransactionView): TransactionAnswer => ({
  ...found,
  instrument: instrumentOf(ctx, found),
  profileGuid: found.profile?.profileGuid ?? null,
  paymentToken: found.profile?.paymentToken ?? null,
  createDate: found.createdAt.toISOString(),
  settledAt: found.settledAt?.toISOString() ?? null,
})

export const toChain = (
  ctx: Ctx,
  {
    transaction,
    followers,
    remaining,
  }: { transaction: TransactionView; followers: TransactionView[]; remaining: Remaining },
): z.output<typeof ChainAnswer> => ({
  ...toTransaction(ctx, transaction),
  followers: followers.map((one) => TransactionAnswer.parse(toTransaction(ctx, one))),
  remaining,
})
