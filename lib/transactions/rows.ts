// Finding and locking movements. What continues one locks its row first, so that no two of them spend the same money.
import { and, eq, sql } from 'drizzle-orm'
import { transactions } from '#db/schema'
import { fail } from '../core/errors.ts'
import type { Read, Tx } from '../core/verb.ts'
import { type TransactionRow, type TransactionView, viewOf } from './view.ts'

const readerOf = (on: Read | Tx) => ('reader' in on ? on.reader : on.writer)

type Ref = { uuid: string } | { merchantTransactionId: string }

/** The merchant's own movement, or TRANSACTION_NOT_FOUND. */
export async function findTransaction(on: Read | Tx, ref: Ref): Promise<TransactionRow> {
  const same =
    'uuid' in ref ? eq(transactions.uuid, ref.uuid) : eq(transactions.merchantTransactionId, ref.merchantTransactionId)
  const [row] = await readerOf(on)
    .select()
    .from(transactions)
    .where(and(same, eq(transactions.merchantId, on.merchantId)))
  const asked = 'uuid' in ref ? ref.uuid : ref.merchantTransactionId
  return row ?? fail('TRANSACTION_NOT_FOUND', { transactionId: asked })
}

/** The row with its next version, locked until the transaction ends. */
export async function lockTransaction(tx: Tx, id: number): Promise<TransactionRow> {
  const [row] = await tx.writer
    .update(transactions)
    .set({ version: sql`${transactions.version} + 1`, updatedAt: tx.now() })
    .where(and(eq(transactions.id, id), eq(transactions.merchantId, tx.merchantId)))
    .returning()
  return row ?? fail('TRANSACTION_NOT_FOUND', { transactionId: String(id) })
}

/** The movements that refer to one, oldest first. */
export const followersOf = (on: Read | Tx, id: number): Promise<TransactionRow[]> =>
  readerOf(on).select().from(transactions).where(eq(transactions.referenceId, id)).orderBy(transactions.id)

/** Whether the gateway has forgotten what a registration left there. */
export async function isForgotten(on: Read | Tx, id: number): Promise<boolean> {
  return (await followersOf(on, id)).some(({ type, state }) => type === 'deregister' && state === 'success')
}

/** The view of a row, with the uuid of what it continues. */
export async function viewed(on: Read | Tx, row: TransactionRow): Promise<TransactionView> {
  if (row.referenceId === null) return viewOf(row, null)
  const [reference] = await readerOf(on)
    .select({ uuid: transactions.uuid })
    .from(transactions)
    .where(eq(transactions.id, row.referenceId))
  return viewOf(row, reference?.uuid ?? null)
}
