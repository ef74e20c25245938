// What the customer form holds while somebody types: texts and switches only, an empty text is no value (browser-safe).
import { z } from 'zod'
import { codePoints } from '../core/text.ts'
import { CustomerStatus, Gender, VerificationStatus } from './schema.ts'
import { isCalendarDate, isEmail, isPhone } from './values.ts'

const text = z.string()
const asked = z.enum(['', 'yes', 'no'])
const row = z.object({ name: text, value: text })
const address = z.object({
  line: text,
  street: text,
  street2: text,
  city: text,
  state: text,
  region: text,
  zipCode: text,
  country: text,
})

const Shape = z.object({
  name: text,
  firstName: text,
  lastName: text,
  company: text,
  dateOfBirth: text,
  memberId: text,
  email: text,
  phone: text,
  ccEmails: text,
  ccPhones: text,
  billing: address,
  sameAddress: z.boolean(),
  shipping: address,
  currency: text,
  language: text,
  notify: z.object({ email: asked, sms: asked, push: asked }),
  contact: z.object({ email: asked, sms: asked, phone: asked, post: asked }),
  subscription: z.array(row),
  status: CustomerStatus,
  verificationStatus: VerificationStatus,
  gender: z.union([Gender, z.literal('')]),
  taxId: text,
  nationalId: text,
  reference: text,
  description: text,
  /** Sensitive values are never shown here, so emptying their field cannot mean removing them. */
  remove: z.object({ dateOfBirth: z.boolean(), taxId: z.boolean(), nationalId: z.boolean() }),
  customFields: z.array(row),
  note: text,
})
export type CustomerForm = z.infer<typeof Shape>
export type FormAddress = CustomerForm['billing']
export type FormRow = z.infer<typeof row>

/** At most so many characters: the strictest of the product's own API, so that every system can read what staff write. */
export const LIMITS: Readonly<Record<string, number>> = {
  name: 100,
  firstName: 100,
  lastName: 100,
  company: 255,
  memberId: 50,
  email: 100,
  phone: 20,
  'billing.line': 255,
  'billing.street': 255,
  'billing.street2': 255,
  'billing.city': 255,
  'billing.state': 255,
  'billing.region': 255,
  'billing.zipCode': 32,
  'shipping.line': 255,
  'shipping.street': 255,
  'shipping.street2': 255,
  'shipping.city': 255,
  'shipping.state': 255,
  'shipping.region': 255,
  'shipping.zipCode': 32,
  taxId: 50,
  nationalId: 20,
  reference: 255,
  description: 21_844,
  note: 10_000,
}
const ROW_LIMITS = { subscription: 255, customFields: 2000 } as const

const NO_ADDRESS: FormAddress = {
  line: '',
  street: '',
  street2: '',
  city: '',
  state: '',
  region: '',
  zipCode: '',
  country: '',
}

/** The form of a customer that does not exist yet. */
export const BLANK_FORM: CustomerForm = {
  name: '',
  firstName: '',
  lastName: '',
  company: '',
  dateOfBirth: '',
  memberId: '',
  email: '',
  phone: '',
  ccEmails: '',
  ccPhones: '',
  billing: NO_ADDRESS,
  sameAddress: false,
  shipping: NO_ADDRESS,
  currency: '',
  language: '',
  notify: { email: '', sms: '', push: '' },
  contact: { email: '', sms: '', phone: '', post: '' },
  subscription: [],
  status: 'active',
  verificationStatus: 'unverified',
  gender: '',
  taxId: '',
  nationalId: '',
  reference: '',
  description: '',
  remove: { dateOfBirth: false, taxId: false, nationalId: false },
  customFields: [],
  note: '',
}

/** The entries of a field that takes one per line. */
export const linesOf = (value: string): string[] =>
  value
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

const eachLine = (value: string, fits: (line: string) => boolean, sentence: string) =>
  linesOf(value).every(fits) ? undefined : sentence

type Check = (value: string) => string | undefined
const CHECKS: Readonly<Record<string, Check>> = {
  email: (value) => (isEmail(value) ? undefined : 'Must be an e-mail address, such as ada@example.com'),
  phone: (value) => (isPhone(value) ? undefined : 'Must be a phone number of 5 to 15 digits'),
  ccEmails: (value) => eachLine(value, isEmail, 'Each line must be one e-mail address'),
  ccPhones: (value) => eachLine(value, isPhone, 'Each line must be one phone number of 5 to 15 digits'),
  dateOfBirth: (value) => {
    if (!isCalendarDate(value)) return 'Must be a calendar date'
    return value > new Date().toISOString().slice(0, 10) ? 'Must not be in the future' : undefined
  },
}

/** What is wrong with one value; nothing when it is empty. */
export function valueProblem(path: string, value: string): string | undefined {
  const typed = value.trim()
  if (typed === '') return undefined
  const limit = LIMITS[path]
  if (limit !== undefined && codePoints(typed) > limit) return `Must be at most ${limit} characters`
  return CHECKS[path]?.(typed)
}

/** A value of the form by its path in dots; only texts have one. */
function valueAt(form: CustomerForm, path: string): string {
  const found = path
    .split('.')
    .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], form)
  return typeof found === 'string' ? found : ''
}

export const NOBODY_NAMED = 'Give a name, a first or last name, a company or an e-mail address'

const nobodyNamed = (form: CustomerForm): boolean =>
  [form.name, form.firstName, form.lastName, form.company, form.email].every((value) => value.trim() === '')

function rowProblems(
  form: CustomerForm,
  list: 'subscription' | 'customFields',
): { path: (string | number)[]; message: string }[] {
  const names = form[list].map((each) => each.name.trim())
  return form[list].flatMap(({ name, value }, index) => {
    const at = (member: string, message: string) => [{ path: [list, index, member], message }]
    if (name.trim() === '') return value.trim() === '' ? [] : at('name', 'Give this field a name')
    if (codePoints(name.trim()) > 100) return at('name', 'Must be at most 100 characters')
    if (names.indexOf(name.trim()) !== index) return at('name', 'Another field has this name already')
    return codePoints(value) > ROW_LIMITS[list] ? at('value', `Must be at most ${ROW_LIMITS[list]} characters`) : []
  })
}

/**
 * The form's schema. A value that stands as it was when the form opened is not judged again: a system may have stored
 * one that is longer than staff may write, and that must not hold up a change to another field.
 */
export function customerFormSchema(opened: CustomerForm = BLANK_FORM) {
  return Shape.superRefine((form, ctx) => {
    if (nobodyNamed(form)) {
      ctx.addIssue({ code: 'custom', path: ['name'], message: NOBODY_NAMED })
    }
    for (const path of new Set([...Object.keys(LIMITS), ...Object.keys(CHECKS)])) {
      const value = valueAt(form, path)
      const message = value === valueAt(opened, path) ? undefined : valueProblem(path, value)
      if (message) ctx.addIssue({ code: 'custom', path: path.split('.'), message })
    }
    for (const list of ['subscription', 'customFields'] as const) {
      for (const { path, message } of rowProblems(form, list)) ctx.addIssue({ code: 'custom', path, message })
    }
  })
}

/** The schema of a new customer's form. */
export const CustomerForm = customerFormSchema()
