// The API app: everything under /api but browser sign-in. Served by server.ts, and by Next's route handler.
import { Hono } from 'hono'
import { AppError } from '../core/errors.ts'
import { methodsAt, mountClientele, mountWellKnown } from './clientele/app.ts'
import { mountGateway } from './gateway/app.ts'
import { type ApiContext, type ApiEnv, headersOf, requestIdOf, send } from './http.ts'
import { mountInternal } from './internal/app.ts'
import { mountIxopay } from './ixopay/app.ts'
import { problem } from './problem.ts'
import { mountStax } from './stax/app.ts'

function failed(c: ApiContext, err: unknown): Response {
  const headers = headersOf(c)
  const requestId = requestIdOf(headers)
  return send(c, problem(err, { requestId, instance: c.req.path, headers }), requestId)
}

/** No route took it: the path exists with other methods, or not at all. */
function unrouted(c: ApiContext): Response {
  const methods = methodsAt(c.req.path)
  if (methods.length === 0) return failed(c, new AppError('ROUTE_NOT_FOUND'))
  const allow = methods.join(', ')
  if (c.req.method !== 'OPTIONS') return failed(c, new AppError('METHOD_NOT_ALLOWED', { allow }))
  return send(c, { status: 204, text: null, headers: { Allow: allow } }, requestIdOf(headersOf(c)))
}

export const api = new Hono<ApiEnv>()
mountClientele(api)
mountWellKnown(api)
mountInternal(api)
mountIxopay(api)
mountGateway(api)
mountStax(api)
api.notFound(unrouted)
api.onError((err, c) => failed(c, err))
