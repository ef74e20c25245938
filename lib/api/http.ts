// What every answer under /api has in common, and the one place that sends it. Beside a Node response the bytes go out
// directly, which costs a third of a web Response; without one (Next's route handler, tests) a Response is made.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context } from 'hono'
import { findCardData } from '../core/card-guard.ts'
import { newRequestId } from '../core/ids.ts'
import { env } from '../env.ts'

export type ApiEnv = { Bindings: { incoming?: IncomingMessage; outgoing?: ServerResponse } }
export type ApiContext = Context<ApiEnv>
/** Header names are lower case. */
export type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>

/** What a route answers: JSON text (or other text with its own `Content-Type`), null where the status has no body. */
export type Answer = {
  status: number
  text: string | null
  headers?: Record<string, string>
  /** The customer whose data the answer holds, so that erasing it can find a stored copy. */
  customerId?: number
}

export const SERVICE_DESC = '</api/openapi/clientele.json>; rel="service-desc"'
export const JSON_TYPE = 'application/json; charset=utf-8'

const COMMON: Readonly<Record<string, string>> = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  ...(env.publicUrl.startsWith('https:') ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
}
const DEFAULTS: Readonly<Record<string, string>> = {
  ...COMMON,
  'Cache-Control': 'private, no-cache',
  Link: SERVICE_DESC,
  Vary: 'Authorization, X-API-Key, Accept',
}

/** The headers that every answer of the product carries, also one that never reached the API. */
export const commonHeaders = (): Record<string, string> => ({ ...COMMON })

const boundHeaders = (c: ApiContext): IncomingMessage | undefined => c.env?.incoming

export const headersOf = (c: ApiContext): RequestHeaders =>
  boundHeaders(c)?.headers ?? Object.fromEntries(c.req.raw.headers)

/** The one value of a header; several lines of it count as one list. */
export const header = (headers: RequestHeaders, name: string): string | undefined => {
  const value = headers[name]
  return typeof value === 'string' || value === undefined ? value : value.join(', ')
}

const REQUEST_ID = /^[A-Za-z0-9_-]{8,64}$/

/** The caller's own X-Request-Id when it has the right form, else a new one. */
export const requestIdOf = (headers: RequestHeaders): string => {
  const given = headers['x-request-id']
  // It is answered and logged, so one that holds a card number is not taken.
  return typeof given === 'string' && REQUEST_ID.test(given) && !findCardData(given) ? given : newRequestId()
}

/** Where the request came from: the socket's own address, since no proxy is configured to be believed. */
export const ipOf = (c: ApiContext): string | null => {
  const address = boundHeaders(c)?.socket?.remoteAddress
  if (address === undefined) return null
  return address.startsWith('::ffff:') ? address.slice(7) : address
}

/** Sends an answer with the headers that all of them carry; its own headers win. */
export function send(c: ApiContext, answer: Answer, requestId: string): Response {
  const { status, text } = answer
  const headers: Record<string, string | number> = { ...DEFAULTS, 'X-Request-Id': requestId }
  if (text !== null) headers['Content-Type'] = JSON_TYPE
  if (answer.headers) for (const name in answer.headers) headers[name] = answer.headers[name] as string
  if (status === 413) headers.Connection = 'close'
  const outgoing = c.env?.outgoing
  if (!outgoing) return new Response(text, { status, headers: headers as Record<string, string> })
  if (text === null) {
    outgoing.writeHead(status, headers).end()
  } else {
    const bytes = Buffer.byteLength(text)
    headers['Content-Length'] = bytes
    // Of plain ASCII both encodings are the same bytes, and this one needs no conversion.
    outgoing.writeHead(status, headers).end(text, bytes === text.length ? 'latin1' : 'utf8')
  }
  return RESPONSE_ALREADY_SENT
}

/** An answer with a JSON value. */
export const json = (value: unknown, status = 200, headers?: Record<string, string>): Answer => ({
  status,
  text: JSON.stringify(value),
  headers,
})
