// Sends what is due. A row is claimed by moving its next attempt on, so that a worker that dies meanwhile costs a delay
// and never a notification; the network is used outside of any transaction.
import { and, asc, eq, isNotNull, lte } from 'drizzle-orm'
import { db } from '#db/client'
import { callbacks } from '#db/schema'
import { OutboundError, outboundUrl, postOutbound } from '../core/outbound.ts'
import type { CallbackRow } from './queue.ts'
import { retryAfterMs, timeoutMsOf } from './schedule.ts'

/** What is sent for a row; made at the edge that knows the wire. Undefined when there is nothing to tell any more. */
export type Render = (
  row: CallbackRow,
  at: Date,
) => Promise<{ headers: Record<string, string>; body: string } | undefined>

const AT_ONCE = 8
const CLAIM_MS = 60_000

async function claim(row: CallbackRow, now: Date): Promise<CallbackRow | undefined> {
  const nextAt = new Date(now.getTime() + CLAIM_MS)
  return db().write(async (writer) => {
    const same = and(eq(callbacks.id, row.id), eq(callbacks.attempts, row.attempts), lte(callbacks.nextAt, now))
    const [mine] = await writer
      .update(callbacks)
      .set({ nextAt, attempts: row.attempts + 1 })
      .where(same)
      .returning()
    return mine
  })
}

type Result = Pick<CallbackRow, 'lastStatus' | 'lastProblem'> & { delivered: boolean }

async function attempt(row: CallbackRow, render: Render, now: Date): Promise<Result> {
  const url = outboundUrl(row.url, { http: true })
  const message = url && (await render(row, now))
  if (!message) return { delivered: false, lastStatus: null, lastProblem: 'address_invalid' }
  try {
    const { status, text } = await postOutbound({ url, ...message, timeoutMs: timeoutMsOf(row.attempts) })
    const delivered = status === 200 && text.trim() === 'OK'
    return { delivered, lastStatus: status, lastProblem: delivered ? null : 'not_acknowledged' }
  } catch (err) {
    if (err instanceof OutboundError) return { delivered: false, lastStatus: null, lastProblem: err.fault }
    throw err
  }
}

async function deliver(row: CallbackRow, render: Render, now: Date): Promise<void> {
  const mine = await claim(row, now)
  if (!mine) return
  const { delivered, ...last } = await attempt(mine, render, now)
  const again = delivered ? undefined : retryAfterMs(mine.attempts)
  const nextAt = again === undefined ? null : new Date(now.getTime() + again)
  const state = delivered ? 'delivered' : nextAt ? 'waiting' : 'given_up'
  await db().write(async (writer) => {
    await writer
      .update(callbacks)
      .set({ ...last, state, nextAt, deliveredAt: delivered ? now : null })
      .where(eq(callbacks.id, mine.id))
  })
}

/** Sends what is due, a few at a time; each waits for its own receiver only. Answers how many were due. */
export async function sendDueCallbacks(render: Render, now = new Date()): Promise<number> {
  const due = await db()
    .read.select()
    .from(callbacks)
    .where(and(isNotNull(callbacks.nextAt), lte(callbacks.nextAt, now)))
    .orderBy(asc(callbacks.nextAt))
    .limit(AT_ONCE * 8)
  const waiting = [...due]
  const lane = async (): Promise<void> => {
    for (let row = waiting.shift(); row; row = waiting.shift()) await deliver(row, render, now)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  return due.length
}
