// Movements as the dashboard gets them: with names for what they point to, masked for whoever reads.
import { desc, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { callbacks, connectors, customers, transactions } from '#db/schema'
import { type Ctx, can } from '../core/ctx.ts'
import { type Json, plain } from '../core/json.ts'
import { maskName } from '../core/mask.ts'
import type { Page } from '../core/page.ts'
import { query, type Read } from '../core/verb.ts'
import type { ShownInstrument } from '../profiles/list.ts'
import { continueTransaction, type FollowUp } from './follow.ts'
import { processTransaction } from './process.ts'
import { getChain, listTransactions } from './queries.ts'
import { findTransaction } from './rows.ts'
import type { Remaining } from './rules.ts'
import { type NewTransaction, TransactionSearch } from './schema.ts'
import type { TransactionView } from './view.ts'

/** What whoever started a movement needs to know of it. */
export type Moved = Pick<TransactionView, 'uuid' | 'state' | 'redirectUrl' | 'errorMessage'>

const movedOf = ({ uuid, state, redirectUrl, errorMessage }: TransactionView): Moved => ({
  uuid,
  state,
  redirectUrl,
  errorMessage,
})

/** A new movement from a screen; throws like `processTransaction`. */
export const startMovement = async (ctx: Ctx, input: NewTransaction): Promise<Moved> =>
  movedOf(await processTransaction(ctx, input))

/** One that continues another. */
export const followMovement = async (ctx: Ctx, input: FollowUp): Promise<Moved> =>
  movedOf(await continueTransaction(ctx, input))

type Named = { id: number; name: string }
type Place = { customer: Named | null; connector: Named & { adapter: string } }

export type TransactionListRow = Json<
  Pick<
    TransactionView,
    | 'id'
    | 'uuid'
    | 'merchantTransactionId'
    | 'type'
    | 'state'
    | 'amountMinor'
    | 'currency'
    | 'errorCode'
    | 'errorMessage'
    | 'createdAt'
    | 'settledAt'
  >
> &
  Place & { instrument: ShownInstrument | null }

async function placesOf(read: Read, ids: readonly number[]): Promise<Map<number, Place>> {
  if (ids.length === 0) return new Map()
  const found = await read.reader
    .select({
      id: transactions.id,
      customerId: customers.id,
      customerName: customers.name,
      connectorId: connectors.id,
      connectorName: connectors.name,
      adapter: connectors.adapter,
    })
    .from(transactions)
    .innerJoin(connectors, eq(connectors.id, transactions.connectorId))
    .leftJoin(customers, eq(customers.id, transactions.customerId))
    .where(inArray(transactions.id, [...ids]))
  const nameOf = (name: string) => (can(read, 'pii:read') ? name : maskName(name))
  return new Map(
    found.map(({ id, customerId, customerName, connectorId, connectorName, adapter }) => [
      id,
      {
        customer: customerId === null ? null : { id: customerId, name: nameOf(customerName ?? '') },
        connector: { id: connectorId, name: connectorName, adapter },
      },
    ]),
  )
}

function instrumentOf({ instrumentData: data }: TransactionView): ShownInstrument | null {
  if (!data) return null
  const { type } = data
  const none = { brand: null, lastFour: null, ibanMasked: null, expMonth: null, expYear: null }
  if (data.type === 'iban') return { ...none, type, ibanMasked: data.ibanMasked }
  if (data.type !== 'card') return { ...none, type, brand: data.brand, lastFour: data.lastFour }
  const { brand, lastFour, expMonth, expYear } = data
  return { ...none, type, brand, lastFour, expMonth, expYear }
}

function rowOf(view: TransactionView, places: Map<number, Place>): TransactionListRow {
  const { id, uuid, merchantTransactionId, type, state, amountMinor, currency, createdAt, settledAt } = view
  const place = places.get(id)
  if (!place) throw new Error('A transaction has no connector')
  const { errorCode, errorMessage } = view
  const own = { id, uuid, merchantTransactionId, type, state, amountMinor, currency, createdAt, settledAt }
  return { ...plain({ ...own, errorCode, errorMessage }), ...place, instrument: instrumentOf(view) }
}

/** A page of the list, newest first. */
export const listTransactionRows = query(
  'transactions:read',
  TransactionSearch,
  async (read, search): Promise<Page<TransactionListRow>> => {
    const page = await listTransactions(read, search)
    const places = await placesOf(
      read,
      page.data.map(({ id }) => id),
    )
    return { ...page, data: page.data.map((view) => rowOf(view, places)) }
  },
)

export type CallbackView = {
  id: number
  state: 'waiting' | 'delivered' | 'given_up'
  transactionState: string
  attempts: number
  lastStatus: number | null
  lastProblem: string | null
  nextAt: string | null
  deliveredAt: string | null
  createdAt: string
}

export type TransactionDetail = TransactionListRow & {
  purchaseId: string
  description: string | null
  holderName: string | null
  profile: { profileGuid: string; customerIdentification: string } | null
  paymentToken: string | null
  adapterCode: string | null
  adapterMessage: string | null
  redirectUrl: string | null
  /** The movement that this one continues. */
  first: TransactionListRow | null
  followers: TransactionListRow[]
  remaining: Remaining
  callbacks: CallbackView[]
}

const shownName = (ctx: Ctx, name: string | null) => (name === null || can(ctx, 'pii:read') ? name : maskName(name))

async function callbacksOf(read: Read, transactionId: number): Promise<CallbackView[]> {
  const rows = await read.reader
    .select({
      id: callbacks.id,
      state: callbacks.state,
      transactionState: callbacks.transactionState,
      attempts: callbacks.attempts,
      lastStatus: callbacks.lastStatus,
      lastProblem: callbacks.lastProblem,
      nextAt: callbacks.nextAt,
      deliveredAt: callbacks.deliveredAt,
      createdAt: callbacks.createdAt,
    })
    .from(callbacks)
    .where(eq(callbacks.transactionId, transactionId))
    .orderBy(desc(callbacks.id))
    .limit(20)
  return plain(rows)
}

const Uuid = z.strictObject({ uuid: z.string().max(100) })

/** One movement with its chain, what is left of it, and how the merchant's system was told. TRANSACTION_NOT_FOUND. */
export const getTransactionDetail = query('transactions:read', Uuid, async (read, ref): Promise<TransactionDetail> => {
  const { transaction, followers, remaining } = await getChain(read, ref)
  const { referenceUuid } = transaction
  const before = referenceUuid === null ? null : await getChain(read, { uuid: referenceUuid })
  const views = [transaction, ...followers, ...(before ? [before.transaction] : [])]
  const places = await placesOf(
    read,
    views.map(({ id }) => id),
  )
  const { id } = await findTransaction(read, ref)
  const { purchaseId, request, instrumentData, profile, adapterCode, adapterMessage, redirectUrl } = transaction
  return {
    ...rowOf(transaction, places),
    ...{ purchaseId, adapterCode, adapterMessage, redirectUrl, remaining },
    description: request.description ?? null,
    holderName: shownName(read, instrumentData?.holderName ?? null),
    profile: profile && { profileGuid: profile.profileGuid, customerIdentification: profile.customerIdentification },
    paymentToken: profile?.paymentToken ?? null,
    first: before && rowOf(before.transaction, places),
    followers: followers.map((view) => rowOf(view, places)),
    callbacks: await callbacksOf(read, id),
  }
})
