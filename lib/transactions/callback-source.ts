// What a callback tells of: the transaction in the state that it is about, and the secret that it is signed with.
import { eq } from 'drizzle-orm'
import { db } from '#db/client'
import { connectors, transactions } from '#db/schema'
import type { CallbackRow } from '../callbacks/queue.ts'
import { openSecrets } from '../connectors/secrets.ts'
import { type TransactionView, viewOf } from './view.ts'

/** A callback about an earlier state says that one, also when the transaction has moved on meanwhile. */
export async function callbackSource(
  row: CallbackRow,
): Promise<{ transaction: TransactionView; sharedSecret: string }> {
  const [found] = await db()
    .read.select({ transaction: transactions, connector: connectors })
    .from(transactions)
    .innerJoin(connectors, eq(connectors.id, row.connectorId))
    .where(eq(transactions.id, row.transactionId))
  if (!found) throw new Error(`Callback ${row.id} has no transaction`)
  const transaction = viewOf({ ...found.transaction, state: row.transactionState }, null)
  return { transaction, sharedSecret: openSecrets(found.connector).sharedSecret }
}
