// One attempt at a callback. A row is claimed by moving its next attempt on, so that a worker that dies meanwhile costs a
// delay and never a notification; the network is used outside of any transaction.
import { and, eq, lte } from 'drizzle-orm'
import { db } from '#db/client'
import { callbacks } from '#db/schema'
import { OutboundError, outboundUrl, postOutbound } from '../core/outbound.ts'
import { log } from '../log.ts'
import type { CallbackRow } from './queue.ts'
import { retryAfterMs, timeoutMsOf } from './schedule.ts'

/** Made at the edge that knows the wire: what is sent for a row at that moment. */
type Render = (row: CallbackRow, at: Date) => Promise<{ headers: Record<string, string>; body: string }>
export type Sender = {
  render: Render
  clock: () => Date
  /** When the program stops, attempts under way are cut off and none is started. */
  stopping: AbortSignal | undefined
}
export type Due = Pick<CallbackRow, 'id' | 'attempts'>

/** Longer than any attempt takes: another worker must not take up a row that is being sent. */
const CLAIM_MS = 60_000
const later = (now: Date, ms: number): Date => new Date(now.getTime() + ms)

async function claim({ id, attempts }: Due, now: Date): Promise<CallbackRow | undefined> {
  return db().write(async (writer) => {
    const [mine] = await writer
      .update(callbacks)
      .set({ nextAt: later(now, CLAIM_MS), attempts: attempts + 1 })
      .where(and(eq(callbacks.id, id), eq(callbacks.attempts, attempts), lte(callbacks.nextAt, now)))
      .returning()
    return mine
  })
}

type Result = Pick<CallbackRow, 'lastStatus' | 'lastProblem'>

/** Undefined when the program stops meanwhile; then the claim runs out and the row is sent after the next start. */
async function attempt(row: CallbackRow, { render, clock, stopping }: Sender): Promise<Result | undefined> {
  const url = outboundUrl(row.url, { http: true })
  if (!url) return { lastStatus: null, lastProblem: 'address_invalid' }
  try {
    const message = await render(row, clock())
    const { status, text } = await postOutbound({ url, ...message, timeoutMs: timeoutMsOf(row.attempts), stopping })
    return { lastStatus: status, lastProblem: status === 200 && text.trim() === 'OK' ? null : 'not_acknowledged' }
  } catch (err) {
    if (err instanceof OutboundError && err.fault === 'stopped') return undefined
    if (err instanceof OutboundError) return { lastStatus: null, lastProblem: err.fault }
    // Our own fault, which must neither stop the others nor make this one come every minute for ever.
    log.error({ err, callback: row.id }, 'a callback could not be made')
    return { lastStatus: null, lastProblem: 'internal' }
  }
}

/** Sends one that is due, unless another worker has it, and writes down what came of it. */
export async function deliver(due: Due, sender: Sender): Promise<void> {
  const mine = await claim(due, sender.clock())
  const result = mine && (await attempt(mine, sender))
  if (!result) return
  const now = sender.clock()
  const delivered = result.lastProblem === null
  const again = delivered ? undefined : retryAfterMs(mine.attempts)
  const nextAt = again === undefined ? null : later(now, again)
  const state = delivered ? 'delivered' : nextAt ? 'waiting' : 'given_up'
  await db().write(async (writer) => {
    await writer
      .update(callbacks)
      .set({ ...result, state, nextAt, deliveredAt: delivered ? now : null })
      .where(and(eq(callbacks.id, mine.id), eq(callbacks.attempts, mine.attempts)))
  })
}
