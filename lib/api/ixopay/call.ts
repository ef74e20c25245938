// From a request of the payment API to its caller and body: Basic credentials, signature, JSON; and every failure's answer.
import { type ConnectorCaller, connectorCaller } from '../../connectors/credentials.ts'
import { fail } from '../../core/errors.ts'
import { env } from '../../env.ts'
import { type BodyHash, type Signed, verifiedBy } from '../../gateway/signature.ts'
import { log } from '../../log.ts'
import { jsonType, parseJson, readBody } from '../body.ts'
import {
  type Answer,
  type ApiContext,
  header,
  headersOf,
  ipOf,
  json,
  type RequestHeaders,
  requestIdOf,
  send,
} from '../http.ts'
import { refusalOf } from './errors.ts'

export type Call = ConnectorCaller & {
  c: ApiContext
  /** The parsed JSON of a POST. */
  body: unknown
  /** The hash that the signature used; the current one for an unsigned request. */
  bodyHash: BodyHash
}

const MAX_URL = 8192

/** User and password of Basic; the password may hold colons. */
function basicOf(headers: RequestHeaders): { username: string; password: string } {
  const encoded = /^basic\s+([A-Za-z0-9+/=_-]+)\s*$/i.exec(header(headers, 'authorization') ?? '')?.[1]
  if (!encoded) return fail('CREDENTIALS_MISSING')
  const [username = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return { username, password: rest.join(':') }
}

/** Path and query as they stood on the request line. */
function requestUriOf(c: ApiContext): string {
  const { url } = c.req
  return c.env?.incoming?.url ?? url.slice(url.indexOf('/', url.indexOf('//') + 2))
}

class SignatureError extends Error {}

/** Checks the signature that was sent, or that none is needed. A proxy may have cut a prefix off the signed address. */
function checkSignature(c: ApiContext, headers: RequestHeaders, body: Buffer, caller: ConnectorCaller): BodyHash {
  const signature = header(headers, 'x-signature')
  if (signature === undefined) {
    if (caller.connector.requireSignature) throw new SignatureError()
    return 'sha512'
  }
  const uri = requestUriOf(c)
  const prefix = new URL(env.publicUrl).pathname.replace(/\/$/, '')
  const signed: Omit<Signed, 'bodyHash'> = {
    secret: caller.sharedSecret,
    method: c.req.method,
    body: c.req.method === 'GET' ? '' : body,
    contentType: header(headers, 'content-type') ?? '',
    date: header(headers, 'x-date') ?? header(headers, 'date') ?? '',
    requestUri: uri,
  }
  const hash =
    verifiedBy(signature, signed) ??
    (prefix ? verifiedBy(signature, { ...signed, requestUri: prefix + uri }) : undefined)
  if (!hash) throw new SignatureError()
  return hash
}

async function callOf(c: ApiContext, headers: RequestHeaders, requestId: string): Promise<Call> {
  if (c.req.url.length > MAX_URL) fail('URL_TOO_LONG')
  const isRead = c.req.method === 'GET'
  const bytes = isRead ? Buffer.alloc(0) : await readBody(c, headers)
  const apiKey = c.req.param('apiKey') ?? ''
  const caller = await connectorCaller({ apiKey, ...basicOf(headers), ip: ipOf(c), requestId })
  const bodyHash = checkSignature(c, headers, bytes, caller)
  if (isRead) return { ...caller, c, body: undefined, bodyHash }
  jsonType(headers)
  const body = parseJson(bytes)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    fail('JSON_MALFORMED', { reason: 'The body is not a JSON object' })
  }
  return { ...caller, c, body, bodyHash }
}

const SIGNATURE_REFUSED = { success: false, errorMessage: 'The signature is missing or wrong', errorCode: 1004 }

/** The envelope of everything that never became a transaction. */
function refused(thrown: unknown, requestId: string): Answer {
  if (thrown instanceof SignatureError) return json(SIGNATURE_REFUSED, 401)
  const { status, errorCode, errorMessage, err } = refusalOf(thrown, requestId)
  const wait = err?.code === 'RATE_LIMITED' ? Number(err.details.retryAfterSeconds ?? 60) : undefined
  const limit = Number(err?.details.limit ?? 0)
  const headers =
    wait === undefined
      ? undefined
      : { 'Retry-After': String(wait), 'X-RateLimit-Limit': String(limit), 'X-RateLimit-Remaining': '0' }
  const isMove = err?.code === 'TRANSACTION_NOT_ALLOWED'
  const errors = isMove ? { returnType: 'ERROR', errors: [{ errorMessage, errorCode }] } : {}
  return json({ success: false, errorMessage, errorCode, ...errors }, status, headers)
}

/** The Hono handler of a call. It never throws. */
export function serve(run: (call: Call) => Promise<Answer>): (c: ApiContext) => Promise<Response> {
  return async (c) => {
    const startedAt = performance.now()
    const headers = headersOf(c)
    const requestId = requestIdOf(headers)
    let answer: Answer
    try {
      answer = await run(await callOf(c, headers, requestId))
    } catch (err) {
      answer = refused(err, requestId)
    }
    const durationMs = Math.round(performance.now() - startedAt)
    log.info({ requestId, method: c.req.method, route: c.req.routePath, status: answer.status, durationMs }, 'request')
    return send(c, answer, requestId)
  }
}

/** Nothing is served at the address, or not by this method. */
export function unknownPath(c: ApiContext): Response {
  const answer = json({ success: false, errorMessage: 'There is nothing at this address', errorCode: 1002 }, 404)
  return send(c, answer, requestIdOf(headersOf(c)))
}
