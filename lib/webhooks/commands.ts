// Subscriptions to events. The secret that signs what is sent is made here and kept sealed.
import { randomBytes, randomUUID } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import { webhooks } from '#db/schema'
import { can } from '../core/ctx.ts'
import { fail, invalid } from '../core/errors.ts'
import { outboundUrl } from '../core/outbound.ts'
import { record } from '../core/record.ts'
import { seal } from '../core/secrets.ts'
import { command } from '../core/verb.ts'
import { NewWebhook, WebhookRef } from './schema.ts'

export type WebhookRow = typeof webhooks.$inferSelect
/** A webhook without its secret. */
export type Webhook = Omit<WebhookRow, 'secret'>

export const secretPlace = (webhookId: string): string => `webhooks secret ${webhookId}`

const withoutSecret = ({ secret: _secret, ...webhook }: WebhookRow): Webhook => webhook

/** Subscribes an address to one event. It must be https, and no private one. */
export const createWebhook = command('webhooks:write', NewWebhook, async (tx, input): Promise<Webhook> => {
  if (!outboundUrl(input.url, { http: 'listed' })) {
    invalid('url', 'ADDRESS_NOT_ALLOWED', 'must be a public https address')
  }
  const webhookId = randomUUID()
  const secret = seal(`whsec_${randomBytes(24).toString('base64')}`, secretPlace(webhookId))
  const now = tx.now()
  const stamps = { createdAt: now, updatedAt: now, deletedAt: null }
  const [made] = await tx.writer
    .insert(webhooks)
    .values({
      ...input,
      webhookId,
      merchantId: tx.merchantId,
      format: 'stax',
      personalData: can(tx, 'pii:read'),
      secret,
      ...stamps,
    })
    .returning()
  if (!made) throw new Error('An insert returned no row')
  const webhook = withoutSecret(made)
  record(tx, 'webhook.created', { objectType: 'webhook', objectId: made.id, after: webhook })
  return webhook
})

/** Ends a subscription; what waits for it is not sent any more. WEBHOOK_NOT_FOUND. */
export const deleteWebhook = command('webhooks:write', WebhookRef, async (tx, { webhookId }): Promise<Webhook> => {
  const own = and(eq(webhooks.webhookId, webhookId.toLowerCase()), eq(webhooks.merchantId, tx.merchantId))
  const [gone] = await tx.writer
    .update(webhooks)
    .set({ deletedAt: tx.now(), updatedAt: tx.now() })
    .where(and(own, isNull(webhooks.deletedAt)))
    .returning()
  if (!gone) fail('WEBHOOK_NOT_FOUND', { webhookId })
  const webhook = withoutSecret(gone)
  const before = { ...webhook, deletedAt: null }
  record(tx, 'webhook.deleted', { objectType: 'webhook', objectId: gone.id, before, after: webhook })
  return webhook
})
