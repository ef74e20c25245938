// Signing in with e-mail and password. A wrong address, a wrong password and an unknown person get one answer after the
// same work; failures are counted before the password is compared.
import { eq } from 'drizzle-orm'
import { db } from '#db/client'
import { staff } from '#db/schema'
import type { Ctx } from '../core/ctx.ts'
import { fail } from '../core/errors.ts'
import { newRequestId } from '../core/ids.ts'
import { recordRead } from '../core/record.ts'
import { foldEmail } from '../core/text.ts'
import { log } from '../log.ts'
import { hashPassword, isOutdated, verifyPassword } from './passwords.ts'
import { permissionsOf, type Reach, reachOf, rolesAt } from './reach.ts'
import { type Caller, noteProof, type SessionKind, startSession } from './sessions.ts'
import { admit, inTurn, type Ticket } from './throttle.ts'

export type SignIn = Caller & { email: string; password: string; device: string; kind: SessionKind }
export type SignedIn = {
  /** The session's secret, or the staff token: shown once, only its hash is kept. */
  secret: string
  sessionId: number
  expiresAt: Date
  staff: { id: number; name: string; email: string }
  merchantId: number
}

type Person = typeof staff.$inferSelect & { reach: Reach[] }

async function findPerson(account: string): Promise<Person | undefined> {
  const [row] = await db().read.select().from(staff).where(eq(staff.emailFolded, account))
  return row && { ...row, reach: await reachOf(db().read, row.id) }
}

/** The context of a person at the first merchant of their reach; undefined without any. */
function homeOf(person: Person, caller: Caller): Ctx | undefined {
  const [home] = person.reach
  if (!home) return undefined
  const roles = rolesAt(person.reach, home.path)
  const [role] = roles
  const now = caller.now ?? (() => new Date())
  return {
    db: db(),
    merchantId: home.merchantId,
    actor: { type: 'staff', id: person.id, name: person.name, ...(role && { role }) },
    permissions: permissionsOf(roles),
    requestId: caller.requestId ?? newRequestId(),
    ip: caller.ip,
    provenAt: now(),
    now,
  }
}

type Checked = { ctx: Ctx; person: Person; ticket: Ticket }

/** Counts, compares, and either returns the person with the ticket to forgive, or refuses like anybody else. */
async function check(account: string, password: string, caller: Caller): Promise<Checked> {
  const now = caller.now?.() ?? new Date()
  const person = await findPerson(account)
  const ctx = person && homeOf(person, caller)
  const ticket = await admit({ account, ip: caller.ip, merchantId: ctx?.merchantId }, now)
  const right = await verifyPassword(person?.passwordHash, password)
  if (right && person && ctx && !person.suspendedAt) return { ctx, person, ticket }
  // Queued and not waited for, so that the answer takes as long as for an account that does not exist.
  if (person && ctx) recordRead(ctx, 'sign_in.refused', { objectType: 'staff', objectId: person.id })
  log.info({ requestId: caller.requestId, ip: caller.ip }, 'a sign-in was refused')
  // Whoever knows the password may know why it does not open anything.
  return fail('CREDENTIALS_INVALID', right && person ? { reason: ctx ? 'suspended' : 'no_membership' } : {})
}

/**
 * Starts a session. Throws CREDENTIALS_INVALID alike for everything that is wrong, and RATE_LIMITED with
 * `retryAfterSeconds` when account, address or merchant has failed too often.
 */
export async function signIn(attempt: SignIn): Promise<SignedIn> {
  const account = foldEmail(attempt.email.slice(0, 400))
  return inTurn(account, async () => {
    const { ctx, person, ticket } = await check(account, attempt.password, attempt)
    const rehash = isOutdated(person.passwordHash)
    const passwordHash = rehash ? await hashPassword(attempt.password.normalize('NFC')) : undefined
    const { kind, device } = attempt
    const started = await startSession(ctx, {
      staffId: person.id,
      kind,
      device,
      ticket,
      ...(passwordHash && { passwordHash }),
    })
    return { ...started, staff: { id: person.id, name: person.name, email: person.email }, merchantId: ctx.merchantId }
  })
}

/** Compares the password of an existing account, counted like a sign-in. For accepting an invitation. */
export async function checkAccount(email: string, password: string, caller: Caller): Promise<Checked> {
  const account = foldEmail(email)
  return inTurn(account, () => check(account, password, caller))
}

/**
 * A fresh proof for dangerous commands: the person of the session gives the password again. Counted like a sign-in.
 * Returns when it was proven; it holds five minutes.
 */
export async function proveAgain(
  session: { id: number; email: string },
  password: string,
  caller: Caller,
): Promise<Date> {
  const account = foldEmail(session.email)
  return inTurn(account, async () => {
    const { ctx, ticket } = await check(account, password, caller)
    return noteProof(ctx, session.id, ticket)
  })
}
