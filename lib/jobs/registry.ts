// What the worker does by itself, and how often. A run only inserts a row; the table's claim decides who executes it.
import { sweepRetention } from './retention.ts'

export type Job = { everyMs: number; run: () => Promise<void> }

export const JOBS: Record<string, Job> = {
  'retention.sweep': { everyMs: 10 * 60_000, run: sweepRetention },
}
