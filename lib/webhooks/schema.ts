// What a webhook is made of (zod only, browser-safe).
import { z } from 'zod'

export const NewWebhook = z.strictObject({
  url: z.string().min(1).max(2048),
  /** What the API's own spelling calls the event. */
  name: z.string().max(100),
  events: z.array(z.string()).max(20),
  subtree: z.boolean().default(false),
  retryMinutes: z.number().int().min(1).max(1440).nullable().default(null),
  retryCount: z.number().int().min(0).max(20).nullable().default(null),
})

/** The UUID of a webhook. */
export const WebhookRef = z.strictObject({ webhookId: z.string().max(40) })

export const WebhookPage = z.strictObject({
  page: z.number().int().min(1).max(1_000_000),
  perPage: z.number().int().min(1).max(1000),
})
