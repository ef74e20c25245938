// Refusals in the vendor's spelling: a bag of field name → messages, a bare list of sentences, or `{id}` for a customer
// that is not there.
import { type AppError, appError, ERRORS, type ErrorCode, type FieldProblem, statusOf } from '../../core/errors.ts'
import { log } from '../../log.ts'
import { type Answer, json } from '../http.ts'

export const NO_CUSTOMER = { id: 'customer not found' }
export const WRONG_ID = { id: ['The selected id is invalid.'] }

const FOUR = ['firstname', 'lastname', 'email', 'company'] as const

/** Nothing names the customer: each of the four fields that could is told. */
const NAMELESS = Object.fromEntries(
  FOUR.map((field) => {
    const others = FOUR.filter((other) => other !== field).join(' / ')
    return [field, [`The ${field} field is required when none of ${others} are present.`]]
  }),
)

const NAMES: Record<string, string> = {
  firstName: 'firstname',
  lastName: 'lastname',
  description: 'notes',
  ccEmails: 'cc_emails',
  ccPhones: 'cc_sms',
  allowInvoiceCardPayments: 'allow_invoice_credit_card_payments',
  customFields: 'options.custom_fields',
  customerId: 'customer_id',
  holderName: 'person_name',
  expMonth: 'card_exp',
  expYear: 'card_exp',
  cardNumber: 'card_number',
  perPage: 'per_page',
  url: 'target_url',
}
const ADDRESS: Record<string, string> = {
  street: 'address_1',
  street2: 'address_2',
  city: 'address_city',
  state: 'address_state',
  zipCode: 'address_zip',
  country: 'address_country',
}

/** A member of the core by its name on this wire. */
function wireName(path: string): string {
  const [first = '', ...rest] = path.replace(/^fields\./, '').split('.')
  if (first === 'billingAddress') return ADDRESS[rest[0] ?? ''] ?? 'address_1'
  return [NAMES[first] ?? first, ...rest].join('.')
}

export const isNameless = (fields: readonly FieldProblem[]): boolean =>
  fields.some(({ path, code }) => path.replace(/^fields\./, '') === 'name' && code === 'REQUIRED')

function bagOf(fields: readonly FieldProblem[]): Record<string, string[]> {
  if (isNameless(fields)) return NAMELESS
  // Without a prototype, so that a member called like one of its own is only a name.
  const bag: Record<string, string[]> = Object.create(null)
  for (const { path, message } of fields) {
    const name = wireName(path)
    ;(bag[name] ??= []).push(name === '' ? `The body ${message}.` : `The ${name} field ${message}.`)
  }
  return bag
}

const MISSING_CUSTOMER: readonly ErrorCode[] = ['CUSTOMER_NOT_FOUND', 'CUSTOMER_ARCHIVED', 'CUSTOMER_ERASED']

function bodyOf(err: AppError): unknown {
  if (err.kind === 'unauthenticated') return ['API key invalid or missing']
  if (MISSING_CUSTOMER.includes(err.code)) return NO_CUSTOMER
  if (err.code === 'INSTRUMENT_NOT_FOUND') return WRONG_ID
  if (err.code === 'WEBHOOK_NOT_FOUND') return { id: ['Webhook could not be found'] }
  if (err.kind === 'invalid' && err.details.fields?.length) return bagOf(err.details.fields)
  if (err.code === 'PERMISSION_MISSING') return [`This needs the permission ${String(err.details.permission)}`]
  const { reason } = err.details
  return [err.kind === 'invalid' && typeof reason === 'string' ? reason : ERRORS[err.code].message]
}

/** The status: what is wrong with the input is 400, or the vendor's own 422 for the keys of its existing clients. */
function statusFor(err: AppError, compat: boolean): number {
  if (err.code === 'INSTRUMENT_NOT_FOUND' || err.code === 'WEBHOOK_NOT_FOUND') return 422
  const status = statusOf(err.code)
  return status === 400 && compat ? 422 : status
}

function headersFor(err: AppError): Record<string, string> {
  if (err.kind === 'unauthenticated') return { 'WWW-Authenticate': 'Bearer realm="clientele"' }
  const waits = err.kind === 'unavailable' || err.kind === 'rate_limited' || err.code === 'IDEMPOTENCY_KEY_IN_USE'
  return waits ? { 'Retry-After': String(err.details.retryAfterSeconds ?? 1) } : {}
}

/** The answer to anything thrown. An unknown failure is logged whole and tells nothing. */
export function refusal(thrown: unknown, requestId: string, compat: boolean): Answer {
  const err = appError(thrown)
  if (err && err.code !== 'INTERNAL') return json(bodyOf(err), statusFor(err, compat), headersFor(err))
  log.error({ err: thrown, requestId }, 'a request failed')
  return json(['An unexpected error occurred'], 500)
}

/** Runs, and answers what is not there in the way of this one call. */
export async function orElse(run: () => Promise<Answer>, codes: readonly ErrorCode[], answer: Answer): Promise<Answer> {
  try {
    return await run()
  } catch (err) {
    const known = appError(err)
    if (!known || !codes.includes(known.code)) throw err
    return answer
  }
}
