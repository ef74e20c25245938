// The background loop: hands waiting outbox events on, and runs due jobs. Several workers may run against PostgreSQL;
// the claim in the jobs table decides who executes, and a job whose worker died is taken up when its lock runs out.
import { and, asc, eq, inArray, lt, lte, or } from 'drizzle-orm'
import { db } from '#db/client'
import { jobs } from '#db/schema'
import { log } from '../log.ts'
import { handOnEvents } from '../webhooks/hand-on.ts'
import { JOBS, STEPS } from './registry.ts'

const TICK_MS = 1000
const LOCK_MS = 5 * 60_000
const MAX_ATTEMPTS = 5

type JobRow = typeof jobs.$inferSelect

/** Makes sure that each recurring job has one row that waits or runs. */
async function planRecurring(now: Date): Promise<void> {
  const open = await db()
    .read.select({ type: jobs.type })
    .from(jobs)
    .where(inArray(jobs.state, ['queued', 'running']))
  const planned = new Set(open.map(({ type }) => type))
  const missing = Object.keys(JOBS).filter((type) => !planned.has(type))
  if (missing.length === 0) return
  const row = { merchantId: null, state: 'queued' as const, payload: {}, attempts: 0, createdAt: now }
  const rows = missing.map((type) => ({ ...row, type, runAt: new Date(now.getTime() + (JOBS[type]?.everyMs ?? 0)) }))
  await db().write(async (writer) => {
    await writer.insert(jobs).values(rows)
  })
}

/** Takes the next due job, or one whose worker died, for five minutes. */
async function claim(now: Date): Promise<JobRow | undefined> {
  const due = or(
    and(eq(jobs.state, 'queued'), lte(jobs.runAt, now)),
    and(eq(jobs.state, 'running'), lt(jobs.lockedUntil, now)),
  )
  const [waiting] = await db().read.select({ id: jobs.id }).from(jobs).where(due).orderBy(asc(jobs.runAt)).limit(1)
  if (!waiting) return undefined
  return db().write(async (writer) => {
    const lock = { state: 'running' as const, lockedUntil: new Date(now.getTime() + LOCK_MS) }
    const [job] = await writer
      .update(jobs)
      .set(lock)
      .where(and(eq(jobs.id, waiting.id), due))
      .returning()
    return job
  })
}

async function finish(job: JobRow, outcome: Partial<JobRow>): Promise<void> {
  await db().write(async (writer) => {
    await writer
      .update(jobs)
      .set({ lockedUntil: null, ...outcome })
      .where(eq(jobs.id, job.id))
  })
}

async function execute(job: JobRow): Promise<void> {
  try {
    await JOBS[job.type]?.run()
    await finish(job, { state: 'succeeded', finishedAt: new Date() })
  } catch (err) {
    const attempts = job.attempts + 1
    log.error({ err, job: job.id, type: job.type, attempts }, 'a job failed')
    const retryAt = new Date(Date.now() + 2 ** attempts * 1000)
    const error = err instanceof Error ? err.name : 'Error'
    const next =
      attempts >= MAX_ATTEMPTS
        ? { state: 'failed' as const, finishedAt: new Date() }
        : { state: 'queued' as const, runAt: retryAt }
    await finish(job, { ...next, attempts, error })
  }
}

const underWay = new Map<string, Promise<unknown>>()

/** Starts the steps that are not still at it: a slow receiver must not hold up the loop. */
function startSteps(stopping: AbortSignal): void {
  for (const [name, run] of Object.entries(STEPS)) {
    if (underWay.has(name)) continue
    const done = run(stopping)
      .catch((err) => log.error({ err, step: name }, 'the worker will try again'))
      .finally(() => underWay.delete(name))
    underWay.set(name, done)
  }
}

async function tick(stopping: AbortSignal): Promise<void> {
  const now = new Date()
  startSteps(stopping)
  await handOnEvents(now)
  await planRecurring(now)
  for (let job = await claim(now); job; job = await claim(new Date())) await execute(job)
}

/** Starts the loop; the returned function ends it after the tick under way, and tells the steps to come to an end. */
export function startWorker(): () => Promise<void> {
  const stopping = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const schedule = () => {
    if (stopping.signal.aborted) return
    timer = setTimeout(() => {
      running = tick(stopping.signal)
        .catch((err) => log.error({ err }, 'the worker will try again'))
        .then(schedule)
    }, TICK_MS)
  }
  schedule()
  return async () => {
    stopping.abort()
    clearTimeout(timer)
    await running
    await Promise.all(underWay.values())
  }
}
