// What the worker does by itself, and how often. A run only inserts a row; the table's claim decides who executes it.
import { renderCallback } from '../api/ixopay/callback.ts'
import { sendDueCallbacks } from '../callbacks/send.ts'
import { askAboutOpen } from '../transactions/process.ts'
import { sweepRetention } from './retention.ts'

export type Job = { everyMs: number; run: () => Promise<void> }

/** What every turn of the loop looks after, beside the jobs: each runs on its own and is not started again meanwhile. */
export const STEPS: Record<string, () => Promise<unknown>> = {
  'transactions.ask': () => askAboutOpen(),
  'callbacks.send': () => sendDueCallbacks(renderCallback),
}

export const JOBS: Record<string, Job> = {
  'retention.sweep': { everyMs: 10 * 60_000, run: sweepRetention },
}
