// What the worker does by itself, and how often. A run only inserts a row; the table's claim decides who executes it.
import { renderCallback } from '../api/ixopay/callback.ts'
import { renderStaxWebhook } from '../api/stax/webhook.ts'
import { sendDueCallbacks } from '../callbacks/send-due.ts'
import { askAboutOpen } from '../transactions/process.ts'
import { sendDueWebhooks } from '../webhooks/send-due.ts'
import { sweepRetention } from './retention.ts'

export type Job = { everyMs: number; run: () => Promise<void> }

/**
 * What every turn of the loop looks after, beside the jobs: each runs on its own and is not started again meanwhile. One
 * that waits for others' machines ends early when the program stops.
 */
export const STEPS: Record<string, (stopping: AbortSignal) => Promise<unknown>> = {
  'transactions.ask': (stopping) => askAboutOpen(new Date(), stopping),
  'callbacks.send': (stopping) => sendDueCallbacks(renderCallback, { stopping }),
  'webhooks.send': (stopping) => sendDueWebhooks(renderStaxWebhook, { stopping }),
}

export const JOBS: Record<string, Job> = {
  'retention.sweep': { everyMs: 10 * 60_000, run: sweepRetention },
}
