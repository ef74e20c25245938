// Takes away what has served: idempotency keys after 24 hours, ended sessions, old sign-in failures, told events.
import { and, eq, inArray, isNotNull, isNull, lt } from 'drizzle-orm'
import { db } from '#db/client'
import {
  events,
  gatewayTokens,
  idempotencyKeys,
  jobs,
  oauthTokens,
  oneTimeLinks,
  sessions,
  signInFailures,
  webhookDeliveries,
} from '#db/schema'

const DAY_MS = 86_400_000
/** Rows of one transaction: a sweep must not hold the writer for long. */
const STEP = 500

type Sweep = (writer: Parameters<Parameters<ReturnType<typeof db>['write']>[0]>[0], now: Date) => Promise<number>

const ago = (now: Date, days: number) => new Date(now.getTime() - days * DAY_MS)

const SWEEPS: Sweep[] = [
  async (writer, now) => {
    const old = writer
      .select({ id: idempotencyKeys.id })
      .from(idempotencyKeys)
      .where(lt(idempotencyKeys.expiresAt, now))
      .limit(STEP)
    return (
      await writer.delete(idempotencyKeys).where(inArray(idempotencyKeys.id, old)).returning({ id: idempotencyKeys.id })
    ).length
  },
  async (writer, now) => {
    const old = writer.select({ id: sessions.id }).from(sessions).where(lt(sessions.expiresAt, now)).limit(STEP)
    return (await writer.delete(sessions).where(inArray(sessions.id, old)).returning({ id: sessions.id })).length
  },
  async (writer, now) => {
    const old = writer
      .select({ id: oauthTokens.id })
      .from(oauthTokens)
      .where(lt(oauthTokens.expiresAt, ago(now, 1)))
      .limit(STEP)
    return (await writer.delete(oauthTokens).where(inArray(oauthTokens.id, old)).returning({ id: oauthTokens.id }))
      .length
  },
  async (writer, now) => {
    const old = writer
      .select({ id: signInFailures.id })
      .from(signInFailures)
      .where(lt(signInFailures.failedAt, ago(now, 1)))
      .limit(STEP)
    return (
      await writer.delete(signInFailures).where(inArray(signInFailures.id, old)).returning({ id: signInFailures.id })
    ).length
  },
  async (writer, now) => {
    const old = writer
      .select({ id: oneTimeLinks.id })
      .from(oneTimeLinks)
      .where(lt(oneTimeLinks.expiresAt, ago(now, 30)))
      .limit(STEP)
    return (await writer.delete(oneTimeLinks).where(inArray(oneTimeLinks.id, old)).returning({ id: oneTimeLinks.id }))
      .length
  },
  async (writer, now) => {
    const old = writer
      .select({ id: gatewayTokens.id })
      .from(gatewayTokens)
      .where(lt(gatewayTokens.expiresAt, ago(now, 1)))
      .limit(STEP)
    return (
      await writer.delete(gatewayTokens).where(inArray(gatewayTokens.id, old)).returning({ id: gatewayTokens.id })
    ).length
  },
  async (writer, now) => {
    const over = and(isNull(webhookDeliveries.nextAt), lt(webhookDeliveries.createdAt, ago(now, 30)))
    const old = writer.select({ id: webhookDeliveries.id }).from(webhookDeliveries).where(over).limit(STEP)
    const gone = writer.delete(webhookDeliveries).where(inArray(webhookDeliveries.id, old))
    return (await gone.returning({ id: webhookDeliveries.id })).length
  },
  async (writer, now) => {
    const told = and(isNotNull(events.handledAt), lt(events.createdAt, ago(now, 30)))
    const old = writer.select({ id: events.id }).from(events).where(told).limit(STEP)
    return (await writer.delete(events).where(inArray(events.id, old)).returning({ id: events.id })).length
  },
  async (writer, now) => {
    const done = and(eq(jobs.state, 'succeeded'), lt(jobs.finishedAt, ago(now, 7)))
    const old = writer.select({ id: jobs.id }).from(jobs).where(done).limit(STEP)
    return (await writer.delete(jobs).where(inArray(jobs.id, old)).returning({ id: jobs.id })).length
  },
]

/** Sweeps in short transactions until nothing is due. Nothing here is a merchant's data, so nothing is audited. */
export async function sweepRetention(now = new Date()): Promise<void> {
  for (const sweep of SWEEPS) {
    while ((await db().write((writer) => sweep(writer, now))) === STEP) await new Promise(setImmediate)
  }
}
