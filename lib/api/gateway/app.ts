// Where gateways tell of results. Their signature is their only credential; `OK` tells them that it was heard.
import type { Hono } from 'hono'
import { fail } from '../../core/errors.ts'
import { parseId } from '../../core/ids.ts'
import { env } from '../../env.ts'
import { log } from '../../log.ts'
import { hearGateway } from '../../transactions/gateway-callback.ts'
import { jsonType, parseJson, readBody } from '../body.ts'
import { type Answer, type ApiContext, type ApiEnv, header, headersOf, requestIdOf, send } from '../http.ts'
import { problem } from '../problem.ts'

async function hear(c: ApiContext): Promise<Answer> {
  const headers = headersOf(c)
  const bytes = await readBody(c, headers)
  const signature = header(headers, 'x-signature') ?? fail('CREDENTIALS_MISSING')
  const connectorId = parseId(c.req.param('connectorId') ?? '') ?? fail('CREDENTIALS_INVALID')
  jsonType(headers)
  const signed = {
    method: 'POST',
    body: bytes,
    contentType: header(headers, 'content-type') ?? '',
    date: header(headers, 'x-date') ?? header(headers, 'date') ?? '',
    // The gateway signs the address that it was given, whatever a proxy has made of it.
    requestUri: new URL(`${env.publicUrl}/api/gateway/ixopay/${connectorId}`).pathname,
  }
  await hearGateway({ connectorId, signature, signed, body: parseJson(bytes) })
  return { status: 200, text: 'OK', headers: { 'Content-Type': 'text/plain; charset=utf-8' } }
}

export function mountGateway(app: Hono<ApiEnv>): void {
  app.post('/api/gateway/ixopay/:connectorId', async (c: ApiContext) => {
    const headers = headersOf(c)
    const requestId = requestIdOf(headers)
    const answer = await hear(c).catch((err: unknown) => problem(err, { requestId, instance: c.req.path, headers }))
    log.info({ requestId, method: 'POST', route: c.req.routePath, status: answer.status }, 'request')
    return send(c, answer, requestId)
  })
}
