// Moving money: a new transaction, and what continues one. A declined payment is an answer, not an error.
import { z } from '@hono/zod-openapi'
import { appError, invalid } from '../../core/errors.ts'
import { getInstrument } from '../../instruments/queries.ts'
import { continueTransaction, type FollowUp } from '../../transactions/follow.ts'
import { processTransaction } from '../../transactions/process.ts'
import { getTransaction } from '../../transactions/queries.ts'
import {
  MerchantTransactionId,
  type NewTransaction,
  PaymentData,
  TransactionRequest,
} from '../../transactions/schema.ts'
import type { TransactionView } from '../../transactions/view.ts'
import { type Answer, json } from '../http.ts'
import { parseBody } from './customer-write.ts'
import { refuseParameters } from './query.ts'
import { type Call, type GuardedRoute, identityParam } from './route.ts'
import { TransactionAnswer, toTransaction } from './transactions-wire.ts'
import { Id } from './wire.ts'

const AmountMinor = z
  .int()
  .positive()
  .openapi({ description: 'In the smallest unit of the currency: 1999 is 19.99 EUR.' })
const Currency = z.string().regex(/^[A-Z]{3}$/, 'must be a currency code')
const { profile, customer, bodyHash, ...request } = TransactionRequest.shape

const Movement = z
  .strictObject({
    type: z.enum(['register', 'debit', 'preauthorize', 'payout', 'deregister']),
    connectorId: Id,
    merchantTransactionId: MerchantTransactionId,
    amountMinor: AmountMinor.optional(),
    currency: Currency.optional(),
    instrumentId: Id.optional().openapi({ description: 'A saved instrument; or its `token`, or other sources.' }),
    token: z.string().max(100).optional(),
    referenceUuid: z.string().max(100).optional(),
    paymentData: PaymentData.optional(),
    customerProfile: z
      .strictObject({
        profileGuid: z.string().max(100).optional(),
        customerIdentification: z.string().max(36).optional(),
        markAsPreferred: z.boolean().optional(),
      })
      .optional(),
    ...request,
  })
  .openapi('NewTransaction')

const Followed = { merchantTransactionId: MerchantTransactionId, description: request.description }
const Following = z
  .strictObject({ ...Followed, amountMinor: AmountMinor, currency: Currency.optional() })
  .openapi('FollowUpTransaction')
const Cancellation = z.strictObject(Followed).openapi('VoidTransaction')

/** The movement that an earlier try with the same Idempotency-Key began, when there was one. */
async function begunBefore(call: Call, merchantTransactionId: string) {
  if (!call.again) return undefined
  return getTransaction(call.ctx, { merchantTransactionId }).catch((err) => {
    if (appError(err)?.code === 'TRANSACTION_NOT_FOUND') return undefined
    throw err
  })
}

/** Answers the movement; the one that was begun before, when this is the rest of an earlier try. */
async function run(call: Call, merchantTransactionId: string, move: () => Promise<TransactionView>): Promise<Answer> {
  const done = (await begunBefore(call, merchantTransactionId)) ?? (await move())
  const answer = TransactionAnswer.parse(toTransaction(call.ctx, done))
  return json(answer, 200, { Location: `${call.mount}/transactions/${answer.uuid}` })
}

async function tokenOf(call: Call, { instrumentId, token }: z.output<typeof Movement>): Promise<string | undefined> {
  if (instrumentId === undefined) return token
  if (token !== undefined) invalid('token', 'CONTRADICTORY', 'must not stand beside instrumentId')
  return (await getInstrument(call.ctx, { id: instrumentId })).paymentToken
}

/** The body as the core takes it. */
async function newTransactionOf(call: Call, body: z.output<typeof Movement>): Promise<NewTransaction> {
  const { type, connectorId, merchantTransactionId, amountMinor, currency, referenceUuid, paymentData } = body
  const token = await tokenOf(call, body)
  const given = Object.fromEntries(Object.entries(body).filter(([name]) => name in request))
  const common = { connectorId, merchantTransactionId, request: { ...given, profile: body.customerProfile ?? null } }
  const source = { token, referenceUuid, paymentData }
  if (type === 'deregister') return { type, ...common, token, referenceUuid }
  if (type === 'register') return { type, ...common, ...source }
  if (amountMinor === undefined) return invalid('amountMinor', 'REQUIRED', 'is required')
  if (currency === undefined) return invalid('currency', 'REQUIRED', 'is required')
  return { type, ...common, ...source, amountMinor, currency }
}

async function start(call: Call): Promise<Answer> {
  refuseParameters(call)
  const body = parseBody(Movement, call.body)
  const input = await newTransactionOf(call, body)
  return run(call, body.merchantTransactionId, () => processTransaction(call.ctx, input))
}

const follow =
  (type: FollowUp['type']) =>
  async (call: Call): Promise<Answer> => {
    refuseParameters(call)
    const referenceUuid = identityParam(call, 'uuid').slice(0, 100)
    const body = type === 'void' ? parseBody(Cancellation, call.body) : parseBody(Following, call.body)
    const input = { ...body, type, referenceUuid } as FollowUp
    return run(call, body.merchantTransactionId, () => continueTransaction(call.ctx, input))
  }

const ERRORS = [
  'VALIDATION_ERROR',
  'JSON_MALFORMED',
  'MEDIA_TYPE_UNSUPPORTED',
  'CARD_NUMBER_REFUSED',
  'IDEMPOTENCY_KEY_REUSED',
  'IDEMPOTENCY_KEY_IN_USE',
  'TRANSACTION_ID_TAKEN',
  'TRANSACTION_NOT_FOUND',
  'TRANSACTION_NOT_ALLOWED',
  'CONNECTOR_NOT_FOUND',
  'CONNECTOR_DISABLED',
  'CONNECTOR_MISMATCH',
] as const

const shared = {
  method: 'post',
  tag: 'Transactions',
  permission: 'transactions:write',
  answer: TransactionAnswer,
  callsOut: true,
} as const

const continuing = (type: 'increment' | 'capture' | 'refund', summary: string): GuardedRoute => ({
  ...shared,
  path: `/transactions/{uuid}/${type}`,
  summary,
  body: Following,
  bodyExamples: { [type]: { summary, value: { merchantTransactionId: `order-1047-${type}`, amountMinor: 1999 } } },
  errors: ERRORS,
  run: follow(type),
})

export const MOVEMENT_ROUTES: readonly GuardedRoute[] = [
  {
    ...shared,
    path: '/transactions',
    summary: 'Move money',
    description: 'Charges, pays out, or registers an instrument. A state other than success is an answer as well.',
    body: Movement,
    bodyExamples: {
      debit: {
        summary: 'Charge a saved instrument',
        value: {
          type: 'debit',
          connectorId: 7,
          merchantTransactionId: 'order-1047',
          amountMinor: 1999,
          currency: 'EUR',
          instrumentId: 512,
        },
      },
      iban: {
        summary: 'Charge an account',
        value: {
          type: 'debit',
          connectorId: 7,
          merchantTransactionId: 'order-1048',
          amountMinor: 1999,
          currency: 'EUR',
          paymentData: { type: 'iban', iban: 'DE89370400440532013000' },
          customerProfile: { customerIdentification: 'mara-7', markAsPreferred: true },
        },
      },
    },
    errors: [...ERRORS, 'INSTRUMENT_NOT_FOUND', 'TOKEN_NOT_FOUND', 'PROFILE_NOT_FOUND', 'CONTAINER_MISSING'],
    run: start,
  },
  continuing('increment', 'Add to a preauthorization'),
  continuing('capture', 'Capture a preauthorization'),
  continuing('refund', 'Give money back'),
  {
    ...shared,
    path: '/transactions/{uuid}/void',
    summary: 'Give up a preauthorization',
    body: Cancellation,
    bodyExamples: { void: { summary: 'Nothing is captured', value: { merchantTransactionId: 'order-1047-void' } } },
    errors: ERRORS,
    run: follow('void'),
  },
]
