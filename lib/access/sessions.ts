// Sign-ins. The browser's cookie and a staff token carry a secret; its row is looked up on every request, so ending a
// session, suspending its person or taking a membership away is felt by the very next one.
import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db, type Reader, statement } from '#db/client'
import { sessions, staff } from '#db/schema'
import type { Ctx } from '../core/ctx.ts'
import { fail } from '../core/errors.ts'
import { newRequestId, randomToken, sha256 } from '../core/ids.ts'
import { record } from '../core/record.ts'
import { command, query, type Read } from '../core/verb.ts'
import { log } from '../log.ts'
import { isMember } from './members.ts'
import { pathOf, permissionsOf, type Reach, reachOf, rolesAt } from './reach.ts'
import { SessionRef, SessionSearch } from './schema.ts'
import { forgive, type Ticket } from './throttle.ts'

const MINUTE_MS = 60_000
export const IDLE_MS = 15 * MINUTE_MS
const LIFE_MS = { web: 12 * 60 * MINUTE_MS, api: 60 * MINUTE_MS }
const MAX_PER_PERSON = 10
/** A session's last activity is written at most this often. */
const TOUCH_MS = MINUTE_MS
/** What tells a staff token from an API key. */
const TOKEN_PREFIX = 'st_'

export type SessionKind = 'web' | 'api'

const lookUp = (on: Reader) =>
  statement(on, 'access_session', (reader) =>
    reader
      .select({
        id: sessions.id,
        staffId: sessions.staffId,
        kind: sessions.kind,
        merchantId: sessions.merchantId,
        provenAt: sessions.provenAt,
        lastActiveAt: sessions.lastActiveAt,
        expiresAt: sessions.expiresAt,
        name: staff.name,
        email: staff.email,
        preferences: staff.preferences,
        suspendedAt: staff.suspendedAt,
      })
      .from(sessions)
      .innerJoin(staff, eq(staff.id, sessions.staffId))
      .where(eq(sessions.secretHash, sql.placeholder('hash'))),
  )

export type Session = Awaited<ReturnType<ReturnType<typeof lookUp>['execute']>>[number]

/** `expired` tells a token that was valid once from one that never was. */
export async function findSession(
  secret: string,
  kind: SessionKind,
  now: Date,
): Promise<Session | 'expired' | undefined> {
  const [row] = await lookUp(db().read).execute({ hash: sha256(secret) })
  if (!row || row.kind !== kind || row.suspendedAt) return undefined
  const idle = kind === 'web' && now.getTime() - row.lastActiveAt.getTime() > IDLE_MS
  if (idle || now >= row.expiresAt) return 'expired'
  return row
}

export type Caller = { requestId?: string; ip: string | null; now?: () => Date }

/**
 * What the person of a session may do at a merchant: the wanted one, else the last used one, else the first that a
 * membership reaches. Undefined when the wanted merchant, or any, is out of reach.
 */
export async function ctxOfSession(
  session: Session,
  wanted: number | undefined,
  caller: Caller,
): Promise<Ctx | undefined> {
  const { read } = db()
  const reach = await reachOf(read, session.staffId)
  const at = await placeOf(read, reach, session, wanted)
  if (!at) return undefined
  return {
    db: db(),
    merchantId: at.merchantId,
    actor: staffActor(session, at.roles[0]),
    permissions: permissionsOf(at.roles),
    requestId: caller.requestId ?? newRequestId(),
    ip: caller.ip,
    provenAt: session.provenAt,
    now: caller.now ?? (() => new Date()),
  }
}

const staffActor = (person: { staffId: number; name: string }, role: Ctx['actor']['role']): Ctx['actor'] => ({
  type: 'staff',
  id: person.staffId,
  name: person.name,
  ...(role && { role }),
})

async function placeOf(read: Reader, reach: readonly Reach[], session: Session, wanted: number | undefined) {
  const merchantId = wanted ?? session.merchantId
  const path = await pathOf(read, merchantId)
  const roles = path === undefined ? [] : rolesAt(reach, path)
  if (roles.length > 0) return { merchantId, roles }
  const [first] = reach
  if (wanted !== undefined || !first) return undefined
  return { merchantId: first.merchantId, roles: rolesAt(reach, first.path) }
}

const touched = new Map<number, number>()

/**
 * Notes that a session is in use, at most once a minute, and which merchant it looked at last. Requests do not wait for
 * it; it never rejects.
 */
export async function touch(session: Session, merchantId: number, now: Date): Promise<void> {
  const last = Math.max(session.lastActiveAt.getTime(), touched.get(session.id) ?? 0)
  const moved = session.merchantId !== merchantId
  if (!moved && now.getTime() - last < TOUCH_MS) return
  if (touched.size > 10_000) touched.clear()
  touched.set(session.id, now.getTime())
  try {
    await db().write(async (writer) => {
      await writer.update(sessions).set({ lastActiveAt: now, merchantId }).where(eq(sessions.id, session.id))
      await writer.update(staff).set({ lastSeenAt: now }).where(eq(staff.id, session.staffId))
    })
  } catch (err) {
    log.warn({ err }, 'the last activity of a session could not be written')
  }
}

export type Started = { secret: string; sessionId: number; expiresAt: Date }
export type NewSession = { staffId: number; kind: SessionKind; device: string; ticket?: Ticket; passwordHash?: string }

const short = (text: string) => text.replace(/\p{C}/gu, '').slice(0, 200)

/** Starts a session for the person of `ctx`; beyond ten of a kind the longest unused ends. For sign-in alone. */
export async function startSession(ctx: Ctx, wanted: NewSession): Promise<Started> {
  const { staffId, kind } = wanted
  const secret = kind === 'api' ? TOKEN_PREFIX + randomToken(32) : randomToken(32)
  const start = command(null, z.strictObject({}), async (tx): Promise<Started> => {
    const now = tx.now()
    const expiresAt = new Date(now.getTime() + LIFE_MS[kind])
    const times = { provenAt: now, createdAt: now, lastActiveAt: now, expiresAt }
    const place = { merchantId: tx.merchantId, device: short(wanted.device), ip: short(tx.ip ?? '') }
    const [made] = await tx.writer
      .insert(sessions)
      .values({ secretHash: sha256(secret), staffId, kind, ...place, ...times })
      .returning()
    if (!made) throw new Error('An insert returned no row')
    const kept = tx.writer
      .select({ id: sessions.id })
      .from(sessions)
      .where(and(eq(sessions.staffId, staffId), eq(sessions.kind, kind)))
      .orderBy(desc(sessions.lastActiveAt), desc(sessions.id))
      .limit(1000)
      .offset(MAX_PER_PERSON)
    const surplus = await kept
    if (surplus.length > 0)
      await tx.writer.delete(sessions).where(
        inArray(
          sessions.id,
          surplus.map(({ id }) => id),
        ),
      )
    if (wanted.ticket) await forgive(tx.writer, wanted.ticket)
    const rehashed = wanted.passwordHash === undefined ? {} : { passwordHash: wanted.passwordHash }
    await tx.writer
      .update(staff)
      .set({ lastSeenAt: now, ...rehashed })
      .where(eq(staff.id, staffId))
    record(tx, 'session.started', { objectType: 'session', objectId: made.id, after: { kind, device: made.device } })
    return { secret, sessionId: made.id, expiresAt }
  })
  return start(ctx, {})
}

/** A staff member proved the password again; for `proveAgain` alone. */
export async function noteProof(ctx: Ctx, sessionId: number, ticket: Ticket): Promise<Date> {
  const note = command(null, z.strictObject({}), async (tx) => {
    const provenAt = tx.now()
    await tx.writer.update(sessions).set({ provenAt, lastActiveAt: provenAt }).where(eq(sessions.id, sessionId))
    await forgive(tx.writer, ticket)
    record(tx, 'session.proven', { objectType: 'session', objectId: sessionId })
    return provenAt
  })
  return note(ctx, {})
}

export type SessionView = {
  id: number
  staffId: number
  kind: SessionKind
  device: string
  ip: string
  createdAt: Date
  lastActiveAt: Date
  expiresAt: Date
}

/** Own sessions are everybody's; a member's are for whoever may see, and to end them change, the team. */
async function subjectOf(
  read: Pick<Read, 'actor' | 'merchantId' | 'permissions'>,
  on: Reader,
  staffId: number | undefined,
  permission: 'team:read' | 'team:write',
): Promise<number> {
  const own = read.actor.type === 'staff' ? read.actor.id : null
  const id = staffId ?? own
  if (id === null) fail('USER_NOT_FOUND', { userId: String(staffId ?? '') })
  if (id === own) return id
  if (!read.permissions.has(permission)) fail('PERMISSION_MISSING', { permission })
  if (!(await isMember(on, id, read.merchantId))) fail('USER_NOT_FOUND', { userId: String(id) })
  return id
}

/** Live sessions, last used first: the caller's own, or a member's with team:read. */
export const listSessions = query(null, SessionSearch, async (read, { staffId }): Promise<SessionView[]> => {
  const subject = await subjectOf(read, read.reader, staffId, 'team:read')
  const now = read.now()
  const rows = await read.reader
    .select()
    .from(sessions)
    .where(and(eq(sessions.staffId, subject), gt(sessions.expiresAt, now)))
    .orderBy(desc(sessions.lastActiveAt))
  const live = rows.filter((row) => row.kind === 'api' || now.getTime() - row.lastActiveAt.getTime() <= IDLE_MS)
  return live.map(({ secretHash: _secret, merchantId: _merchant, provenAt: _proven, ...view }) => view)
})

/** Ends one session at once: an own one, or a member's with team:write. SESSION_NOT_FOUND for any other. */
export const endSession = command(null, SessionRef, async (tx, { sessionId, staffId }) => {
  const subject = await subjectOf(tx, tx.writer, staffId, 'team:write')
  const ended = await tx.writer
    .delete(sessions)
    .where(and(eq(sessions.id, sessionId), eq(sessions.staffId, subject)))
    .returning({ id: sessions.id })
  if (ended.length === 0) fail('SESSION_NOT_FOUND', { sessionId: String(sessionId) })
  record(tx, 'session.ended', { objectType: 'session', objectId: sessionId })
})

/** Signs out: ends the session of this secret. An unknown secret ends nothing and is no error. */
export async function signOut(secret: string, kind: SessionKind, caller: Caller): Promise<void> {
  const session = await findSession(secret, kind, caller.now?.() ?? new Date())
  if (!session || session === 'expired') return
  const ctx = await ctxOfSession(session, undefined, caller)
  if (ctx) await endSession(ctx, { sessionId: session.id })
  else await db().write((writer) => writer.delete(sessions).where(eq(sessions.id, session.id)))
}
