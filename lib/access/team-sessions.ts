// Sessions beyond one person's list: the whole team's, and all of one's own but the one in use.
import { and, desc, eq, gt, inArray, ne, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import { memberships, merchants, sessions, staff } from '#db/schema'
import { fail } from '../core/errors.ts'
import { record, unchanged } from '../core/record.ts'
import { command, query } from '../core/verb.ts'
import { pathOf } from './reach.ts'
import { IDLE_MS, type SessionView } from './sessions.ts'

export type TeamSessionView = SessionView & { staffName: string; staffEmail: string }

/** More than any team uses at once; a list that long is read for its head only. */
const MOST = 500

/** Live sessions of everybody who is a member at the caller's merchant or below it, last used first. */
export const listTeamSessions = query('team:read', z.strictObject({}), async (read): Promise<TeamSessionView[]> => {
  const path = await pathOf(read.reader, read.merchantId)
  if (path === undefined) return []
  const now = read.now()
  const members = read.reader
    .select({ staffId: memberships.staffId })
    .from(memberships)
    .innerJoin(merchants, eq(merchants.id, memberships.merchantId))
    .where(sql`${merchants.path} like ${`${path}%`}`)
  const awake = gt(sessions.lastActiveAt, new Date(now.getTime() - IDLE_MS))
  const rows = await read.reader
    .select({ session: sessions, staffName: staff.name, staffEmail: staff.email })
    .from(sessions)
    .innerJoin(staff, eq(staff.id, sessions.staffId))
    .where(and(inArray(sessions.staffId, members), gt(sessions.expiresAt, now), or(eq(sessions.kind, 'api'), awake)))
    .orderBy(desc(sessions.lastActiveAt), desc(sessions.id))
    .limit(MOST)
  return rows.map(({ session, staffName, staffEmail }) => {
    const { id, staffId, kind, device, ip, createdAt, lastActiveAt, expiresAt } = session
    return { id, staffId, kind, device, ip, createdAt, lastActiveAt, expiresAt, staffName, staffEmail }
  })
})

const Kept = z.strictObject({ keepId: z.number().int().positive() })

/** Ends every session of the caller but one, at once. Returns how many; USER_NOT_FOUND for a key. */
export const endOtherSessions = command(null, Kept, async (tx, { keepId }): Promise<{ ended: number }> => {
  const staffId = tx.actor.type === 'staff' ? tx.actor.id : null
  if (staffId === null) fail('USER_NOT_FOUND', {})
  const ended = await tx.writer
    .delete(sessions)
    .where(and(eq(sessions.staffId, staffId), ne(sessions.id, keepId)))
    .returning({ id: sessions.id })
  if (ended.length === 0) unchanged(tx)
  else {
    const detail = { sessions: { before: ended.length + 1, after: 1 } }
    record(tx, 'session.ended', { objectType: 'staff', objectId: staffId, detail })
  }
  return { ended: ended.length }
})
