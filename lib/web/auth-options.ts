// next-auth signs people in and out of the browser. Its token carries nothing but the secret of our session.
import type { NextAuthOptions, User } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { signOut } from '../access/sessions.ts'
import { signIn } from '../access/sign-in.ts'
import { appError } from '../core/errors.ts'
import { log } from '../log.ts'
import { addressIn, cookieOf, openToken, SESSION_SECONDS, sealToken, tokenSecret } from './cookie.ts'

type SignedInUser = User & { secret: string }

/** What a failed sign-in may tell the page; next-auth carries it in an address. */
function refusal(err: unknown): Error {
  const known = appError(err)
  if (!known) log.error({ err }, 'a sign-in failed')
  const { code, details } = known ?? { code: 'INTERNAL', details: {} as Record<string, unknown> }
  const more = details.retryAfterSeconds ?? details.reason
  return new Error(more === undefined ? code : `${code}:${more}`)
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

async function authorize(given: unknown, headers: Record<string, string> | undefined): Promise<SignedInUser> {
  const { email, password } = (given ?? {}) as Record<string, unknown>
  try {
    const { secret, staff } = await signIn({
      email: text(email),
      password: text(password),
      ip: addressIn(new Headers(headers)),
      device: text(headers?.['user-agent']),
      kind: 'web',
    })
    return { id: String(staff.id), secret }
  } catch (err) {
    throw refusal(err)
  }
}

/** Made when asked for, since the keys are read then. */
export const authOptions = (): NextAuthOptions => ({
  secret: tokenSecret(),
  session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
  jwt: { maxAge: SESSION_SECONDS, encode: sealToken, decode: openToken },
  pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
  cookies: {
    sessionToken: cookieOf('session'),
    csrfToken: cookieOf('csrf'),
    callbackUrl: cookieOf('callback'),
  },
  providers: [
    Credentials({
      credentials: { email: {}, password: {} },
      authorize: (given, req) => authorize(given, req.headers),
    }),
  ],
  callbacks: {
    jwt: ({ token, user }) => (user ? { sid: (user as SignedInUser).secret } : { sid: token.sid }),
    // The session endpoint tells that somebody is signed in, not who: pages ask the core.
    session: ({ session }) => ({ expires: session.expires }),
  },
  events: {
    signOut: async ({ token }) => {
      if (typeof token?.sid === 'string') await signOut(token.sid, 'web', { ip: null })
    },
  },
  logger: {
    error: (code) => log.warn({ code }, 'next-auth'),
    warn: (code) => log.debug({ code }, 'next-auth'),
    debug: () => undefined,
  },
})
