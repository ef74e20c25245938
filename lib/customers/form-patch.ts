// Between the stored customer, its form and the smallest write that turns one into the other (pure, browser-safe).
import type { Leaf, Leaves } from './conflict.ts'
import { BLANK_FORM, type CustomerForm, type FormAddress, type FormRow, linesOf } from './form.ts'
import type { CustomerFields } from './schema.ts'
import type { CustomerView } from './view.ts'

export const SENSITIVE = ['dateOfBirth', 'taxId', 'nationalId'] as const
export const HIDDEN = '••••'

const TEXTS = [
  'name',
  'firstName',
  'lastName',
  'company',
  'memberId',
  'email',
  'phone',
  'reference',
  'description',
] as const

type Stored = CustomerView['billingAddress']

const addressOf = (stored: Stored): FormAddress => ({
  line: stored?.line ?? '',
  street: stored?.street ?? '',
  street2: stored?.street2 ?? '',
  city: stored?.city ?? '',
  state: stored?.state ?? '',
  region: stored?.region ?? '',
  zipCode: stored?.zipCode ?? '',
  country: stored?.country ?? '',
})

type Asked = '' | 'yes' | 'no'
const askedOf = (value: boolean | undefined): Asked => (value === undefined ? '' : value ? 'yes' : 'no')

/** One channel of a setting that may also be one answer for all of them. */
function channel<K extends string>(setting: boolean | Partial<Record<K, boolean>> | undefined, key: K): Asked {
  return askedOf(typeof setting === 'object' ? setting[key] : setting)
}

const rowsOf = (stored: Record<string, string> | null): FormRow[] =>
  Object.entries(stored ?? {}).map(([name, value]) => ({ name, value }))

const sameAddresses = (a: FormAddress, b: FormAddress): boolean => JSON.stringify(a) === JSON.stringify(b)
const isBlank = (address: FormAddress): boolean => Object.values(address).every((part) => part === '')

/** The form as it opens on a stored customer. Sensitive values stay out: nobody sees them unasked. */
export function formOf(view: CustomerView): CustomerForm {
  const billing = addressOf(view.billingAddress)
  const shipping = addressOf(view.shippingAddress)
  const { notifications, communication } = view.preferences ?? {}
  return {
    ...BLANK_FORM,
    ...(Object.fromEntries(TEXTS.map((key) => [key, view[key] ?? ''])) as Record<(typeof TEXTS)[number], string>),
    ccEmails: (view.ccEmails ?? []).join('\n'),
    ccPhones: (view.ccPhones ?? []).join('\n'),
    billing,
    shipping,
    sameAddress: !isBlank(billing) && sameAddresses(billing, shipping),
    currency: view.preferences?.currency ?? '',
    language: view.preferences?.language ?? '',
    notify: {
      email: channel(notifications, 'email'),
      sms: channel(notifications, 'sms'),
      push: channel(notifications, 'push'),
    },
    contact: {
      email: channel(communication, 'email'),
      sms: channel(communication, 'sms'),
      phone: channel(communication, 'phone'),
      post: channel(communication, 'post'),
    },
    subscription: rowsOf(view.subscription),
    status: view.status,
    verificationStatus: view.verificationStatus,
    gender: view.gender ?? '',
    customFields: rowsOf(view.customFields),
  }
}

/** The form with its switches worked out: one address for both, no empty rows, no stray blanks. */
export function tidyForm(form: CustomerForm): CustomerForm {
  const rows = (list: readonly FormRow[]) =>
    list.map((each) => ({ ...each, name: each.name.trim() })).filter((each) => each.name !== '')
  return {
    ...form,
    shipping: form.sameAddress ? form.billing : form.shipping,
    subscription: rows(form.subscription),
    customFields: rows(form.customFields),
    ccEmails: linesOf(form.ccEmails).join('\n'),
    ccPhones: linesOf(form.ccPhones).join('\n'),
  }
}

const orNull = (value: string): string | null => (value.trim() === '' ? null : value.trim())

function addressPatch(before: FormAddress, after: FormAddress): CustomerFields['billingAddress'] {
  if (sameAddresses(before, after)) return undefined
  if (isBlank(after)) return null
  if (after.line !== before.line && after.line.trim() !== '') return after.line.trim()
  const { line: _line, ...parts } = after
  const changed = Object.entries(parts).filter(([part, value]) => before[part as keyof FormAddress] !== value)
  const patch = Object.fromEntries(changed.map(([part, value]) => [part, orNull(value)]))
  // Naming the street is what ends an address that was kept as one line.
  return before.line !== after.line ? { ...patch, street: orNull(after.street) } : patch
}

function rowsPatch(before: readonly FormRow[], after: readonly FormRow[]): Record<string, string | null> | undefined {
  const [was, is] = [before, after].map((rows) => new Map(rows.map(({ name, value }) => [name, value.trim()])))
  const patch: Record<string, string | null> = {}
  for (const name of new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])) {
    if (was?.get(name) !== is?.get(name)) patch[name] = is?.get(name) || null
  }
  return Object.keys(patch).length > 0 ? patch : undefined
}

const answer = (value: Asked): boolean | null => (value === '' ? null : value === 'yes')

function channelsPatch(
  before: Record<string, Asked>,
  after: Record<string, Asked>,
): Record<string, boolean | null> | undefined {
  const changed = Object.keys(after).some((key) => before[key] !== after[key])
  return changed ? Object.fromEntries(Object.entries(after).map(([key, value]) => [key, answer(value)])) : undefined
}

function preferencesPatch(before: CustomerForm, after: CustomerForm): CustomerFields['preferences'] {
  const patch = {
    currency: before.currency === after.currency ? undefined : orNull(after.currency),
    language: before.language === after.language ? undefined : orNull(after.language),
    notifications: channelsPatch(before.notify, after.notify),
    communication: channelsPatch(before.contact, after.contact),
  }
  return Object.values(patch).some((value) => value !== undefined) ? dropAbsent(patch) : undefined
}

/** Members that are not there stay out of what is sent. */
function dropAbsent<T extends object>(patch: T): T {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as T
}

/** Only what differs between two forms, as the write that makes the first into the second. */
export function patchOf(from: CustomerForm, to: CustomerForm): CustomerFields {
  const [before, after] = [tidyForm(from), tidyForm(to)]
  const patch: CustomerFields = {}
  for (const key of TEXTS) if (before[key].trim() !== after[key].trim()) patch[key] = orNull(after[key])
  for (const key of SENSITIVE) {
    if (after.remove[key]) patch[key] = null
    else if (after[key].trim() !== before[key].trim()) patch[key] = orNull(after[key])
  }
  if (before.ccEmails !== after.ccEmails) patch.ccEmails = linesOf(after.ccEmails)
  if (before.ccPhones !== after.ccPhones) patch.ccPhones = linesOf(after.ccPhones)
  if (before.status !== after.status) patch.status = after.status
  if (before.verificationStatus !== after.verificationStatus) patch.verificationStatus = after.verificationStatus
  if (before.gender !== after.gender) patch.gender = after.gender || null
  patch.billingAddress = addressPatch(before.billing, after.billing)
  patch.shippingAddress = addressPatch(before.shipping, after.shipping)
  patch.preferences = preferencesPatch(before, after)
  patch.subscription = rowsPatch(before.subscription, after.subscription)
  patch.customFields = rowsPatch(before.customFields, after.customFields)
  return dropAbsent(patch)
}

export const isEmptyPatch = (patch: CustomerFields): boolean => Object.keys(patch).length === 0

const NESTED = ['billing', 'shipping', 'notify', 'contact', 'remove'] as const
const LISTS = ['subscription', 'customFields'] as const

/** The form taken apart for merging. `changedHidden` are sensitive fields that somebody else changed meanwhile. */
export function leavesOf(form: CustomerForm, changedHidden: readonly string[] = []): Leaves {
  const { sameAddress: _same, note: _note, ...tidy } = tidyForm(form)
  const leaves: Record<string, Leaf> = {}
  for (const [key, value] of Object.entries(tidy)) {
    if (typeof value === 'string') leaves[key] = value.trim()
  }
  for (const key of NESTED) for (const [part, value] of Object.entries(tidy[key])) leaves[`${key}.${part}`] = value
  for (const key of LISTS) for (const { name, value } of tidy[key]) leaves[`${key}.${name}`] = value
  for (const key of SENSITIVE) if (changedHidden.includes(key)) leaves[key] = HIDDEN
  return leaves
}

/** The form put together again, over one that gives what no leaf carries. */
export function formFrom(leaves: Leaves, over: CustomerForm): CustomerForm {
  const form: Record<string, unknown> = { ...over }
  for (const key of NESTED) form[key] = { ...over[key] }
  for (const key of LISTS) form[key] = []
  for (const [path, value] of Object.entries(leaves)) {
    const [head = '', ...rest] = path.split('.')
    const name = rest.join('.')
    if (LISTS.some((key) => key === head)) {
      if (value !== '') (form[head] as FormRow[]).push({ name, value: String(value) })
    } else if (name) (form[head] as Record<string, Leaf>)[name] = value
    else if (value !== HIDDEN) form[head] = value
    else form[head] = ''
  }
  const made = form as CustomerForm
  return { ...made, sameAddress: !isBlank(made.billing) && sameAddresses(made.billing, made.shipping) }
}

const LABELS: Record<string, string> = {
  name: 'Name',
  firstName: 'First name',
  lastName: 'Last name',
  company: 'Company',
  dateOfBirth: 'Date of birth',
  memberId: 'Member id',
  email: 'E-mail',
  phone: 'Phone',
  ccEmails: 'More e-mails',
  ccPhones: 'More phones',
  billing: 'Billing',
  shipping: 'Shipping',
  billingAddress: 'Billing address',
  shippingAddress: 'Shipping address',
  line: 'address',
  street: 'street',
  street2: 'second line',
  city: 'city',
  state: 'state',
  region: 'region',
  zipCode: 'postcode',
  country: 'country',
  currency: 'Currency',
  language: 'Language',
  notify: 'Notify by',
  contact: 'Contact by',
  preferences: 'Preferences',
  subscription: 'Subscription',
  status: 'Status',
  verificationStatus: 'Verification',
  gender: 'Gender',
  taxId: 'Tax id',
  nationalId: 'National id',
  reference: 'Reference',
  description: 'Description',
  customFields: 'Custom field',
  tags: 'Tags',
  lifecycle: 'Lifecycle',
  archivedAt: 'Archived',
  remove: 'Remove',
  profileGuid: 'Profile',
  hasInstrument: 'Has an instrument',
  preferredInstrumentId: 'Preferred instrument',
  instrumentId: 'Instrument id',
  profileId: 'Profile',
  connectorId: 'Connector',
  paymentToken: 'Payment token',
  referenceUuid: 'Reference',
  type: 'Type',
  brand: 'Brand',
  holderName: 'Holder',
  firstSix: 'First six',
  lastFour: 'Last four',
  expMonth: 'Expiry month',
  expYear: 'Expiry year',
  ibanMasked: 'IBAN',
  customerData: 'Profile data',
  customerIdentification: 'Identification',
  consents: 'Consents',
  consent: 'Consent',
  text: 'Note',
  preferred: 'Preferred',
}
const PARTS: Record<string, string> = {
  email: 'e-mail',
  sms: 'text message',
  push: 'push',
  phone: 'phone',
  post: 'post',
}

/** A path in words: `billing.city` → "Billing city". A name of somebody's own stays as it is. */
export function fieldLabel(path: string): string {
  const [head = '', ...rest] = path.split('.')
  const own = LABELS[head] ?? head
  if (rest.length === 0) return own
  const part = rest.join('.')
  if (LISTS.some((key) => key === head)) return `${own} “${part}”`
  return `${own} ${PARTS[part] ?? LABELS[part]?.toLowerCase() ?? part}`
}
