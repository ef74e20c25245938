// Our codes as the payment API's numbers. Clients branch on the number, never on the text.
import { type AppError, appError, ERRORS, type ErrorCode } from '../../core/errors.ts'
import { log } from '../../log.ts'

const INVALID = 1002
const REFUSED = 1006
const CONFIGURATION = 1007
const UNEXPECTED = 1008

export const NUMBERS = {
  VALIDATION_ERROR: INVALID,
  JSON_MALFORMED: 1005,
  QUERY_INVALID: INVALID,
  CURSOR_INVALID: INVALID,
  PATCH_INVALID: INVALID,
  IDEMPOTENCY_KEY_MISSING: INVALID,
  CARD_NUMBER_REFUSED: INVALID,
  PASSWORD_REFUSED: INVALID,
  METHOD_NOT_ALLOWED: INVALID,
  BODY_TOO_LARGE: 1005,
  URL_TOO_LONG: INVALID,
  MEDIA_TYPE_UNSUPPORTED: 1005,
  HEADERS_TOO_LARGE: INVALID,
  CREDENTIALS_MISSING: 1000,
  CREDENTIALS_INVALID: 1000,
  TOKEN_EXPIRED: 1000,
  PERMISSION_MISSING: 3002,
  STEP_UP_REQUIRED: 3002,
  ADDRESS_NOT_ALLOWED: 1000,
  ORIGIN_REFUSED: 1000,
  LAST_OWNER: REFUSED,
  MEMBERSHIP_EXISTS: REFUSED,
  CUSTOMER_NOT_FOUND: INVALID,
  CUSTOMER_ARCHIVED: INVALID,
  CUSTOMER_ERASED: INVALID,
  NOTE_NOT_FOUND: INVALID,
  MERGE_NOT_FOUND: INVALID,
  MERGE_BLOCKED: REFUSED,
  MERGE_UNDONE: REFUSED,
  MERGE_ERASED: REFUSED,
  MERGE_COVERED: REFUSED,
  TAG_NOT_FOUND: INVALID,
  PROFILE_NOT_FOUND: INVALID,
  INSTRUMENT_NOT_FOUND: INVALID,
  CONTAINER_NOT_FOUND: CONFIGURATION,
  CONNECTOR_NOT_FOUND: CONFIGURATION,
  TRANSACTION_NOT_FOUND: 8001,
  TOKEN_NOT_FOUND: INVALID,
  MERCHANT_NOT_FOUND: CONFIGURATION,
  USER_NOT_FOUND: INVALID,
  SESSION_NOT_FOUND: INVALID,
  API_KEY_NOT_FOUND: INVALID,
  OAUTH_CLIENT_NOT_FOUND: INVALID,
  AUDIT_EVENT_NOT_FOUND: INVALID,
  WEBHOOK_NOT_FOUND: INVALID,
  LINK_NOT_FOUND: INVALID,
  ROUTE_NOT_FOUND: INVALID,
  CUSTOMER_DUPLICATE: REFUSED,
  CUSTOMER_IDENTIFICATION_TAKEN: INVALID,
  CONTAINER_NAME_TAKEN: REFUSED,
  CONNECTOR_NAME_TAKEN: REFUSED,
  CUSTOMER_HAS_PROFILE: REFUSED,
  PROFILE_LINKED: REFUSED,
  CONTAINER_IN_USE: REFUSED,
  CONTAINER_MISSING: CONFIGURATION,
  CONTAINER_DISABLED: CONFIGURATION,
  PROFILES_NOT_ENABLED: CONFIGURATION,
  CONNECTOR_DISABLED: CONFIGURATION,
  CONNECTOR_MISMATCH: CONFIGURATION,
  TRANSACTION_ID_TAKEN: 3004,
  TRANSACTION_NOT_ALLOWED: 3002,
  INSTRUMENT_ATTACHED: REFUSED,
  INSTRUMENT_NOT_ATTACHED: REFUSED,
  PATCH_TEST_FAILED: REFUSED,
  IDEMPOTENCY_KEY_IN_USE: REFUSED,
  IDEMPOTENCY_KEY_REUSED: REFUSED,
  STALE_WRITE: REFUSED,
  VERSION_REQUIRED: REFUSED,
  RATE_LIMITED: 1009,
  WRITER_BUSY: 3003,
  STORAGE_FULL: 3003,
  INTERNAL: UNEXPECTED,
} satisfies Record<ErrorCode, number>

/** Business errors are answered with 200; only credentials, paths, limits and faults of ours have a status of their own. */
const STATUSES: Partial<Record<ErrorCode, number>> = {
  CREDENTIALS_MISSING: 401,
  CREDENTIALS_INVALID: 401,
  ADDRESS_NOT_ALLOWED: 401,
  ROUTE_NOT_FOUND: 404,
  RATE_LIMITED: 429,
  INTERNAL: 500,
}

/** `root: 'amount' is required`: the member by its name on this wire, where the core calls it otherwise. */
const NAMES: Record<string, string> = {
  token: 'transactionToken',
  amountMinor: 'amount',
  profile: 'customerProfileData',
  paymentData: 'customer.paymentData',
}

function sentenceOf(err: AppError): string {
  const [fault] = err.details.fields ?? []
  if (fault) {
    const path = fault.path.replace(/^request\./, '')
    const [first = '', ...rest] = path.split('.')
    return `root: '${[NAMES[first] ?? first, ...rest].join('.')}' ${fault.message}`
  }
  if (err.code === 'TRANSACTION_ID_TAKEN') {
    return `The transaction ID '${String(err.details.merchantTransactionId)}' already exists!`
  }
  if (err.kind === 'unauthenticated') return 'Unauthorized'
  return typeof err.details.reason === 'string' ? err.details.reason : ERRORS[err.code].message
}

export type Refusal = { status: number; errorCode: number; errorMessage: string; err: AppError | undefined }

/** What to answer to anything thrown. An unknown failure is logged whole and tells the request id only. */
export function refusalOf(thrown: unknown, requestId: string): Refusal {
  const err = appError(thrown)
  if (!err) {
    log.error({ err: thrown, requestId }, 'a request failed')
    return { status: 500, errorCode: UNEXPECTED, errorMessage: `Unexpected system error (${requestId})`, err }
  }
  return { status: STATUSES[err.code] ?? 200, errorCode: NUMBERS[err.code], errorMessage: sentenceOf(err), err }
}
