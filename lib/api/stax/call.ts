// From a request of the Stax API to its caller and members, and from every failure to an answer.
import { type CredentialCtx, ctxOfCredential } from '../../access/credentials.ts'
import type { Ctx } from '../../core/ctx.ts'
import { fail, invalid } from '../../core/errors.ts'
import { once, parseIdempotencyKey } from '../../core/idempotency.ts'
import { log } from '../../log.ts'
import { jsonType, parseJson, readBody } from '../body.ts'
import { guardAddress, guardBody } from '../guard.ts'
import {
  type Answer,
  type ApiContext,
  header,
  headersOf,
  ipOf,
  type RequestHeaders,
  requestIdOf,
  send,
} from '../http.ts'
import { refusal } from './errors.ts'
import type { Route } from './route.ts'

const MAX_URL = 8192
const SERVICE_DESC = '</api/openapi/stax.json>; rel="service-desc"'
const BEARER = /^bearer\s+(\S+)\s*$/i

type Request = { c: ApiContext; headers: RequestHeaders; requestId: string; search: string }

function requestOf(c: ApiContext): Request {
  const headers = headersOf(c)
  const query = c.req.url.indexOf('?')
  return { c, headers, requestId: requestIdOf(headers), search: query < 0 ? '' : c.req.url.slice(query) }
}

function callerOf({ c, headers, requestId }: Request): Promise<CredentialCtx> {
  const bearer = BEARER.exec(header(headers, 'authorization') ?? '')?.[1]
  return ctxOfCredential({ bearer, ip: ipOf(c), requestId })
}

type Members = Record<string, unknown>

/** The members of the body; what may be kept of it is guarded like any other text. */
async function bodyOf(request: Request, route: Route): Promise<{ body: Members; kept: Members }> {
  const bytes = await readBody(request.c, request.headers)
  if (route.method === 'get' || bytes.length === 0) return { body: {}, kept: {} }
  jsonType(request.headers)
  const body = parseJson(bytes)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return fail('JSON_MALFORMED', { reason: 'The body is not a JSON object' })
  }
  const kept = route.withoutCard ? route.withoutCard(body as Members) : (body as Members)
  guardBody(kept)
  return { body: body as Members, kept }
}

/** A write happens at most once per Idempotency-Key, when there is one. */
async function runWrite(request: Request, route: Route, caller: CredentialCtx): Promise<Answer> {
  const { c, headers, requestId, search } = request
  const { body, kept } = await bodyOf(request, route)
  const compat = caller.compatStatus200
  const run = (ctx: Ctx) => route.run({ c, ctx, body, query: new URLSearchParams(search), compat })
  const given = header(headers, 'idempotency-key')
  if (given === undefined) return run(caller)
  const key =
    parseIdempotencyKey(given) ??
    invalid('Idempotency-Key', 'FORMAT_INVALID', 'must be 1 to 255 printable ASCII characters')
  const asked = { key, method: route.method, path: c.req.path, query: search, body: Buffer.from(JSON.stringify(kept)) }
  const { answer, replayed } = await once(caller, asked, run, (err) => refusal(err, requestId, compat))
  return replayed ? { ...answer, headers: { ...answer.headers, 'Idempotent-Replayed': 'true' } } : answer
}

async function answerOf(request: Request, route: Route, caller: CredentialCtx): Promise<Answer> {
  const { c, search } = request
  if (c.req.url.length > MAX_URL) fail('URL_TOO_LONG')
  guardAddress(request)
  const { permission } = route
  if (!caller.permissions.has(permission)) fail('PERMISSION_MISSING', { permission })
  if (route.method !== 'get') return runWrite(request, route, caller)
  const query = new URLSearchParams(search)
  return route.run({ c, ctx: caller, body: {}, query, compat: caller.compatStatus200 })
}

/** The Hono handler of a route. It never throws. */
export function serve(route: Route): (c: ApiContext) => Promise<Response> {
  return async (c) => {
    const startedAt = performance.now()
    const request = requestOf(c)
    const { requestId } = request
    let compat = false
    let answer: Answer
    try {
      const caller = await callerOf(request)
      compat = caller.compatStatus200
      answer = await answerOf(request, route, caller)
    } catch (err) {
      answer = refusal(err, requestId, compat)
    }
    const { method, path } = route
    const durationMs = Math.round(performance.now() - startedAt)
    log.info({ requestId, method, route: `/stax${path}`, status: answer.status, durationMs }, 'request')
    return send(c, { ...answer, headers: { Link: SERVICE_DESC, ...answer.headers } }, requestId)
  }
}

/** Nothing is served at the address; who has no key learns not even that. */
export async function unknownPath(c: ApiContext): Promise<Response> {
  const request = requestOf(c)
  const answer = await callerOf(request)
    .then(() => fail('ROUTE_NOT_FOUND'))
    .catch((err: unknown) => refusal(err, request.requestId, false))
  return send(c, answer, request.requestId)
}
