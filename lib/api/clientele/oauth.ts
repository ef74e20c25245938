// OAuth 2 at the wire: forms in, the RFCs' own JSON out, failures included. Nothing here is for anybody's cache.
import { z } from '@hono/zod-openapi'
import {
  type Authenticated,
  authenticateClient,
  inspectToken,
  issueToken,
  OauthError,
  type OauthErrorCode,
  revokeToken,
} from '../../access/oauth.ts'
import { PERMISSIONS } from '../../core/permissions.ts'
import { env } from '../../env.ts'
import { type Answer, header, json } from '../http.ts'
import type { OpenCall, OpenRoute } from './route.ts'

const NO_STORE = { 'Cache-Control': 'no-store', Pragma: 'no-cache' }

const statusOf = (code: OauthErrorCode): number => (code === 'invalid_client' ? 401 : 400)

function refusal(err: OauthError): Answer {
  const status = statusOf(err.code)
  // RFC 6749 §5.2: a client that came with Authorization is told the scheme; telling everybody does no harm.
  const challenge = status === 401 ? { 'WWW-Authenticate': 'Basic realm="clientele", charset="UTF-8"' } : undefined
  return json({ error: err.code, error_description: err.message }, status, { ...NO_STORE, ...challenge })
}

const refuse = (code: OauthErrorCode, description: string): never => {
  throw new OauthError(code, description)
}

type Form = ReadonlyMap<string, string>

/** The parameters of a form. A name given twice is refused; one without a value counts as absent (RFC 6749 §3.2). */
function formOf({ body, search }: OpenCall): Form {
  if (typeof body !== 'string') return refuse('invalid_request', 'The body must be application/x-www-form-urlencoded')
  for (const name of new URLSearchParams(search).keys()) {
    if (['client_secret', 'client_id', 'token'].includes(name)) {
      refuse('invalid_request', `${name} must not be sent in the address`)
    }
  }
  const form = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(body)) {
    if (form.has(name)) refuse('invalid_request', 'A parameter is sent more than once')
    form.set(name, value)
  }
  return new Map([...form].filter(([, value]) => value !== ''))
}

const BASIC = /^basic +([A-Za-z0-9+/]+=*) *$/i

/** Both halves are form-encoded before they are put together (RFC 6749 §2.3.1). */
const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '))
  } catch {
    return part
  }
}

function clientOf({ headers }: OpenCall, form: Form): { id: string; secret: string } {
  const authorization = header(headers, 'authorization')
  const [id, secret] = [form.get('client_id'), form.get('client_secret')]
  if (authorization === undefined) {
    if (id === undefined || secret === undefined) return refuse('invalid_client', 'The client did not authenticate')
    return { id, secret }
  }
  if (secret !== undefined) refuse('invalid_request', 'A client authenticates in one way only')
  const encoded = BASIC.exec(authorization)?.[1]
  if (encoded === undefined) return refuse('invalid_client', 'The client did not authenticate')
  const pair = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = pair.indexOf(':')
  if (colon < 0) return refuse('invalid_client', 'The client did not authenticate')
  const own = { id: decoded(pair.slice(0, colon)), secret: decoded(pair.slice(colon + 1)) }
  if (id !== undefined && id !== own.id) refuse('invalid_request', 'client_id is not the client that authenticated')
  return own
}

async function authenticated(call: OpenCall, form: Form): Promise<Authenticated> {
  const { id, secret } = clientOf(call, form)
  const found = await authenticateClient(id, secret, { ip: call.ip, requestId: call.requestId })
  call.caller = `client ${found.client.id}`
  return found
}

/** Failures of OAuth in its own form; all others (too large, too many attempts) as everywhere. */
const answering = (run: (call: OpenCall, form: Form) => Promise<Answer>) => async (call: OpenCall) => {
  try {
    return await run(call, formOf(call))
  } catch (err) {
    if (err instanceof OauthError) return refusal(err)
    throw err
  }
}

async function token(call: OpenCall, form: Form): Promise<Answer> {
  const by = await authenticated(call, form)
  const grant = form.get('grant_type') ?? refuse('invalid_request', 'grant_type is missing')
  if (grant !== 'client_credentials') refuse('unsupported_grant_type', 'Only client_credentials is offered')
  const { accessToken, expiresIn, scopes } = await issueToken(by, form.get('scope'))
  const answer = { access_token: accessToken, token_type: 'Bearer', expires_in: expiresIn, scope: scopes.join(' ') }
  return json(answer, 200, NO_STORE)
}

const tokenIn = (form: Form): string => form.get('token') ?? refuse('invalid_request', 'token is missing')

async function revoke(call: OpenCall, form: Form): Promise<Answer> {
  const by = await authenticated(call, form)
  // token_type_hint is a hint only (RFC 7009 §2.1), and there is one kind of token.
  await revokeToken(by, tokenIn(form))
  return json({}, 200, NO_STORE)
}

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000)

async function introspect(call: OpenCall, form: Form): Promise<Answer> {
  const by = await authenticated(call, form)
  const facts = await inspectToken(by, tokenIn(form))
  if (!facts) return json({ active: false }, 200, NO_STORE)
  const { scopes, clientId, issuedAt, expiresAt } = facts
  const times = { iat: seconds(issuedAt), exp: seconds(expiresAt) }
  const who = { client_id: clientId, sub: clientId, token_type: 'Bearer', iss: env.publicUrl }
  return json({ active: true, scope: scopes.join(' '), ...who, ...times }, 200, NO_STORE)
}

const Credentials = { client_id: z.string().optional(), client_secret: z.string().optional() }
const TokenForm = z
  .object({ grant_type: z.literal('client_credentials'), scope: z.string().optional(), ...Credentials })
  .openapi('OauthTokenRequest')
const TokenRef = z
  .object({ token: z.string(), token_type_hint: z.string().optional(), ...Credentials })
  .openapi('OauthTokenReference')
const TokenAnswer = z
  .object({ access_token: z.string(), token_type: z.literal('Bearer'), expires_in: z.int(), scope: z.string() })
  .openapi('OauthToken')
const Introspection = z
  .object({
    active: z.boolean(),
    scope: z.string().optional(),
    client_id: z.string().optional(),
    sub: z.string().optional(),
    token_type: z.string().optional(),
    iss: z.string().optional(),
    iat: z.int().optional(),
    exp: z.int().optional(),
  })
  .openapi('OauthIntrospection')

const SHARED = { method: 'post', tag: 'OAuth', open: true, errors: ['RATE_LIMITED'] } as const
const HOW =
  'The client authenticates by Basic (id and secret) or by `client_id` and `client_secret` in the form. Refusals are `{error, error_description}`: `invalid_client` 401, others 400.'

export const OAUTH_ROUTES: readonly OpenRoute[] = [
  {
    ...SHARED,
    path: '/oauth/token',
    summary: 'Get an access token',
    description: `Client credentials, RFC 6749. Opaque, valid 15 minutes. ${HOW}`,
    form: TokenForm,
    answer: TokenAnswer,
    run: answering(token),
  },
  {
    ...SHARED,
    path: '/oauth/revoke',
    summary: 'End an access token',
    description: `RFC 7009: 200 also for a token that is not there. ${HOW}`,
    form: TokenRef,
    answer: z.object({}),
    run: answering(revoke),
  },
  {
    ...SHARED,
    path: '/oauth/introspect',
    summary: 'Look at an access token',
    description: `RFC 7662, for the client's own tokens; any other is \`{"active": false}\`. ${HOW}`,
    form: TokenRef,
    answer: Introspection,
    run: answering(introspect),
  },
]

const METHODS = ['client_secret_basic', 'client_secret_post']

/** RFC 8414. There is no authorization endpoint and therefore no response type. */
export const authorizationServer = () => ({
  issuer: env.publicUrl,
  token_endpoint: `${env.publicUrl}/api/oauth/token`,
  token_endpoint_auth_methods_supported: METHODS,
  revocation_endpoint: `${env.publicUrl}/api/oauth/revoke`,
  revocation_endpoint_auth_methods_supported: METHODS,
  introspection_endpoint: `${env.publicUrl}/api/oauth/introspect`,
  introspection_endpoint_auth_methods_supported: METHODS,
  grant_types_supported: ['client_credentials'],
  response_types_supported: [],
  scopes_supported: ['*', ...PERMISSIONS],
  service_documentation: `${env.publicUrl}/docs/api`,
})

/** RFC 9728. */
export const protectedResource = () => ({
  resource: `${env.publicUrl}/api`,
  authorization_servers: [env.publicUrl],
  scopes_supported: ['*', ...PERMISSIONS],
  bearer_methods_supported: ['header'],
})
