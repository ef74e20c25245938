import { k } from '../kit.ts'
import { merchants } from './merchants.ts'

/** An address that is told of events, in the spelling of one API. Deleting keeps the row and stops what waits. */
export const webhooks = k.table(
  'webhooks',
  {
    id: k.id(),
    webhookId: k.text('webhook_id').notNull(),
    merchantId: k
      .int('merchant_id')
      .notNull()
      .references(() => merchants.id),
    url: k.text('url').notNull(),
    format: k.text('format').$type<'stax'>().notNull(),
    /** What the API's own spelling calls the event. */
    name: k.text('name').notNull(),
    /** The events of the outbox that it stands for; none for a name that never happens here. */
    events: k.json<string[]>('events').notNull(),
    /** Told of the merchants below as well. */
    subtree: k.bool('subtree').notNull(),
    /** Whoever subscribed might read personal data, so what is sent is not masked. */
    personalData: k.bool('personal_data').notNull(),
    /** Minutes between attempts and how many follow the first; null for the schedule of the product. */
    retryMinutes: k.int('retry_minutes'),
    retryCount: k.int('retry_count'),
    /** Signs what is sent; sealed. */
    secret: k.text('secret').notNull(),
    createdAt: k.time('created_at').notNull(),
    updatedAt: k.time('updated_at').notNull(),
    deletedAt: k.time('deleted_at'),
  },
  (t) => [k.uniqueIndex('webhooks_uuid').on(t.webhookId), k.index('webhooks_merchant').on(t.merchantId, t.id)],
)

/** One event on its way to one webhook. Claimed by moving `nextAt` on; null once it is over. */
export const webhookDeliveries = k.table(
  'webhook_deliveries',
  {
    id: k.id(),
    deliveryId: k.text('delivery_id').notNull(),
    webhookId: k
      .int('webhook_id')
      .notNull()
      .references(() => webhooks.id),
    /** Of the outbox, which forgets its events after a while. */
    eventId: k.int('event_id').notNull(),
    /** Whose object it is. */
    merchantId: k
      .int('merchant_id')
      .notNull()
      .references(() => merchants.id),
    objectType: k.text('object_type').notNull(),
    objectId: k.int('object_id').notNull(),
    state: k.text('state').$type<'waiting' | 'delivered' | 'given_up'>().notNull(),
    attempts: k.int('attempts').notNull(),
    lastStatus: k.int('last_status'),
    lastProblem: k.text('last_problem'),
    nextAt: k.time('next_at'),
    deliveredAt: k.time('delivered_at'),
    createdAt: k.time('created_at').notNull(),
  },
  (t) => [
    k.index('webhook_deliveries_due').on(t.nextAt),
    k.uniqueIndex('webhook_deliveries_once').on(t.webhookId, t.eventId),
  ],
)
