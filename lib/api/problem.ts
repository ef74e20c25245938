// One error body for two readers: RFC 9457 problem details, and the vendor's `error` object.
import { findCardData } from '../core/card-guard.ts'
import { type AppError, appError, ERRORS, type ErrorCode, fail, statusOf } from '../core/errors.ts'
import { env } from '../env.ts'
import { log } from '../log.ts'
import type { Answer, RequestHeaders } from './http.ts'
import { header } from './http.ts'

/** `CUSTOMER_NOT_FOUND` → `customer-not-found`, the last part of the page's address. */
export const errorSlug = (code: string): string => code.toLowerCase().replaceAll('_', '-')

/** A fault of one member, with the pointer that a path with dots in a name cannot give. */
export type Fault = { path: string; code: string; message: string; pointer?: string }

const NOUNS: Partial<Record<ErrorCode, readonly [noun: string, key: string]>> = {
  CUSTOMER_NOT_FOUND: ['Customer', 'customerId'],
  CUSTOMER_ARCHIVED: ['Customer', 'customerId'],
  CUSTOMER_ERASED: ['Customer', 'customerId'],
  NOTE_NOT_FOUND: ['Note', 'noteId'],
  MERGE_NOT_FOUND: ['Merge', 'mergeId'],
  PROFILE_NOT_FOUND: ['Profile', 'profileGuid'],
  INSTRUMENT_NOT_FOUND: ['Instrument', 'instrumentId'],
  CONTAINER_NOT_FOUND: ['Container', 'containerId'],
  CONNECTOR_NOT_FOUND: ['Connector', 'connectorId'],
  TRANSACTION_NOT_FOUND: ['Transaction', 'transactionId'],
  MERCHANT_NOT_FOUND: ['Merchant', 'merchantId'],
  USER_NOT_FOUND: ['User', 'userId'],
  WEBHOOK_NOT_FOUND: ['Webhook', 'webhookId'],
  API_KEY_NOT_FOUND: ['API key', 'apiKeyId'],
  OAUTH_CLIENT_NOT_FOUND: ['OAuth client', 'oauthClientId'],
}
const STATES: Partial<Record<ErrorCode, string>> = { CUSTOMER_ARCHIVED: 'is archived', CUSTOMER_ERASED: 'was erased' }

/** One sentence about this occurrence; never a value that was sent, but for the id that was asked for. */
function detailOf(err: AppError): string {
  const fields = err.details.fields
  if (fields?.length) return fields.length === 1 ? '1 field is not valid' : `${fields.length} fields are not valid`
  const [noun, key] = NOUNS[err.code] ?? []
  const id = key === undefined ? undefined : err.details[key]
  if (noun && typeof id === 'string') return `${noun} with ID ${id} ${STATES[err.code] ?? 'not found'}`
  if (err.code === 'PERMISSION_MISSING') return `This needs the permission ${String(err.details.permission)}`
  return sentenceOf(err) ?? ERRORS[err.code].message
}

/** Refusals of input tell in `reason` what is wrong; elsewhere it is a word for programs. */
const sentenceOf = ({ kind, details }: AppError): string | undefined =>
  kind === 'invalid' || kind === 'conflict'
    ? typeof details.reason === 'string'
      ? details.reason
      : undefined
    : undefined

const toPointer = (path: string): string =>
  path === ''
    ? ''
    : `/${path
        .split('.')
        .map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'))
        .join('/')}`

function errorsByField(fields: readonly Fault[]): Record<string, string[]> {
  // Without a prototype, so that a member called like one of its own is only a name.
  const errors: Record<string, string[]> = Object.create(null)
  for (const { path, message } of fields) (errors[path] ??= []).push(message)
  return errors
}

/** `application/json` where Accept names that and not the problem type, because the vendor's clients declare it. */
function problemType(accept: string | undefined): string {
  const plain = accept?.includes('application/json') && !accept.includes('application/problem+json')
  return plain ? 'application/json' : 'application/problem+json'
}

const AUTHENTICATE = 'Bearer realm="clientele"'
const ACCEPT_PATCH = 'application/json, application/merge-patch+json, application/json-patch+json, text/json'

function errorHeaders(err: AppError): Record<string, string> {
  if (err.kind === 'unauthenticated') {
    return { 'WWW-Authenticate': `${AUTHENTICATE}, error="invalid_token"`, 'Cache-Control': 'no-store' }
  }
  if (err.code === 'PERMISSION_MISSING') {
    const scope = String(err.details.permission)
    return { 'WWW-Authenticate': `${AUTHENTICATE}, error="insufficient_scope", scope="${scope}"` }
  }
  if (err.code === 'METHOD_NOT_ALLOWED') return { Allow: String(err.details.allow) }
  if (err.code === 'MEDIA_TYPE_UNSUPPORTED') return { 'Accept-Patch': ACCEPT_PATCH }
  const waits = err.kind === 'unavailable' || err.kind === 'rate_limited' || err.code === 'IDEMPOTENCY_KEY_IN_USE'
  return waits ? { 'Retry-After': String(err.details.retryAfterSeconds ?? 1) } : {}
}

/** An id or address that was asked for is told again, but never a card number in its place. */
const safe = <T>(said: T): T | string => (typeof said === 'string' && findCardData(said) ? '[removed]' : said)

export type Occasion = { requestId: string; instance: string; headers: RequestHeaders; now?: Date }

/** The answer to anything thrown. An unknown failure is logged whole and answered as INTERNAL with the request id. */
export function problem(thrown: unknown, { requestId, instance, headers, now = new Date() }: Occasion): Answer {
  const err = appError(thrown) ?? asInternal(thrown, requestId)
  const status = statusOf(err.code)
  const said = detailOf(err)
  const message = safe(said) === said ? said : ERRORS[err.code].message
  const { fields, retryAfterSeconds: _wait, ...rest } = err.details
  const details = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, safe(value)]))
  const faults = fields?.map(({ path, code, pointer }: Fault) => ({ pointer: pointer ?? toPointer(path), code }))
  const timestamp = now.toISOString()
  const body = {
    type: `${env.publicUrl}/docs/errors/${errorSlug(err.code)}`,
    title: ERRORS[err.code].message,
    status,
    detail: message,
    instance: safe(instance),
    requestId,
    ...(fields && { errors: errorsByField(fields) }),
    error: { code: err.code, message, details: { ...details, timestamp, ...(faults && { fields: faults }) } },
  }
  return {
    status,
    text: JSON.stringify(body),
    headers: { ...errorHeaders(err), 'Content-Type': problemType(header(headers, 'accept')) },
  }
}

function asInternal(thrown: unknown, requestId: string): AppError {
  log.error({ err: thrown, requestId }, 'a request failed')
  try {
    return fail('INTERNAL')
  } catch (err) {
    return err as AppError
  }
}

/** One wrong parameter of the query string, named in `errors` like a field. */
export function badParameter(
  name: string,
  message: string,
  code: 'QUERY_INVALID' | 'CURSOR_INVALID' = 'QUERY_INVALID',
): never {
  return fail(code, { parameter: name, fields: [{ path: name, code: 'PARAMETER_INVALID', message }] })
}
