// The simulator's stand-in for a bank's page: whoever holds the address of a payment that waits for its person may
// approve, decline or cancel it, once.
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '#db/client'
import { connectors, merchants, transactions } from '#db/schema'
import { fail } from '../core/errors.ts'
import { command } from '../core/verb.ts'
import type { Outcome } from '../gateway/gateway.ts'
import { declineOf } from '../gateway/simulator.ts'
import { waits } from './page-rules.ts'
import { findTransaction, viewed } from './rows.ts'
import type { TransactionState } from './schema.ts'
import { settle, settleAt } from './settle.ts'
import type { TransactionRow, TransactionView } from './view.ts'

const Decision = z.enum(['success', 'error', 'cancelled'])
export type Decision = z.infer<typeof Decision>

export type Challenge = {
  merchant: string
  amountMinor: number | null
  currency: string | null
  state: TransactionState
}

async function simulated(uuid: string): Promise<{ row: TransactionRow; merchant: string } | undefined> {
  const [found] = await db()
    .read.select({ row: transactions, merchant: merchants.name, adapter: connectors.adapter })
    .from(transactions)
    .innerJoin(merchants, eq(merchants.id, transactions.merchantId))
    .innerJoin(connectors, eq(connectors.id, transactions.connectorId))
    .where(eq(transactions.uuid, uuid))
  return found?.adapter === 'simulator' && !waits(found.row) ? found : undefined
}

function outcomeOf(row: TransactionRow, decision: Decision): Outcome {
  const gatewayReference = row.gatewayReference ?? ''
  if (decision === 'error') return { state: 'error', gatewayReference, ...declineOf(2021) }
  return { state: decision, gatewayReference }
}

/** Where the person goes on, when the merchant has said so. */
export const nextOf = ({ state, request }: TransactionRow): string | null =>
  (state === 'cancelled' ? request.cancelUrl : state === 'error' ? request.errorUrl : request.successUrl) ?? null

/** What the page shows; undefined for a payment that never waited for anybody or does not exist. */
export async function findChallenge(uuid: string): Promise<Challenge | undefined> {
  const found = await simulated(uuid)
  if (!found) return undefined
  const { amountMinor, currency, state } = found.row
  return { merchant: found.merchant, amountMinor, currency, state }
}

/** The person's decision, by the page. A payment that is settled already stays as it is. TRANSACTION_NOT_FOUND. */
export async function answerChallenge(
  uuid: string,
  decision: Decision,
): Promise<{ state: TransactionState; next: string | null }> {
  const found = await simulated(uuid)
  if (!found) fail('TRANSACTION_NOT_FOUND', { transactionId: uuid })
  const { row } = found
  const after = row.state === 'redirect' ? await settleAt(row.merchantId, row, outcomeOf(row, decision)) : row
  return { state: after.state, next: after.state === 'redirect' ? null : nextOf(after) }
}

/** Settles a pending or redirected payment of a simulator, as a gateway would later. TRANSACTION_NOT_ALLOWED when final. */
export const completeSimulated = command(
  'transactions:write',
  z.strictObject({ uuid: z.string().max(100), outcome: Decision }),
  async (tx, { uuid, outcome }): Promise<TransactionView> => {
    const row = await findTransaction(tx, { uuid })
    const [connector] = await tx.writer
      .select({ adapter: connectors.adapter })
      .from(connectors)
      .where(eq(connectors.id, row.connectorId))
    if (connector?.adapter !== 'simulator' || !['pending', 'redirect'].includes(row.state)) {
      fail('TRANSACTION_NOT_ALLOWED', { reason: 'Only an open transaction of a simulator can be completed' })
    }
    if (waits(row) && outcome === 'success') {
      fail('TRANSACTION_NOT_ALLOWED', { reason: 'The person has not chosen yet how to pay' })
    }
    return viewed(tx, await settle(tx, row, outcomeOf(row, outcome)))
  },
)
