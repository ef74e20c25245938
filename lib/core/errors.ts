// Every way to fail: `kind` says how to answer, `code` what happened. Messages here are safe to show (browser-safe).
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'precondition'
  | 'rate_limited'
  | 'unavailable'
  | 'internal'

type Entry = { kind: ErrorKind; message: string; status?: number }
const entry = (kind: ErrorKind, message: string, status?: number): Entry => ({ kind, message, status })

export const ERRORS = {
  VALIDATION_ERROR: entry('invalid', 'Validation failed'),
  JSON_MALFORMED: entry('invalid', 'The body is not valid JSON'),
  QUERY_INVALID: entry('invalid', 'The query is not valid'),
  CURSOR_INVALID: entry('invalid', 'The cursor does not belong to this list'),
  PATCH_INVALID: entry('invalid', 'The patch is not valid'),
  IDEMPOTENCY_KEY_MISSING: entry('invalid', 'This request needs an Idempotency-Key'),
  CARD_NUMBER_REFUSED: entry('invalid', 'Clientele never stores card numbers'),
  PASSWORD_REFUSED: entry('invalid', 'This password is too easy to guess'),
  METHOD_NOT_ALLOWED: entry('invalid', 'This method is not allowed here', 405),
  BODY_TOO_LARGE: entry('invalid', 'The body is larger than 1 MB', 413),
  URL_TOO_LONG: entry('invalid', 'The address is longer than 8 KB', 414),
  MEDIA_TYPE_UNSUPPORTED: entry('invalid', 'This media type is not supported', 415),
  HEADERS_TOO_LARGE: entry('invalid', 'The headers are larger than 16 KB', 431),
  CREDENTIALS_MISSING: entry('unauthenticated', 'Credentials are missing'),
  CREDENTIALS_INVALID: entry('unauthenticated', 'The credentials are not valid'),
  TOKEN_EXPIRED: entry('unauthenticated', 'The token has expired'),
  PERMISSION_MISSING: entry('forbidden', 'A permission is missing'),
  STEP_UP_REQUIRED: entry('forbidden', 'Confirm your password first'),
  ADDRESS_NOT_ALLOWED: entry('forbidden', 'This network address is not allowed'),
  ORIGIN_REFUSED: entry('forbidden', 'The request did not come from this site'),
  LAST_OWNER: entry('conflict', 'The last owner cannot be removed, suspended or downgraded'),
  MEMBERSHIP_EXISTS: entry('conflict', 'This person is already a member here'),
  CUSTOMER_NOT_FOUND: entry('not_found', 'Customer not found'),
  CUSTOMER_ARCHIVED: entry('not_found', 'The customer is archived'),
  CUSTOMER_ERASED: entry('not_found', 'The customer was erased'),
  MERGE_NOT_FOUND: entry('not_found', 'Merge not found'),
  NOTE_NOT_FOUND: entry('not_found', 'Note not found'),
  TAG_NOT_FOUND: entry('not_found', 'Tag not found'),
  PROFILE_NOT_FOUND: entry('not_found', 'Profile not found'),
  INSTRUMENT_NOT_FOUND: entry('not_found', 'Instrument not found'),
  CONTAINER_NOT_FOUND: entry('not_found', 'Container not found'),
  CONNECTOR_NOT_FOUND: entry('not_found', 'Connector not found'),
  TRANSACTION_NOT_FOUND: entry('not_found', 'Transaction not found'),
  TOKEN_NOT_FOUND: entry('not_found', 'Token not found'),
  MERCHANT_NOT_FOUND: entry('not_found', 'Merchant not found'),
  USER_NOT_FOUND: entry('not_found', 'User not found'),
  SESSION_NOT_FOUND: entry('not_found', 'Session not found'),
  API_KEY_NOT_FOUND: entry('not_found', 'API key not found'),
  OAUTH_CLIENT_NOT_FOUND: entry('not_found', 'OAuth client not found'),
  AUDIT_EVENT_NOT_FOUND: entry('not_found', 'Audit event not found'),
  WEBHOOK_NOT_FOUND: entry('not_found', 'Webhook not found'),
  LINK_NOT_FOUND: entry('not_found', 'This link was used, has expired or never existed'),
  ROUTE_NOT_FOUND: entry('not_found', 'There is nothing at this address'),
  CUSTOMER_DUPLICATE: entry('conflict', 'A customer like this exists already'),
  MERGE_BLOCKED: entry('conflict', 'These customers cannot be merged'),
  MERGE_UNDONE: entry('conflict', 'The merge was undone already'),
  MERGE_ERASED: entry('conflict', 'One of the merged customers was erased'),
  MERGE_COVERED: entry('conflict', 'The survivor was itself merged since; undo that merge first'),
  CUSTOMER_IDENTIFICATION_TAKEN: entry('conflict', 'Another profile of the container has this identification'),
  CONTAINER_NAME_TAKEN: entry('conflict', 'Another container has this name'),
  CONNECTOR_NAME_TAKEN: entry('conflict', 'Another connector has this name'),
  CUSTOMER_HAS_PROFILE: entry('conflict', 'The customer has another profile in this container'),
  PROFILE_LINKED: entry('conflict', 'The profile is linked to another customer of this merchant'),
  CONTAINER_IN_USE: entry('conflict', 'The container is in use'),
  CONTAINER_MISSING: entry('conflict', 'No container of profiles is assigned to this connector'),
  CONTAINER_DISABLED: entry('conflict', 'The container is disabled for this merchant'),
  PROFILES_NOT_ENABLED: entry('conflict', 'Customer profiles are not enabled for this merchant'),
  CONNECTOR_DISABLED: entry('conflict', 'The connector is disabled'),
  CONNECTOR_MISMATCH: entry('conflict', 'No connector of this merchant takes this payment'),
  TRANSACTION_ID_TAKEN: entry('conflict', 'Another transaction has this merchantTransactionId'),
  TRANSACTION_NOT_ALLOWED: entry('conflict', 'The referenced transaction does not allow this'),
  INSTRUMENT_ATTACHED: entry('conflict', 'The instrument is attached to a profile already'),
  INSTRUMENT_NOT_ATTACHED: entry('conflict', 'The instrument is not attached to this profile'),
  PATCH_TEST_FAILED: entry('conflict', 'A test of the patch failed'),
  IDEMPOTENCY_KEY_IN_USE: entry('conflict', 'The first request with this Idempotency-Key is still running'),
  IDEMPOTENCY_KEY_REUSED: entry('conflict', 'This Idempotency-Key belongs to another request'),
  STALE_WRITE: entry('precondition', 'Someone else changed this first', 412),
  VERSION_REQUIRED: entry('precondition', 'This merchant demands an If-Match header', 428),
  RATE_LIMITED: entry('rate_limited', 'Too many requests'),
  WRITER_BUSY: entry('unavailable', 'The server is busy, try again shortly'),
  STORAGE_FULL: entry('unavailable', 'The storage is full'),
  INTERNAL: entry('internal', 'Something went wrong on our side'),
} satisfies Record<string, Entry>

export type ErrorCode = keyof typeof ERRORS

const STATUS: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  precondition: 412,
  rate_limited: 429,
  unavailable: 503,
  internal: 500,
}

/** The HTTP status of a code. */
export const statusOf = (code: ErrorCode): number => (ERRORS[code] as Entry).status ?? STATUS[ERRORS[code].kind]

/** One field that is not valid: `path` in dots (`address.country`), a stable code and a sentence part ("must be …"). */
export type FieldProblem = { path: string; code: string; message: string }
export type Details = Record<string, unknown> & { fields?: FieldProblem[] }

/** Edges look at `kind` and `code`, never at the class: Next may load this file twice. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly kind: ErrorKind
  readonly details: Details
  constructor(code: ErrorCode, details: Details = {}, cause?: unknown) {
    super(ERRORS[code].message, { cause })
    this.name = 'AppError'
    this.code = code
    this.kind = ERRORS[code].kind
    this.details = details
  }
}

export function fail(code: ErrorCode, details: Details = {}): never {
  throw new AppError(code, details)
}

/** One wrong field, told like any other. */
export function invalid(path: string, code: string, message: string): never {
  throw new AppError('VALIDATION_ERROR', { fields: [{ path, code, message }] })
}

/** The AppError in any thrown value, by shape; undefined for an unknown failure. */
export function appError(err: unknown): AppError | undefined {
  const like = err as Partial<AppError> | undefined
  return typeof like?.code === 'string' && like.code in ERRORS && typeof like.kind === 'string'
    ? (err as AppError)
    : undefined
}
