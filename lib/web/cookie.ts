// The browser's session: a next-auth token that holds our session secret, whose row decides on every request. Runs in
// plain Node too, for the internal reads of the API app: nothing of Next here.
import type { KeyObject } from 'node:crypto'
import { decode, encode, type JWT, type JWTDecodeParams, type JWTEncodeParams } from 'next-auth/jwt'
import { ctxOfSession, findSession, type Session, touch } from '../access/sessions.ts'
import type { Ctx } from '../core/ctx.ts'
import { fail } from '../core/errors.ts'
import { parseId } from '../core/ids.ts'
import { keyFor, keysFor } from '../core/secrets.ts'
import { env } from '../env.ts'

/** The absolute life of a session; the database ends idle ones earlier. */
export const SESSION_SECONDS = 12 * 3600

const secure = env.publicUrl.startsWith('https:')
/** Name and flags of a cookie of ours: `__Host-` and Secure under https, everything else always. */
export const cookieOf = (name: string) => ({
  name: `${secure ? '__Host-' : ''}clientele.${name}`,
  options: { httpOnly: true, sameSite: 'lax', path: '/', secure } as const,
})
export const SESSION_COOKIE = cookieOf('session').name

const text = (key: KeyObject) => key.export().toString('base64url')

/** The secret that new tokens are sealed with. */
export const tokenSecret = (): string => text(keyFor('session'))

/** Seals with the newest secret; the lifetime is ours, whatever was asked. */
export const sealToken = ({ token }: JWTEncodeParams): Promise<string> =>
  encode({ ...(token && { token: { sid: token.sid } }), secret: tokenSecret(), maxAge: SESSION_SECONDS })

/** Opens a token that any of our secrets sealed; null for everything else. */
export async function openToken({ token }: Pick<JWTDecodeParams, 'token'>): Promise<JWT | null> {
  for (const key of keysFor('session')) {
    try {
      return await decode({ ...(token && { token }), secret: text(key) })
    } catch {
      // Sealed with another secret, changed or expired: the next secret may fit, and without one nobody is signed in.
    }
  }
  return null
}

function cookieIn(headers: Headers, name: string): string | undefined {
  for (const pair of headers.get('cookie')?.split(';') ?? []) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return undefined
}

/** The session secret in the cookie, unchecked. */
export async function secretIn(headers: Headers): Promise<string | undefined> {
  const cookie = cookieIn(headers, SESSION_COOKIE)
  const token = cookie ? await openToken({ token: cookie }) : null
  return typeof token?.sid === 'string' ? token.sid : undefined
}

/** The live session of the cookie; undefined when nobody is signed in, or no longer. */
export async function sessionIn(headers: Headers): Promise<Session | undefined> {
  const secret = await secretIn(headers)
  const session = secret === undefined ? undefined : await findSession(secret, 'web', new Date())
  return session === 'expired' ? undefined : session
}

export type Request = { ip: string | null; requestId?: string }

/** Where a page request came from: server.ts puts the socket's address into this header, over whatever was sent. */
export const addressIn = (headers: Headers): string | null =>
  headers.get('x-clientele-address')?.replace(/^::ffff:(?=\d+\.)/, '') ?? null

/**
 * What the person of a session may do at merchant `m`, an id as text; without `m` at the one used last. Throws
 * MERCHANT_NOT_FOUND when no membership reaches it. Notes the use of the session, at most once a minute.
 */
export async function ctxFor(session: Session, m: string | undefined, request: Request): Promise<Ctx> {
  const wanted = m === undefined || m === '' ? undefined : (parseId(m) ?? fail('MERCHANT_NOT_FOUND', { merchantId: m }))
  const ctx = await ctxOfSession(session, wanted, request)
  if (!ctx) return fail('MERCHANT_NOT_FOUND', { merchantId: m ?? '' })
  void touch(session, ctx.merchantId, ctx.now())
  return ctx
}

/** `ctxFor` the cookie's session; undefined when nobody is signed in. */
export async function sessionCtx(headers: Headers, m?: string, request?: Request): Promise<Ctx | undefined> {
  const session = await sessionIn(headers)
  return session && ctxFor(session, m, request ?? { ip: addressIn(headers) })
}
