// From a request to an answer: limits, credentials, body, card guard, stored answers, the route, and every failure.

import { ctxOfCredential } from '../../access/credentials.ts'
import type { Ctx } from '../../core/ctx.ts'
import { fail } from '../../core/errors.ts'
import { once, onceAcross, parseIdempotencyKey } from '../../core/idempotency.ts'
import { log } from '../../log.ts'
import { isForm, jsonType, parseJson, readBody } from '../body.ts'
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
import { problem } from '../problem.ts'
import type { Call, GuardedRoute, OpenCall, Route } from './route.ts'

const MAX_URL = 8192

/** Everything but the one member that may hold a test number: its other members and all names are guarded as ever. */
function withoutNumber(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body
  const { cardNumber: _number, ...rest } = body as Record<string, unknown>
  return rest
}

const BASIC = /^basic\s+([A-Za-z0-9+/=_-]+)\s*$/i
const BEARER = /^bearer\s+(\S+)\s*$/i

/** The key of `Basic`, sent as the user name. */
function basicUser(authorization: string | undefined): string | undefined {
  const encoded = authorization && BASIC.exec(authorization)?.[1]
  return encoded ? Buffer.from(encoded, 'base64').toString('utf8').split(':')[0] : undefined
}

export const credentialsOf = (headers: RequestHeaders) => {
  const authorization = header(headers, 'authorization')
  return {
    apiKey: header(headers, 'x-api-key'),
    bearer: authorization ? BEARER.exec(authorization)?.[1] : undefined,
    basicUser: basicUser(authorization),
    merchantHeader: header(headers, 'clientele-merchant'),
  }
}

function ctxOf(call: OpenCall): Promise<Ctx> {
  return ctxOfCredential({ ...credentialsOf(call.headers), ip: call.ip, requestId: call.requestId })
}

type Read = { bytes: Buffer; failure: unknown }

/** Reads, parses and guards the body. That it cannot be parsed is an answer that may be kept, so it is thrown later. */
async function takeBody(call: OpenCall, route: Route): Promise<Read> {
  const bytes = await readBody(call.c, call.headers)
  const isAbsent = bytes.length === 0 && call.headers['content-type'] === undefined
  if (route.form) call.body = isForm(call.headers) ? bytes.toString('utf8') : undefined
  if (!route.body || (isAbsent && route.bodyRequired === false)) return { bytes, failure: undefined }
  try {
    if (isAbsent) fail('JSON_MALFORMED', { reason: 'The body is empty' })
    call.bodyType = jsonType(call.headers)
    call.body = parseJson(bytes)
  } catch (failure) {
    return { bytes, failure }
  }
  guardBody(route.takesTestNumber ? withoutNumber(call.body) : call.body)
  return { bytes, failure: undefined }
}

/** A write: at most once per Idempotency-Key, when there is one. */
async function runWrite(call: Call, route: GuardedRoute): Promise<Answer> {
  const { bytes, failure } = await takeBody(call, route)
  const run = async (ctx: Ctx, again = false): Promise<Answer> => {
    if (failure) throw failure
    return route.run({ ...call, ctx, again })
  }
  const given = header(call.headers, 'idempotency-key')
  if (given === undefined || route.safe) return run(call.ctx)
  const key = parseIdempotencyKey(given)
  if (key === undefined) {
    const message = 'must be 1 to 255 printable ASCII characters'
    fail('VALIDATION_ERROR', { fields: [{ path: 'Idempotency-Key', code: 'FORMAT_INVALID', message }] })
  }
  const request = { key, method: route.method, path: call.path, query: call.search, body: bytes }
  const refusal = (err: unknown) => withRequestId(problem(err, occasionOf(call)), call)
  const { answer, replayed } = route.callsOut
    ? await onceAcross(call.ctx, request, async (again) => withRequestId(await run(call.ctx, again), call), refusal)
    : await once(call.ctx, request, async (ctx) => withRequestId(await run(ctx), call), refusal)
  if (!replayed) return answer
  const replay = { ...answer, headers: { ...answer.headers, 'Idempotent-Replayed': 'true' } }
  return call.headers['x-request-id'] === call.requestId ? withRequestId(replay, call) : replay
}

/** A kept answer keeps its request's id, which its body may name; a repeated request's own id goes before it. */
const withRequestId = (answer: Answer, { requestId }: OpenCall): Answer => ({
  ...answer,
  headers: { ...answer.headers, 'X-Request-Id': requestId },
})

const occasionOf = ({ requestId, path, headers }: OpenCall) => ({ requestId, instance: path, headers })

function openCall(c: ApiContext, mount: string): OpenCall {
  const headers = headersOf(c)
  const { url } = c.req
  const query = url.indexOf('?')
  return {
    c,
    mount,
    path: c.req.path,
    search: query < 0 ? '' : url.slice(query),
    headers,
    requestId: requestIdOf(headers),
    ip: ipOf(c),
    body: undefined,
    bodyType: '',
    caller: '',
  }
}

async function answerOf(call: OpenCall, route: Route): Promise<Answer> {
  if (call.c.req.url.length > MAX_URL) fail('URL_TOO_LONG')
  guardAddress(call)
  if (route.open) {
    const { failure } = route.method === 'get' ? {} : await takeBody(call, route)
    if (failure) throw failure
    return route.run(call)
  }
  const ctx = await ctxOf(call)
  call.caller = `${ctx.actor.type} ${ctx.actor.id}`
  // Told before anything about the object: who may not ask learns nothing of what there is. The verb checks it again.
  if (route.permission && !ctx.permissions.has(route.permission))
    fail('PERMISSION_MISSING', { permission: route.permission })
  if (route.method === 'get') return route.run({ ...call, ctx })
  return runWrite({ ...call, ctx }, route)
}

/** One line for each request: no address, which may hold a name, and no body. Reads are told only when asked for. */
function note({ requestId, caller }: OpenCall, { method, path }: Route, status: number, startedAt: number): void {
  const level = method === 'get' && status < 500 ? 'debug' : 'info'
  if (!log.isLevelEnabled(level)) return
  const durationMs = Math.round(performance.now() - startedAt)
  log[level]({ requestId, caller, method, route: path, status, durationMs }, 'request')
}

/** The Hono handler of a route at a mount. It never throws. */
export function serve(route: Route, mount: string): (c: ApiContext) => Promise<Response> {
  return async (c) => {
    const startedAt = performance.now()
    const call = openCall(c, mount)
    let answer: Answer
    try {
      answer = await answerOf(call, route)
    } catch (err) {
      answer = problem(err, occasionOf(call))
    }
    note(call, route, answer.status, startedAt)
    return send(c, answer, call.requestId)
  }
}
