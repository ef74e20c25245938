// A movement from the request to its result: begin, gateway, settle. The database is open for nobody meanwhile.
import { and, asc, desc, eq, gte, isNotNull, lte } from 'drizzle-orm'
import { db } from '#db/client'
import { connectors, transactions } from '#db/schema'
import { gatewayAccountOf } from '../connectors/gateway-account.ts'
import type { Ctx } from '../core/ctx.ts'
import type { Handed, Order } from '../gateway/gateway.ts'
import { gatewayOf } from '../gateway/gateways.ts'
import { log } from '../log.ts'
import { type Begun, beginTransaction } from './begin.ts'
import { attemptName, EXPIRED, waits } from './page-rules.ts'
import { viewed } from './rows.ts'
import type { NewTransaction } from './schema.ts'
import { settle, settleAt } from './settle.ts'
import type { TransactionRow, TransactionView } from './view.ts'

type Sent = { handed: Handed; registrationUuid: string | null }
const ASKED: Sent = { handed: {}, registrationUuid: null }

/**
 * What the gateway calls the movement that this one continues, or the registration that it pays with. A refund names the
 * capture that took the money, where one did.
 */
async function continued({ type, amountMinor, referenceId }: TransactionRow, registration: string | null) {
  const followsCapture = and(
    eq(transactions.referenceId, referenceId ?? 0),
    eq(transactions.type, 'capture'),
    eq(transactions.state, 'success'),
    gte(transactions.amountMinor, amountMinor ?? 0),
  )
  const ways = [
    ...(type === 'refund' ? [followsCapture] : []),
    referenceId === null ? eq(transactions.uuid, registration ?? '') : eq(transactions.id, referenceId),
  ]
  for (const way of ways) {
    const [found] = await db()
      .read.select({ gatewayReference: transactions.gatewayReference })
      .from(transactions)
      .where(way)
      .orderBy(desc(transactions.id))
      .limit(1)
    if (found) return found.gatewayReference
  }
  return null
}

/** What a gateway is asked to do for a row, or asked about it. */
export async function orderOf(row: TransactionRow, { handed, registrationUuid }: Sent = ASKED): Promise<Order> {
  const { type, amountMinor, currency, instrumentData: instrument, request, createdAt } = row
  const uuid = attemptName(row)
  const { redirectUrl, gatewayReference } = row
  return {
    ...{ uuid, type, amountMinor, currency, instrument, request, createdAt, redirectUrl, gatewayReference, handed },
    continues: await continued(row, registrationUuid),
    extraData: request.extraData,
    account: await gatewayAccountOf(row.connectorId),
  }
}

/**
 * Runs a movement. Throws what `beginTransaction` throws; whatever happens afterwards is in the answer's state. When the
 * gateway does not say how it went, the answer is pending and the worker asks until it is known.
 */
export async function processTransaction(ctx: Ctx, input: NewTransaction): Promise<TransactionView> {
  if (ctx.tx) throw new Error('A gateway is never called inside a transaction of the database')
  const begun = await beginTransaction(ctx, input)
  const read = { ...ctx, reader: ctx.db.read }
  return viewed(read, waits(begun) ? begun : await sendBegun(ctx, begun))
}

/** Sends what stands as pending and settles it; the row as it was when the gateway has not said how it went. */
export async function sendBegun(ctx: Ctx, begun: Begun): Promise<TransactionRow> {
  const { adapter, handed, registrationUuid, ...row } = begun
  try {
    const outcome = await gatewayOf(adapter)?.send(await orderOf(row, { handed, registrationUuid }), ctx.now())
    return outcome ? await settle(ctx, row, outcome) : row
  } catch (err) {
    log.warn({ err, transaction: row.uuid }, 'it is not known yet how a transaction went')
    return row
  }
}

const STEP = 50
/** A gateway that does not answer must not keep the others' payments waiting. */
const AT_ONCE = 8
const AGAIN_MS = 60_000

async function ask({ row, adapter }: { row: TransactionRow; adapter: string }, now: Date, stopping?: AbortSignal) {
  try {
    const outcome = waits(row) ? EXPIRED : await gatewayOf(adapter)?.status(await orderOf(row), now, stopping)
    if (outcome) await settleAt(row.merchantId, row, outcome)
  } catch (err) {
    if (stopping?.aborted) return
    log.warn({ err, transaction: row.uuid }, 'a gateway could not be asked')
    await db().write(async (writer) => {
      const askAt = new Date(now.getTime() + AGAIN_MS)
      await writer
        .update(transactions)
        .set({ askAt })
        .where(and(eq(transactions.id, row.id), isNotNull(transactions.askAt)))
    })
  }
}

/** Asks the gateways about movements that are open for too long; what a dead process left is among them. */
export async function askAboutOpen(now = new Date(), stopping?: AbortSignal): Promise<void> {
  const due = await db()
    .read.select({ row: transactions, adapter: connectors.adapter })
    .from(transactions)
    .innerJoin(connectors, eq(connectors.id, transactions.connectorId))
    .where(and(isNotNull(transactions.askAt), lte(transactions.askAt, now)))
    .orderBy(asc(transactions.askAt))
    .limit(STEP)
  const askNext = async (): Promise<void> => {
    for (let one = due.shift(); one && !stopping?.aborted; one = due.shift()) await ask(one, now, stopping)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, askNext))
}
