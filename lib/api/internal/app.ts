// The dashboard's reads: GET only, by the session's cookie, from our own pages only. Everything else is a page or an
// action; public clients use the APIs.
import type { Hono } from 'hono'
import type { Ctx } from '../../core/ctx.ts'
import { fail } from '../../core/errors.ts'
import { sessionCtx } from '../../web/cookie.ts'
import { type ApiContext, type ApiEnv, headersOf, ipOf, json, requestIdOf, send } from '../http.ts'
import { badParameter, problem } from '../problem.ts'
import { READS } from './reads.ts'

/** The browser says where a request comes from, and a page cannot forge it. A missing header is no browser of today. */
function refuseForeign(c: ApiContext): void {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin') fail('ORIGIN_REFUSED')
}

function inputOf(c: ApiContext): unknown {
  const given = c.req.query('input') ?? '{}'
  try {
    return JSON.parse(given)
  } catch {
    return badParameter('input', 'must be JSON')
  }
}

async function answer(c: ApiContext, requestId: string) {
  refuseForeign(c)
  const name = c.req.param('name') ?? ''
  const read = Object.hasOwn(READS, name) ? READS[name as keyof typeof READS] : undefined
  if (!read) fail('ROUTE_NOT_FOUND')
  const ctx: Ctx | undefined = await sessionCtx(c.req.raw.headers, c.req.query('m'), { ip: ipOf(c), requestId })
  if (!ctx) fail('CREDENTIALS_MISSING')
  // Views of people: never in a cache that Back could show after the sign-out.
  return json(await read(ctx, inputOf(c)), 200, { 'Cache-Control': 'no-store', Vary: 'Cookie' })
}

export function mountInternal(app: Hono<ApiEnv>): void {
  app.get('/api/internal/:name', async (c) => {
    const headers = headersOf(c)
    const requestId = requestIdOf(headers)
    try {
      return send(c, await answer(c, requestId), requestId)
    } catch (err) {
      return send(c, problem(err, { requestId, instance: c.req.path, headers }), requestId)
    }
  })
}
