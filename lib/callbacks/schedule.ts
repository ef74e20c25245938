// When a callback is tried again. Pure.
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const FIRST = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 2 * HOUR_MS, 3 * HOUR_MS, 12 * HOUR_MS]
const DAYS = 7

/** Milliseconds from the failed attempt of that number (from 1) to the next; undefined when it was the last. */
export function retryAfterMs(attempt: number): number | undefined {
  return FIRST[attempt - 1] ?? (attempt <= FIRST.length + DAYS ? DAY_MS : undefined)
}

/** How long an attempt (from 1) may take: the first is short, since a person may wait for it. */
export const timeoutMsOf = (attempt: number): number => (attempt === 1 ? 10_000 : 30_000)
