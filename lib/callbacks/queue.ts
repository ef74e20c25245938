// Notifications of a transaction's result: queued with the change, sent by the worker until they are acknowledged.
import { callbacks } from '#db/schema'
import type { Tx } from '../core/verb.ts'

export type CallbackRow = typeof callbacks.$inferSelect
type Queued = Pick<CallbackRow, 'transactionId' | 'connectorId' | 'url' | 'bodyHash' | 'transactionState'>

/** Queues one inside the transaction of the change, so that neither is without the other. */
export async function queueCallback(tx: Tx, queued: Queued): Promise<void> {
  const now = tx.now()
  const fresh = { state: 'waiting' as const, attempts: 0, lastStatus: null, lastProblem: null, deliveredAt: null }
  await tx.writer
    .insert(callbacks)
    .values({ ...queued, ...fresh, merchantId: tx.merchantId, nextAt: now, createdAt: now })
}
