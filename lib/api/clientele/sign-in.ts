// Signing in by API, who is calling, and the vendor's way to a key.
import { z } from '@hono/zod-openapi'
import { replaceStaffKey } from '../../access/keys.ts'
import { signOut } from '../../access/sessions.ts'
import { signIn } from '../../access/sign-in.ts'
import { fail } from '../../core/errors.ts'
import { parseId } from '../../core/ids.ts'
import { ownMerchant } from '../../merchants/own.ts'
import { type Answer, header, json } from '../http.ts'
import { parseBody } from './customer-write.ts'
import { SECRET } from './keys.ts'
import { refuseParameters } from './query.ts'
import { type Call, type GuardedRoute, type OpenCall, type OpenRoute, param } from './route.ts'
import { credentialsOf } from './serve.ts'
import { Id, Instant } from './wire.ts'

const Login = z
  .strictObject({ email: z.string().max(400), password: z.string().max(1000), otp: z.string().max(50).optional() })
  .openapi('Login')
const Token = z.object({ accessToken: z.string(), expireDate: Instant }).openapi('AccessToken')

async function login(call: OpenCall): Promise<Answer> {
  const { email, password } = parseBody(Login, call.body)
  const device = header(call.headers, 'user-agent') ?? ''
  const { requestId, ip } = call
  const { secret, expiresAt } = await signIn({ email, password, device, kind: 'api', requestId, ip })
  return json({ accessToken: secret, expireDate: expiresAt.toISOString() }, 200, SECRET)
}

/** Ends the staff token; a key has no sign-in to end. */
async function logout(call: Call): Promise<Answer> {
  const { bearer } = credentialsOf(call.headers)
  if (bearer && call.ctx.actor.type === 'staff') {
    await signOut(bearer, 'api', { ip: call.ip, requestId: call.requestId })
  }
  return { status: 204, text: null }
}

const Me = z
  .object({
    actor: z.object({ type: z.string(), id: Id.nullable(), name: z.string(), role: z.string().nullable() }),
    merchant: z.object({ id: Id, name: z.string(), currency: z.string() }),
    permissions: z.array(z.string()),
    limits: z.object({ bodyBytes: z.int(), urlCharacters: z.int(), pageRows: z.int() }),
  })
  .openapi('Me')

async function me({ ctx }: Call): Promise<Answer> {
  const { id, name, currency } = await ownMerchant(ctx, {})
  const { role, ...actor } = ctx.actor
  const limits = { bodyBytes: 1_048_576, urlCharacters: 8192, pageRows: 100 }
  const permissions = [...ctx.permissions].sort()
  return json(
    Me.parse({ actor: { ...actor, role: role ?? null }, merchant: { id, name, currency }, permissions, limits }),
  )
}

async function staffKey(call: Call): Promise<Answer> {
  refuseParameters(call)
  const asked = param(call, 'userId')
  const userId = parseId(asked) || fail('USER_NOT_FOUND', { userId: asked })
  const { key } = await replaceStaffKey(call.ctx, { userId })
  return json(key, 200, SECRET)
}

const SIGN_IN = 'Sign-in'
const BODY_ERRORS = ['VALIDATION_ERROR', 'JSON_MALFORMED', 'MEDIA_TYPE_UNSUPPORTED'] as const

export const SIGN_IN_ROUTES: readonly (OpenRoute | GuardedRoute)[] = [
  {
    method: 'post',
    path: '/auth/login',
    summary: 'Get a staff token',
    description: 'Opaque, valid one hour.',
    tag: SIGN_IN,
    open: true,
    body: Login,
    bodyExamples: {
      login: { summary: 'Sign in', value: { email: 'owner@demo.example', password: 'long-and-random' } },
    },
    answer: Token,
    errors: [...BODY_ERRORS, 'CREDENTIALS_INVALID', 'RATE_LIMITED'],
    run: login,
  },
  {
    method: 'post',
    path: '/auth/logout',
    summary: 'End the staff token',
    tag: SIGN_IN,
    permission: null,
    safe: true,
    answer: null,
    errors: [],
    run: logout,
  },
  {
    method: 'get',
    path: '/me',
    summary: 'Who is calling',
    tag: SIGN_IN,
    permission: null,
    answer: Me,
    errors: [],
    run: me,
  },
  {
    method: 'put',
    path: '/users/{userId}/apikey',
    summary: 'Replace the own API key',
    description: "The vendor's call: with a staff token, for oneself. The body is one bare JSON string, the key.",
    tag: SIGN_IN,
    permission: replaceStaffKey.permission,
    answer: z.string(),
    errors: ['USER_NOT_FOUND', 'STEP_UP_REQUIRED'],
    run: staffKey,
  },
]
