// From what was asked for to what is stored: one pure function, the same for a create and an update.
import type { customers } from '#db/schema'
import { fail, invalid } from '../core/errors.ts'
import { fold, foldEmail } from '../core/text.ts'
import { type Address, parseAddressInput } from './address.ts'
import { type CompletenessField, completeness } from './completeness.ts'
import { resolveNames } from './names.ts'
import { e164 } from './phone.ts'
import { mergePreferences } from './preferences.ts'
import type { ConsentState, CustomerFields } from './schema.ts'

export type CustomerRow = typeof customers.$inferSelect
type Identity = 'id' | 'customerId' | 'merchantId' | 'userId' | 'version' | 'createdAt' | 'updatedAt'
/** The columns that a customer's own data decides; identities and stamps are the command's. */
export type CustomerColumns = Omit<CustomerRow, Identity>

const BLANK: CustomerColumns = {
  lifecycle: 'current',
  name: '',
  firstName: null,
  lastName: null,
  company: null,
  email: null,
  emailFolded: null,
  phone: null,
  phoneE164: null,
  memberId: null,
  status: 'active',
  verificationStatus: 'unverified',
  dateOfBirth: null,
  gender: null,
  nationalId: null,
  taxId: null,
  description: null,
  reference: null,
  ccEmails: null,
  ccPhones: null,
  billingAddress: null,
  shippingAddress: null,
  city: null,
  country: null,
  currency: null,
  language: null,
  preferences: null,
  subscription: null,
  customFields: null,
  options: null,
  allowInvoiceCardPayments: true,
  tags: null,
  consents: null,
  profileGuid: null,
  hasInstrument: false,
  hasPaymentRequests: false,
  deposits: null,
  completeness: 0,
  search: '',
  sortName: '',
  archivedAt: null,
  mergedInto: null,
}

const PLAIN = [
  'firstName',
  'lastName',
  'company',
  'email',
  'phone',
  'memberId',
  'dateOfBirth',
  'gender',
  'nationalId',
  'taxId',
  'description',
  'reference',
  'ccEmails',
  'ccPhones',
] as const satisfies readonly (keyof CustomerFields & keyof CustomerColumns)[]

const emptyToNull = <T>(value: T): T | null =>
  value === '' || (Array.isArray(value) && value.length === 0) ? null : value

/** Text members laid over the kept ones; null or an empty text removes one. Null when none is left. */
function mergeTexts(before: Record<string, string> | null, patch: Record<string, string | null> | null | undefined) {
  if (patch === undefined) return before
  if (patch === null) return null
  const merged: Record<string, string> = { ...before }
  for (const [key, value] of Object.entries(patch)) {
    if (value === null || value === '') delete merged[key]
    else merged[key] = value
  }
  return Object.keys(merged).length === 0 ? null : merged
}

/** Trimmed, and of several that differ only in case the first. */
export function uniqueTags(tags: readonly string[]): string[] | null {
  const byFold = new Map<string, string>()
  for (const tag of tags) if (!byFold.has(fold(tag))) byFold.set(fold(tag), tag)
  return byFold.size === 0 ? null : [...byFold.values()]
}

function billing(before: Address | null, patch: CustomerFields): Address | null {
  let address = before
  if (patch.address !== undefined) address = parseAddressInput(patch.address, address)
  if (patch.billingAddress !== undefined) address = parseAddressInput(patch.billingAddress, address)
  if (patch.country !== undefined) address = parseAddressInput({ country: patch.country }, address)
  if (patch.region !== undefined) address = parseAddressInput({ region: patch.region }, address)
  return address
}

/** The state of each purpose after these were given or withdrawn at `now`. */
export function nextConsents(
  before: ConsentState[] | null,
  given: CustomerFields['consents'],
  now: Date,
): ConsentState[] | null {
  if (!given || given.length === 0) return before
  const states = new Map((before ?? []).map((state) => [state.purpose, state]))
  for (const { purpose, granted, lawfulBasis = null, wording = null, source = null } of given) {
    const known = states.get(purpose)
    const same = known && known.granted === granted && known.lawfulBasis === lawfulBasis && known.wording === wording
    if (!same) states.set(purpose, { purpose, granted, lawfulBasis, wording, source, recordedAt: now.toISOString() })
  }
  return [...states.values()]
}

/** What the search column holds: folded, each word once, the phone as written and as bare digits. */
export function searchText(row: CustomerColumns): string {
  const parts = [
    row.name,
    row.firstName,
    row.lastName,
    row.company,
    row.email,
    row.phone,
    row.memberId,
    row.reference,
    row.city,
  ]
  const digits = [row.phone?.replace(/\D/g, ''), row.phoneE164?.slice(1)]
  let text = ''
  for (const part of [...parts, ...digits]) {
    const folded = part && fold(part)
    if (folded && !text.includes(folded)) text += text ? ` ${folded}` : folded
  }
  return text
}

const REQUIRED = {
  path: 'name',
  code: 'REQUIRED',
  message: 'one of name, firstName, lastName, company and email is needed',
}

/** Share in percent, and which of the eight things are missing. A lawful basis in force counts, whichever it is. */
export const completenessOf = (row: CustomerColumns): { share: number; missing: CompletenessField[] } =>
  completeness({
    name: row.name,
    email: row.email,
    phone: row.phone,
    dateOfBirth: row.dateOfBirth,
    billingAddress: row.billingAddress !== null,
    instrument: row.hasInstrument,
    lawfulBasis: row.consents?.some((state) => state.granted && state.lawfulBasis !== null) ?? false,
    language: row.language,
  })

/** Columns that say again, for searching and sorting, what others say. */
export const DERIVED: ReadonlySet<string> = new Set([
  'emailFolded',
  'phoneE164',
  'city',
  'country',
  'currency',
  'language',
  'sortName',
  'search',
  'completeness',
])

function derive(next: CustomerColumns, before: CustomerColumns): void {
  next.emailFolded = next.email && foldEmail(next.email)
  next.city = next.billingAddress?.city ? fold(next.billingAddress.city) : null
  next.country = next.billingAddress?.country ?? null
  next.currency = next.preferences?.currency ?? null
  next.language = next.preferences?.language ?? null
  if (next.phone !== before.phone || next.country !== before.country) {
    next.phoneE164 = next.phone ? (e164(next.phone, next.country ?? undefined) ?? null) : null
  }
  next.sortName = fold(next.name)
  next.search = searchText(next)
  next.completeness = completenessOf(next).share
}

/** The columns with everything that follows from them made anew; the phone keeps the form it was understood in. */
export function derived(columns: CustomerColumns): CustomerColumns {
  const next = { ...columns }
  derive(next, next)
  return next
}

function applyOptions(next: CustomerColumns, base: CustomerColumns, patch: CustomerFields): void {
  const { options, customFields, allowInvoiceCardPayments } = patch
  const isEmpty = !options || Object.keys(options).length === 0
  if (options !== undefined) next.options = isEmpty ? null : options
  next.customFields = mergeTexts(options === undefined ? base.customFields : null, customFields)
  if (allowInvoiceCardPayments !== undefined) next.allowInvoiceCardPayments = allowInvoiceCardPayments
}

/** The columns after `patch`; `before` null for a new customer. Throws VALIDATION_ERROR when nothing names the customer. */
export function applyFields(before: CustomerColumns | null, patch: CustomerFields, now: Date): CustomerColumns {
  const base = before ?? BLANK
  const next: CustomerColumns = { ...base }
  for (const field of PLAIN) {
    if (patch[field] !== undefined) Object.assign(next, { [field]: emptyToNull(patch[field]) })
  }
  if (patch.status) next.status = patch.status
  if (patch.verificationStatus) next.verificationStatus = patch.verificationStatus
  if (patch.tags !== undefined) next.tags = uniqueTags(patch.tags ?? [])
  next.billingAddress = billing(base.billingAddress, patch)
  if (patch.shippingAddress !== undefined)
    next.shippingAddress = parseAddressInput(patch.shippingAddress, base.shippingAddress)
  next.preferences = mergePreferences(base.preferences, patch.preferences)
  next.subscription = mergeTexts(base.subscription, patch.subscription)
  applyOptions(next, base, patch)
  next.consents = nextConsents(base.consents, patch.consents, now)
  const { name, firstName, lastName } = resolveNames(patch, before ?? undefined)
  Object.assign(next, { name, firstName, lastName })
  if (!name) fail('VALIDATION_ERROR', { fields: [REQUIRED] })
  if (next.tags && next.tags.length > 100) invalid('tags', 'TOO_MANY', 'must be at most 100')
  derive(next, base)
  return next
}
