// A movement from the request to its result: begin, gateway, settle. The database is open for nobody meanwhile.
import { and, asc, eq, isNotNull, lte } from 'drizzle-orm'
import { db } from '#db/client'
import { connectors, transactions } from '#db/schema'
import type { Ctx } from '../core/ctx.ts'
import type { Order } from '../gateway/gateway.ts'
import { gatewayOf } from '../gateway/gateways.ts'
import { log } from '../log.ts'
import { beginTransaction } from './begin.ts'
import { attemptName, EXPIRED, waits } from './page-rules.ts'
import { viewed } from './rows.ts'
import type { NewTransaction } from './schema.ts'
import { settle, settleAt } from './settle.ts'
import type { TransactionRow, TransactionView } from './view.ts'

async function orderOf(row: TransactionRow): Promise<Order> {
  const { type, amountMinor, currency, instrumentData: instrument, request, createdAt, referenceId } = row
  const uuid = attemptName(row)
  const [reference] =
    referenceId === null
      ? []
      : await db()
          .read.select({ gatewayReference: transactions.gatewayReference })
          .from(transactions)
          .where(eq(transactions.id, referenceId))
  const continues = reference?.gatewayReference ?? null
  return { uuid, type, amountMinor, currency, instrument, continues, extraData: request.extraData, createdAt }
}

/**
 * Runs a movement. Throws what `beginTransaction` throws; whatever happens afterwards is in the answer's state. When the
 * gateway does not say how it went, the answer is pending and the worker asks until it is known.
 */
export async function processTransaction(ctx: Ctx, input: NewTransaction): Promise<TransactionView> {
  if (ctx.tx) throw new Error('A gateway is never called inside a transaction of the database')
  const { adapter, ...begun } = await beginTransaction(ctx, input)
  const read = { ...ctx, reader: ctx.db.read }
  return viewed(read, waits(begun) ? begun : await sendBegun(ctx, begun, adapter))
}

/** Sends what stands as pending and settles it; the row as it was when the gateway has not said how it went. */
export async function sendBegun(ctx: Ctx, begun: TransactionRow, adapter: string): Promise<TransactionRow> {
  try {
    const outcome = await gatewayOf(adapter)?.send(await orderOf(begun), ctx.now())
    return outcome ? await settle(ctx, begun, outcome) : begun
  } catch (err) {
    log.warn({ err, transaction: begun.uuid }, 'it is not known yet how a transaction went')
    return begun
  }
}

const STEP = 50
const AGAIN_MS = 60_000

/** Asks the gateways about movements that are open for too long; what a dead process left is among them. */
export async function askAboutOpen(now = new Date()): Promise<void> {
  const due = await db()
    .read.select({ row: transactions, adapter: connectors.adapter })
    .from(transactions)
    .innerJoin(connectors, eq(connectors.id, transactions.connectorId))
    .where(and(isNotNull(transactions.askAt), lte(transactions.askAt, now)))
    .orderBy(asc(transactions.askAt))
    .limit(STEP)
  for (const { row, adapter } of due) {
    try {
      if (waits(row)) {
        await settleAt(row.merchantId, row, EXPIRED)
        continue
      }
      const outcome = await gatewayOf(adapter)?.status(await orderOf(row), now)
      if (outcome) await settleAt(row.merchantId, row, outcome)
    } catch (err) {
      log.warn({ err, transaction: row.uuid }, 'a gateway could not be asked')
      await db().write(async (writer) => {
        const askAt = new Date(now.getTime() + AGAIN_MS)
        await writer.update(transactions).set({ askAt }).where(eq(transactions.id, row.id))
      })
    }
  }
}
