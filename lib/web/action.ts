// The edge of every server action: origin, session, the verb, and an answer that never throws.
import { headers } from 'next/headers'
import type { Session } from '../access/sessions.ts'
import type { Ctx } from '../core/ctx.ts'
import { AppError, appError, type Details, type ErrorCode } from '../core/errors.ts'
import { newRequestId } from '../core/ids.ts'
import { type Json, plain } from '../core/json.ts'
import { log } from '../log.ts'
import { addressIn, ctxFor, sessionIn } from './cookie.ts'
import { isOwnOrigin } from './origin.ts'

export type ActionError = { code: ErrorCode; message: string; details: Details; requestId: string }
export type ActionResult<T> = { ok: true; data: T } | { ok: false; error: ActionError }

/** What a request without a session is known by. */
export type Visitor = { ip: string | null; requestId: string; device: string }

async function answer<R>(run: (visitor: Visitor, all: Headers) => Promise<R>): Promise<ActionResult<Json<R>>> {
  const requestId = newRequestId()
  try {
    const all = await headers()
    // Next lets an action through when Origin is missing, so the check is ours.
    if (!isOwnOrigin(all)) throw new AppError('ORIGIN_REFUSED')
    const visitor = { ip: addressIn(all), requestId, device: all.get('user-agent') ?? '' }
    return { ok: true, data: plain(await run(visitor, all)) }
  } catch (err) {
    const known = appError(err)
    if (!known) log.error({ err, requestId }, 'an action failed')
    const { code, message, details } = known ?? new AppError('INTERNAL')
    return { ok: false, error: { code, message, details, requestId } }
  }
}

/** Runs a verb for the signed-in person at merchant `m`, null for the one used last. Never throws. */
export const runAction = <I, R>(
  m: number | null,
  verb: (ctx: Ctx, input: I) => Promise<R>,
  input: I,
): Promise<ActionResult<Json<R>>> =>
  answer(async (visitor, all) => {
    const session = await sessionIn(all)
    if (!session) throw new AppError('CREDENTIALS_MISSING')
    return verb(await ctxFor(session, m === null ? undefined : String(m), visitor), input)
  })

/** Runs something for a visitor who is not signed in. Never throws. */
export const runVisitorAction = <R>(run: (visitor: Visitor) => Promise<R>): Promise<ActionResult<Json<R>>> =>
  answer(run)

/** Runs something for the session itself, whatever the merchant. Never throws. */
export const runSessionAction = <R>(
  run: (session: Session, visitor: Visitor) => Promise<R>,
): Promise<ActionResult<Json<R>>> =>
  answer(async (visitor, all) => {
    const session = await sessionIn(all)
    if (!session) throw new AppError('CREDENTIALS_MISSING')
    return run(session, visitor)
  })
