// Movements to read, and what only a simulator can do: tokens of test numbers, and settling what is open.
import { z } from '@hono/zod-openapi'
import { findOwnRow } from '../../customers/queries.ts'
import { getProfile } from '../../profiles/queries.ts'
import { completeSimulated } from '../../transactions/challenge.ts'
import { getChain, listTransactions } from '../../transactions/queries.ts'
import { TRANSACTION_STATES, TRANSACTION_TYPES, TransactionSearch } from '../../transactions/schema.ts'
import { createToken, TestCard } from '../../transactions/tokens.ts'
import { type Answer, json } from '../http.ts'
import { isFresh, notModified } from './conditions.ts'
import { customerIdOf } from './customer-answer.ts'
import { parseBody } from './customer-write.ts'
import { listAnswer, listOf } from './lists.ts'
import { idsOf, limitOf, parametersOf, parseParameters, refuseParameters, refuseUnknown, totalWanted } from './query.ts'
import { PageQuery } from './query-wire.ts'
import { type Call, type GuardedRoute, identityParam } from './route.ts'
import { ChainAnswer, TransactionAnswer, toChain, toTransaction } from './transactions-wire.ts'

const PARAMETERS = new Set([
  'state',
  'type',
  'customerId',
  'connectorId',
  'merchantTransactionId',
  'limit',
  'cursor',
  'include',
])

async function transactions(call: Call): Promise<Answer> {
  const parameters = parametersOf(call)
  refuseUnknown(parameters, PARAMETERS)
  const search = parseParameters(TransactionSearch, {
    state: parameters.get('state')?.list as 'success'[] | undefined,
    type: parameters.get('type')?.list as 'debit'[] | undefined,
    customerId: idsOf(parameters, 'customerId'),
    connectorId: idsOf(parameters, 'connectorId'),
    merchantTransactionId: parameters.get('merchantTransactionId')?.text,
    limit: limitOf(parameters),
    cursor: parameters.get('cursor')?.text,
    total: totalWanted(parameters),
  })
  const page = await listTransactions(call.ctx, search)
  return listAnswer(call, TransactionAnswer, { ...page, data: page.data.map((one) => toTransaction(call.ctx, one)) })
}

const PART_PARAMETERS = new Set(['limit', 'cursor', 'include'])

/** The movements of one customer or one profile: what there is of it is looked up first, so that a stranger's is 404. */
async function part(call: Call, which: { customerId: number[] } | { profileGuid: string }): Promise<Answer> {
  const parameters = parametersOf(call)
  refuseUnknown(parameters, PART_PARAMETERS)
  const page = await listTransactions(call.ctx, {
    ...which,
    limit: limitOf(parameters),
    cursor: parameters.get('cursor')?.text,
    total: totalWanted(parameters),
  })
  return listAnswer(call, TransactionAnswer, { ...page, data: page.data.map((one) => toTransaction(call.ctx, one)) })
}

async function ofCustomer(call: Call): Promise<Answer> {
  const { id } = await findOwnRow(call.ctx, { id: await customerIdOf(call) })
  return part(call, { customerId: [id] })
}

async function ofProfile(call: Call): Promise<Answer> {
  const { profileGuid } = await getProfile(call.ctx, { profileGuid: identityParam(call, 'profileGuid') })
  return part(call, { profileGuid })
}

async function transaction(call: Call): Promise<Answer> {
  refuseParameters(call)
  const chain = await getChain(call.ctx, { uuid: identityParam(call, 'uuid').slice(0, 100) })
  const { id, version } = chain.transaction
  // What follows a movement locks it, which counts its version on, so one number stands for the whole chain.
  const settled = chain.followers.map((one) => one.version).join('-')
  const tag = `"${id}.${version}${settled && `.${settled}`}"`
  return isFresh(call, tag) ? notModified(tag) : json(ChainAnswer.parse(toChain(call.ctx, chain)), 200, { ETag: tag })
}

const Token = z.object({ token: z.string() }).openapi('GatewayToken')
const TokenBody = z.strictObject(TestCard.shape).openapi('TestCard')

async function makeToken(call: Call): Promise<Answer> {
  refuseParameters(call)
  const { token } = await createToken(call.ctx, parseBody(TokenBody, call.body))
  return json(Token.parse({ token }), 200, { 'Cache-Control': 'no-store' })
}

const Completion = z.strictObject({ outcome: z.enum(['success', 'error', 'cancelled']) }).openapi('SimulatorOutcome')

async function complete(call: Call): Promise<Answer> {
  refuseParameters(call)
  const { outcome } = parseBody(Completion, call.body)
  const uuid = identityParam(call, 'uuid').slice(0, 100)
  const settled = await completeSimulated(call.ctx, { uuid, outcome })
  return json(TransactionAnswer.parse(toTransaction(call.ctx, settled)))
}

const TAG = 'Transactions'
const BODY_ERRORS = ['VALIDATION_ERROR', 'JSON_MALFORMED', 'MEDIA_TYPE_UNSUPPORTED'] as const
const TransactionQuery = PageQuery.extend({
  state: z
    .string()
    .optional()
    .openapi({ description: `Of ${TRANSACTION_STATES.join(', ')}; joined by commas.` }),
  type: z
    .string()
    .optional()
    .openapi({ description: `Of ${TRANSACTION_TYPES.join(', ')}; joined by commas.` }),
  customerId: z.string().optional().openapi({ description: 'Ids of customers, joined by commas.' }),
  connectorId: z.string().optional().openapi({ description: 'Ids of connectors, joined by commas.' }),
  merchantTransactionId: z.string().optional(),
  include: z.enum(['total']).optional(),
})

export const TRANSACTION_ROUTES: readonly GuardedRoute[] = [
  {
    method: 'get',
    path: '/transactions',
    summary: 'List transactions',
    description: 'Newest first.',
    tag: TAG,
    permission: listTransactions.permission,
    query: TransactionQuery,
    answer: listOf(TransactionAnswer),
    errors: ['QUERY_INVALID', 'CURSOR_INVALID'],
    run: transactions,
  },
  {
    method: 'get',
    path: '/transactions/{uuid}',
    summary: 'Read a transaction',
    description: 'With those that continue it, and what is left to capture and to refund.',
    tag: TAG,
    permission: getChain.permission,
    answer: ChainAnswer,
    errors: ['TRANSACTION_NOT_FOUND', 'QUERY_INVALID'],
    run: transaction,
  },
  {
    method: 'get',
    path: '/customers/{id}/transactions',
    summary: 'List the transactions of a customer',
    tag: TAG,
    permission: listTransactions.permission,
    query: PageQuery.extend({ include: z.enum(['total']).optional() }),
    answer: listOf(TransactionAnswer),
    errors: ['CUSTOMER_NOT_FOUND', 'QUERY_INVALID', 'CURSOR_INVALID'],
    run: ofCustomer,
  },
  {
    method: 'get',
    path: '/profiles/{profileGuid}/transactions',
    summary: 'List the transactions of a profile',
    description: "The caller's own merchant's.",
    tag: TAG,
    permission: listTransactions.permission,
    query: PageQuery.extend({ include: z.enum(['total']).optional() }),
    answer: listOf(TransactionAnswer),
    errors: ['PROFILE_NOT_FOUND', 'QUERY_INVALID', 'CURSOR_INVALID', 'PERMISSION_MISSING'],
    run: ofProfile,
  },
  {
    method: 'post',
    path: '/simulator/tokens',
    summary: 'Turn a test number into a token',
    description: 'Published test numbers of the simulator only; the token pays once within the hour.',
    tag: TAG,
    permission: 'instruments:write',
    body: TokenBody,
    bodyExamples: {
      visa: {
        summary: 'A card that works',
        value: { cardNumber: '4111111111111111', expiryMonth: 12, expiryYear: 2030 },
      },
    },
    answer: Token,
    errors: BODY_ERRORS,
    takesTestNumber: true,
    // Its answer is a secret and its body a number: neither is kept under an Idempotency-Key.
    safe: true,
    run: makeToken,
  },
  {
    method: 'post',
    path: '/simulator/transactions/{uuid}/complete',
    summary: 'Settle an open transaction of a simulator',
    tag: TAG,
    permission: completeSimulated.permission,
    body: Completion,
    bodyExamples: { success: { summary: 'The person approved', value: { outcome: 'success' } } },
    answer: TransactionAnswer,
    errors: [...BODY_ERRORS, 'TRANSACTION_NOT_FOUND', 'TRANSACTION_NOT_ALLOWED'],
    run: complete,
  },
]
