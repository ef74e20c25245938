import { and, desc, eq, getTableColumns, isNull } from 'drizzle-orm'
import { countAll } from '#db/kit'
import { webhooks } from '#db/schema'
import { fail } from '../core/errors.ts'
import { query, type Read } from '../core/verb.ts'
import type { Webhook } from './commands.ts'
import { WebhookPage, WebhookRef } from './schema.ts'

const { secret: _secret, ...SHOWN } = getTableColumns(webhooks)

const living = ({ merchantId }: Read) => and(eq(webhooks.merchantId, merchantId), isNull(webhooks.deletedAt))

/** The merchant's webhooks by numbered page, newest first, and how many there are. */
export const pageWebhooks = query(
  'webhooks:read',
  WebhookPage,
  async (read, { page, perPage }): Promise<{ found: Webhook[]; total: number }> => {
    const [counted] = await read.reader.select({ total: countAll() }).from(webhooks).where(living(read))
    const found = await read.reader
      .select(SHOWN)
      .from(webhooks)
      .where(living(read))
      .orderBy(desc(webhooks.id))
      .limit(perPage)
      .offset((page - 1) * perPage)
    return { found, total: counted?.total ?? 0 }
  },
)

/** One webhook; WEBHOOK_NOT_FOUND for a deleted one and for another merchant's. */
export const getWebhook = query('webhooks:read', WebhookRef, async (read, { webhookId }): Promise<Webhook> => {
  const own = and(eq(webhooks.webhookId, webhookId.toLowerCase()), living(read))
  const [found] = await read.reader.select(SHOWN).from(webhooks).where(own)
  return found ?? fail('WEBHOOK_NOT_FOUND', { webhookId })
})
