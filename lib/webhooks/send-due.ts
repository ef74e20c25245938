// Sends what is due. A row is claimed by moving its next attempt on, so that a worker that dies meanwhile costs a delay
// and never a notification; the network is used outside of any transaction.
import { createHmac } from 'node:crypto'
import { and, asc, eq, isNotNull, lte } from 'drizzle-orm'
import { db } from '#db/client'
import { webhookDeliveries, webhooks } from '#db/schema'
import { retryAfterMs, timeoutMsOf } from '../callbacks/schedule.ts'
import { OutboundError, outboundUrl, postOutbound } from '../core/outbound.ts'
import { unseal } from '../core/secrets.ts'
import { log } from '../log.ts'
import { secretPlace, type WebhookRow } from './commands.ts'

export type DeliveryRow = typeof webhookDeliveries.$inferSelect
/** Made at the edge that knows the wire; undefined when the object is gone for good. */
type Render = (
  delivery: DeliveryRow,
  webhook: WebhookRow,
) => Promise<{ headers: Record<string, string>; body: string } | undefined>
type Sender = { render: Render; clock: () => Date; stopping: AbortSignal | undefined }

const WINDOW = 256
const AT_ONCE = 64
const PER_RECEIVER = 4
const PER_MERCHANT = 16
/** Longer than any attempt takes: another worker must not take up a row that is being sent. */
const CLAIM_MS = 60_000
const MINUTE_MS = 60_000

type Due = { id: number; attempts: number; url: string; merchantId: number }

/** What is due, in order, but few to one receiver and of one merchant. */
async function dueNow(now: Date): Promise<Due[]> {
  const { id, attempts, nextAt, merchantId, webhookId } = webhookDeliveries
  const rows = await db()
    .read.select({ id, attempts, merchantId, url: webhooks.url })
    .from(webhookDeliveries)
    .innerJoin(webhooks, eq(webhooks.id, webhookId))
    .where(and(isNotNull(nextAt), lte(nextAt, now)))
    .orderBy(asc(nextAt), asc(id))
    .limit(WINDOW)
  const counts = new Map<string, number>()
  const hasRoom = (key: string, room: number) => (counts.get(key) ?? 0) < room
  const chosen = rows.filter((row) => {
    const [receiver, merchant] = [`to ${URL.parse(row.url)?.host}`, `of ${row.merchantId}`]
    if (!hasRoom(receiver, PER_RECEIVER) || !hasRoom(merchant, PER_MERCHANT)) return false
    for (const key of [receiver, merchant]) counts.set(key, (counts.get(key) ?? 0) + 1)
    return true
  })
  return chosen.slice(0, AT_ONCE)
}

async function claim({ id, attempts }: Due, now: Date): Promise<DeliveryRow | undefined> {
  return db().write(async (writer) => {
    const [mine] = await writer
      .update(webhookDeliveries)
      .set({ nextAt: new Date(now.getTime() + CLAIM_MS), attempts: attempts + 1 })
      .where(
        and(eq(webhookDeliveries.id, id), eq(webhookDeliveries.attempts, attempts), lte(webhookDeliveries.nextAt, now)),
      )
      .returning()
    return mine
  })
}

/** The headers of Standard Webhooks: whoever has the secret can tell that it was us, and when. */
function signed(delivery: DeliveryRow, webhook: WebhookRow, body: string, now: Date): Record<string, string> {
  const at = String(Math.floor(now.getTime() / 1000))
  const key = Buffer.from(unseal(webhook.secret, secretPlace(webhook.webhookId)).replace('whsec_', ''), 'base64')
  const signature = createHmac('sha256', key).update(`${delivery.deliveryId}.${at}.${body}`).digest('base64')
  return { 'webhook-id': delivery.deliveryId, 'webhook-timestamp': at, 'webhook-signature': `v1,${signature}` }
}

type Result = Pick<DeliveryRow, 'lastStatus' | 'lastProblem'> & { final?: boolean }
const problem = (lastProblem: string, final = false): Result => ({ lastStatus: null, lastProblem, final })

/** Undefined when the program stops meanwhile; then the claim runs out and the row is sent after the next start. */
async function attempt(mine: DeliveryRow, webhook: WebhookRow, sender: Sender): Promise<Result | undefined> {
  const url = outboundUrl(webhook.url, { http: 'listed' })
  if (!url) return problem('address_invalid')
  try {
    const message = await sender.render(mine, webhook)
    if (!message) return problem('object_gone', true)
    const headers = { ...message.headers, ...signed(mine, webhook, message.body, sender.clock()) }
    const sent = { url, headers, body: message.body, timeoutMs: timeoutMsOf(mine.attempts), stopping: sender.stopping }
    const { status } = await postOutbound(sent)
    return { lastStatus: status, lastProblem: status >= 200 && status < 300 ? null : 'not_acknowledged' }
  } catch (err) {
    if (err instanceof OutboundError) return err.fault === 'stopped' ? undefined : problem(err.fault)
    // Our own fault, which must neither stop the others nor make this one come every minute for ever.
    log.error({ err, delivery: mine.id }, 'a webhook could not be made')
    return problem('internal')
  }
}

/** What the subscriber asked for, else the schedule of the product. */
function againMs({ retryMinutes, retryCount }: WebhookRow, attempts: number): number | undefined {
  if (retryMinutes === null && retryCount === null) return retryAfterMs(attempts)
  return attempts <= (retryCount ?? 1) ? (retryMinutes ?? 5) * MINUTE_MS : undefined
}

async function deliver(due: Due, sender: Sender): Promise<void> {
  const mine = await claim(due, sender.clock())
  if (!mine) return
  const [webhook] = await db().read.select().from(webhooks).where(eq(webhooks.id, mine.webhookId))
  if (!webhook) return
  const result = webhook.deletedAt ? problem('webhook_deleted', true) : await attempt(mine, webhook, sender)
  if (!result) return
  const now = sender.clock()
  const { lastStatus, lastProblem, final } = result
  const delivered = lastProblem === null
  const again = delivered || final ? undefined : againMs(webhook, mine.attempts)
  const nextAt = again === undefined ? null : new Date(now.getTime() + again)
  const state = delivered ? ('delivered' as const) : nextAt ? ('waiting' as const) : ('given_up' as const)
  await db().write(async (writer) => {
    await writer
      .update(webhookDeliveries)
      .set({ lastStatus, lastProblem, state, nextAt, deliveredAt: delivered ? now : null })
      .where(and(eq(webhookDeliveries.id, mine.id), eq(webhookDeliveries.attempts, mine.attempts)))
  })
}

/** Sends what is due, until nothing is or the program stops. */
export async function sendDueWebhooks(
  render: Render,
  { clock = () => new Date(), stopping }: Partial<Omit<Sender, 'render'>> = {},
): Promise<void> {
  const sender = { render, clock, stopping }
  while (!stopping?.aborted) {
    const due = await dueNow(clock())
    if (due.length === 0) return
    await Promise.all(due.map((row) => deliver(row, sender)))
  }
}
