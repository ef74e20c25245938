// From the outbox to what is to be sent: an event is marked as told in the transaction that queues its deliveries, so
// that a crash leaves both or neither and several workers queue it once.
import { randomUUID } from 'node:crypto'
import { and, asc, inArray, isNull } from 'drizzle-orm'
import { db, type Writer } from '#db/client'
import { events, merchants, webhookDeliveries, webhooks } from '#db/schema'
import type { WebhookRow } from './commands.ts'

/** Events of one transaction: it must not hold the writer for long. */
const STEP = 500

type EventRow = typeof events.$inferSelect

/** The paths of the events' merchants: `/1/3/` names those above. */
async function pathsOf(writer: Writer, told: readonly EventRow[]): Promise<Map<number, string>> {
  const ids = [...new Set(told.map(({ merchantId }) => merchantId))]
  const rows = await writer
    .select({ id: merchants.id, path: merchants.path })
    .from(merchants)
    .where(inArray(merchants.id, ids))
  return new Map(rows.map(({ id, path }) => [id, path]))
}

const wants = (webhook: WebhookRow, event: EventRow, path: string): boolean =>
  webhook.events.includes(event.type) &&
  webhook.createdAt <= event.createdAt &&
  (webhook.merchantId === event.merchantId || (webhook.subtree && path.includes(`/${webhook.merchantId}/`)))

async function queue(writer: Writer, told: readonly EventRow[], now: Date): Promise<void> {
  const paths = await pathsOf(writer, told)
  const above = [...new Set([...paths.values()].flatMap((path) => path.split('/').filter(Boolean).map(Number)))]
  const open = await writer
    .select()
    .from(webhooks)
    .where(and(inArray(webhooks.merchantId, [...new Set([...above, ...paths.keys()])]), isNull(webhooks.deletedAt)))
  const fresh = { state: 'waiting' as const, attempts: 0, lastStatus: null, lastProblem: null, deliveredAt: null }
  const rows = told.flatMap((event) =>
    open
      .filter((webhook) => wants(webhook, event, paths.get(event.merchantId) ?? ''))
      .map((webhook) => ({
        ...fresh,
        deliveryId: randomUUID(),
        webhookId: webhook.id,
        eventId: event.id,
        merchantId: event.merchantId,
        objectType: event.objectType,
        objectId: event.objectId,
        nextAt: now,
        createdAt: now,
      })),
  )
  if (rows.length > 0) await writer.insert(webhookDeliveries).values(rows)
}

async function step(now: Date): Promise<number> {
  const waiting = await db()
    .read.select({ id: events.id })
    .from(events)
    .where(isNull(events.handledAt))
    .orderBy(asc(events.id))
    .limit(STEP)
  if (waiting.length === 0) return 0
  const ids = waiting.map(({ id }) => id)
  await db().write(async (writer) => {
    const told = await writer
      .update(events)
      .set({ handledAt: now })
      .where(and(inArray(events.id, ids), isNull(events.handledAt)))
      .returning()
    if (told.length > 0)
      await queue(
        writer,
        told.toSorted((a, b) => a.id - b.id),
        now,
      )
  })
  return waiting.length
}

/** Hands on as many events as the outbox holds at this moment. */
export async function handOnEvents(now: Date): Promise<void> {
  while ((await step(now)) === STEP);
}
