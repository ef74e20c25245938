// The HTTP server: limits on the socket, /api to the API app, everything else to the pages when there are any.
import http, { type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { AppError, type ErrorCode } from '../core/errors.ts'
import { newRequestId } from '../core/ids.ts'
import { log } from '../log.ts'
import { api } from './app.ts'
import { isWellKnown } from './clientele/app.ts'
import { commonHeaders, type RequestHeaders } from './http.ts'
import { problem } from './problem.ts'

const MAX_URL = 8192
const MAX_HEADERS = 16 * 1024
const HEADERS_MS = 10_000
const REQUEST_MS = 30_000
const KEEP_ALIVE_MS = 5000

function problemOf(code: ErrorCode, instance: string, headers: RequestHeaders) {
  const requestId = newRequestId()
  const answer = problem(new AppError(code), { requestId, instance, headers })
  return {
    ...answer,
    text: answer.text ?? '',
    headers: { ...commonHeaders(), 'Cache-Control': 'no-store', ...answer.headers, 'X-Request-Id': requestId },
  }
}

/** An error that no app gets to see, as JSON like all others. */
function refuse(res: ServerResponse, code: ErrorCode, instance: string, headers: RequestHeaders): void {
  const answer = problemOf(code, instance, headers)
  res.writeHead(answer.status, {
    ...answer.headers,
    'Content-Length': Buffer.byteLength(answer.text),
    Connection: 'close',
  })
  res.end(answer.text)
}

const apiListener = getRequestListener(api.fetch, {
  // Next shares this process and its own Response classes must stay what they are.
  overrideGlobalObjects: false,
  errorHandler: (err) => {
    // What cannot even become a request (an impossible Host or address) is malformed, and no fault of ours.
    if (!(err instanceof Error && err.name === 'RequestError'))
      log.error({ err }, 'a request failed outside the API app')
    const answer = problemOf('QUERY_INVALID', '/api', {})
    return new Response(answer.text, { status: answer.status, headers: answer.headers })
  },
})

/** Browser sign-in belongs to the pages; signing in by API does not. */
const isApi = (path: string): boolean =>
  isWellKnown(path) ||
  ((path.startsWith('/api/') || path === '/api') &&
    (!path.startsWith('/api/auth/') || path === '/api/auth/login' || path === '/api/auth/logout'))

/** What the pages' framework would answer with a bare 500: escapes that mean nothing, an Origin that is no address. */
function faultOf(path: string, { origin }: RequestHeaders): ErrorCode | undefined {
  try {
    decodeURIComponent(path)
  } catch {
    return 'QUERY_INVALID'
  }
  return typeof origin === 'string' && origin !== 'null' && !URL.canParse(origin) ? 'ORIGIN_REFUSED' : undefined
}

function listener(pages: RequestListener | undefined): RequestListener {
  return (req: IncomingMessage, res: ServerResponse) => {
    const url = req.url ?? '/'
    const end = url.indexOf('?')
    const path = end < 0 ? url : url.slice(0, end)
    if (url.length > MAX_URL) return refuse(res, 'URL_TOO_LONG', '/', req.headers)
    // Pages and internal reads learn the address from this header, so what a visitor wrote there must not survive.
    req.headers['x-clientele-address'] = req.socket.remoteAddress
    if (isApi(path)) return void apiListener(req, res)
    const fault = faultOf(path, req.headers)
    if (fault) return refuse(res, fault, '/', req.headers)
    if (pages) return void pages(req, res)
    refuse(res, 'ROUTE_NOT_FOUND', path, req.headers)
  }
}

type ClientError = Error & { code?: string; rawPacket?: Buffer }

function codeOf(err: ClientError): ErrorCode {
  if (err.code !== 'HPE_HEADER_OVERFLOW') return 'QUERY_INVALID'
  const [line = ''] = err.rawPacket?.toString('latin1', 0, MAX_URL * 2).split('\r\n') ?? []
  return line.length > MAX_URL ? 'URL_TOO_LONG' : 'HEADERS_TOO_LARGE'
}

/** Bytes that are no HTTP: said so on the bare socket, which is then closed. */
function onClientError(err: ClientError, socket: import('node:stream').Duplex): void {
  if (err.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const { status, text, headers } = problemOf(codeOf(err), '/', {})
  const lines = Object.entries({ ...headers, 'Content-Length': String(Buffer.byteLength(text)), Connection: 'close' })
  const head = lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')
  socket.end(`HTTP/1.1 ${status} ${http.STATUS_CODES[status] ?? ''}\r\n${head}\r\n\r\n${text}`)
}

/** The server, not yet listening. Without `pages` it serves the API alone. */
export function createServer(pages?: RequestListener): Server {
  const server = http.createServer(
    {
      maxHeaderSize: MAX_HEADERS,
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      noDelay: true,
    },
    listener(pages),
  )
  server.maxHeadersCount = 100
  server.on('clientError', onClientError)
  server.on('upgrade', (_req, socket) => socket.destroy())
  return server
}

/** Accepts nothing more, waits for the requests in flight, at most `graceMs`. */
export async function drain(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  const cut = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearInterval(idle)
  clearTimeout(cut)
}
