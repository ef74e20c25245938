// The second half of a movement: what the gateway said becomes the state, the profile and instrument it was to make, the
// customer's deposits and the callback, all in one transaction and once.
import { and, eq, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import { connectors, transactions } from '#db/schema'
import { queueCallback } from '../callbacks/queue.ts'
import { type Ctx, systemCtx } from '../core/ctx.ts'
import { scopePermissions } from '../core/permissions.ts'
import { record, unchanged } from '../core/record.ts'
import { command, type Tx } from '../core/verb.ts'
import { changeCustomer } from '../customers/commands.ts'
import type { Outcome } from '../gateway/gateway.ts'
import { audited } from './begin.ts'
import { keepInstrument, removeStored } from './keep.ts'
import { deadlineOf, mayTryAgain } from './page-rules.ts'
import { depositOf } from './rules.ts'
import type { TransactionRow } from './view.ts'

/** What a payment may bring about beside itself, whoever made it: a profile, its customer, an instrument. */
export const SETTLING = scopePermissions(['*'])

const FINAL = new Set<TransactionRow['state']>(['success', 'error', 'cancelled'])

type Columns = Partial<TransactionRow>

function columnsOf(outcome: Outcome, now: Date): Columns {
  const { state, gatewayReference } = outcome
  if (state === 'pending') return { state, gatewayReference, askAt: outcome.askAt }
  if (state === 'redirect') {
    return { state, gatewayReference, askAt: outcome.askAt, redirectUrl: outcome.redirectUrl ?? null }
  }
  const closed = { state, gatewayReference, askAt: null, settledAt: now }
  if (state !== 'error') return closed
  const { errorCode, errorMessage, adapterCode, adapterMessage } = outcome
  return { ...closed, errorCode, errorMessage, adapterCode, adapterMessage }
}

/** The customer shows that there were payments, and what is left of them after refunds, by currency. */
async function showDeposits(tx: Tx, row: TransactionRow): Promise<void> {
  const { customerId, currency, state, type } = row
  if (customerId === null) return
  const amount = state === 'success' ? depositOf(row) : 0
  await changeCustomer(tx, { id: customerId }, 'customer.updated', (before) => {
    const hasPaymentRequests = before.hasPaymentRequests || type === 'debit' || type === 'preauthorize'
    if (amount === 0 || currency === null) return { hasPaymentRequests }
    const deposits = { ...before.deposits, [currency]: (before.deposits?.[currency] ?? 0) + amount }
    return { hasPaymentRequests, deposits }
  })
}

async function tell(tx: Tx, row: TransactionRow): Promise<void> {
  if (row.state === 'redirect') return
  const [connector] = await tx.writer
    .select({ url: connectors.callbackUrl })
    .from(connectors)
    .where(eq(connectors.id, row.connectorId))
  const url = row.request.callbackUrl ?? connector?.url
  if (!url) return
  const { id: transactionId, connectorId, state: transactionState } = row
  await queueCallback(tx, { transactionId, connectorId, url, bodyHash: row.request.bodyHash, transactionState })
}

/** Success has effects before the row shows it, so that the row names the profile and the token that came of it. */
async function effects(tx: Tx, row: TransactionRow): Promise<Columns> {
  if (row.type === 'deregister') return removeStored(tx, row)
  return keepInstrument(tx, row)
}

/** What the gateway told of its own token is all that is ever known of it. */
function learned({ instrumentData }: TransactionRow, outcome: Outcome): Columns {
  if (instrumentData !== null || outcome.state !== 'success' || !outcome.instrument) return {}
  return { instrumentData: outcome.instrument, method: outcome.instrument.type }
}

/** The same open state again is only another time to ask at, and nobody is told. */
const isNothingNew = (
  before: TransactionRow,
  outcome: Outcome,
): outcome is Extract<Outcome, { state: 'pending' | 'redirect' }> =>
  (outcome.state === 'pending' || outcome.state === 'redirect') &&
  outcome.state === before.state &&
  outcome.gatewayReference === before.gatewayReference

/**
 * What is settled. `attemptsLeft` is that of the attempt: an answer to an earlier one says nothing about the next, and
 * may come late.
 */
type Attempt = Pick<TransactionRow, 'id' | 'attemptsLeft'>

const Settlement = z.strictObject({
  id: z.number().int(),
  attemptsLeft: z.number().int().nullable(),
  outcome: z.custom<Outcome>((value) => typeof value === 'object' && value !== null),
})

/** Back to the page, which shows why the last attempt failed. */
const reopened = ({ attemptsLeft, createdAt, connectorId, viaConnectorId }: TransactionRow): Columns => ({
  state: 'redirect',
  attemptsLeft: (attemptsLeft ?? 1) - 1,
  ...{ connectorId: viaConnectorId ?? connectorId, viaConnectorId: null },
  ...{ method: null, instrumentId: null, paymentToken: null, instrumentData: null, gatewayReference: null },
  redirectUrl: null,
  askAt: deadlineOf(createdAt),
  settledAt: null,
})

/** Not for callers: a verb only because it changes facts. A movement that is final stays as it is. */
const settleOnce = command(null, Settlement, async (given, { id, attemptsLeft, outcome }): Promise<TransactionRow> => {
  const tx = { ...given, permissions: SETTLING }
  const same = attemptsLeft === null ? undefined : eq(transactions.attemptsLeft, attemptsLeft)
  const open = and(eq(transactions.id, id), inArray(transactions.state, ['pending', 'redirect']), same)
  const [before] = await tx.writer
    .update(transactions)
    .set({ version: sql`${transactions.version} + 1`, updatedAt: tx.now() })
    .where(open)
    .returning()
  if (!before) {
    unchanged(given)
    const [row] = await tx.writer.select().from(transactions).where(eq(transactions.id, id))
    if (!row) throw new Error('A transaction to settle is gone')
    return row
  }
  if (isNothingNew(before, outcome)) {
    unchanged(given)
    const asks = { askAt: outcome.askAt }
    await tx.writer.update(transactions).set(asks).where(eq(transactions.id, id))
    return { ...before, ...asks }
  }
  const again = outcome.state === 'error' && mayTryAgain(before, outcome, tx.now())
  const known = learned(before, outcome)
  const columns = {
    ...columnsOf(outcome, tx.now()),
    gatewayReference: outcome.gatewayReference ?? before.gatewayReference,
    ...known,
    ...(outcome.state === 'success' ? await effects(tx, { ...before, ...known }) : {}),
    ...(again ? reopened(before) : {}),
  }
  const after = { ...before, ...columns }
  await tx.writer.update(transactions).set(columns).where(eq(transactions.id, id))
  const about = { objectType: 'transaction' as const, objectId: id, customerId: after.customerId }
  record(given, 'transaction.updated', { ...about, before: audited(before), after: audited(after) })
  if (FINAL.has(after.state)) await showDeposits(tx, after)
  await tell(tx, after)
  return after
})

/** Writes what the gateway said of a movement of the caller's merchant; a second settlement changes nothing. */
export const settle = (ctx: Ctx, { id, attemptsLeft }: Attempt, outcome: Outcome): Promise<TransactionRow> =>
  settleOnce(ctx, { id, attemptsLeft, outcome })

/** The same by the program itself, for a movement of any merchant. */
export const settleAt = (
  merchantId: number,
  { id, attemptsLeft }: Attempt,
  outcome: Outcome,
): Promise<TransactionRow> => settleOnce(systemCtx(merchantId, SETTLING), { id, attemptsLeft, outcome })
