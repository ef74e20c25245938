// What a customer is made of (zod only, browser-safe). Limits here are the widest of the three APIs; each wire is stricter.
import { z } from 'zod'
import { CountryCode, CurrencyCode, DateOfBirth, email, LanguageTag, phone, TimeZone, text } from './values.ts'

export const LIFECYCLES = ['current', 'archived', 'erased', 'merged'] as const
export const Lifecycle = z.enum(LIFECYCLES)
export type Lifecycle = z.infer<typeof Lifecycle>

export const CustomerStatus = z.enum(['active', 'inactive', 'suspended'])
export type CustomerStatus = z.infer<typeof CustomerStatus>
export const VerificationStatus = z.enum(['unverified', 'pending', 'verified', 'rejected'])
export type VerificationStatus = z.infer<typeof VerificationStatus>
export const Gender = z.enum(['F', 'M', 'X'])
export type Gender = z.infer<typeof Gender>

/** The state of one purpose as it was last given or withdrawn. */
export type ConsentState = {
  purpose: string
  granted: boolean
  lawfulBasis: string | null
  wording: string | null
  source: string | null
  recordedAt: string
}

const part = (max: number) => text(max).nullish()
export const AddressParts = z.strictObject({
  street: part(255),
  street2: part(255),
  city: part(255),
  state: part(255),
  region: part(255),
  zipCode: part(32),
  country: CountryCode.nullish(),
})
export type AddressParts = z.infer<typeof AddressParts>
export const AddressInput = z.union([text(255), AddressParts])

const channels = (...names: string[]) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, z.boolean().nullish()])))
export const PreferencesInput = z.strictObject({
  currency: CurrencyCode.nullish(),
  language: LanguageTag.nullish(),
  timeZone: TimeZone.nullish(),
  paymentMethod: text(50).nullish(),
  notifications: z.union([z.boolean(), channels('email', 'sms', 'push')]).nullish(),
  communication: channels('email', 'sms', 'phone', 'post').nullish(),
})

export const Tag = text(100, { required: true })
export const ConsentInput = z.strictObject({
  purpose: text(100, { required: true }),
  granted: z.boolean(),
  lawfulBasis: z
    .enum(['consent', 'contract', 'legal_obligation', 'vital_interests', 'public_task', 'legitimate_interests'])
    .nullish(),
  wording: text(2000, { multiline: true }).nullish(),
  source: text(255).nullish(),
})

const name = text(255, { required: true })
const names = z.string().min(1).max(100)

/** Every member that a create or an update may carry. Absent leaves, null clears. */
export const CustomerFields = z.strictObject({
  name: name.nullish(),
  firstName: text(255).nullish(),
  lastName: text(255).nullish(),
  company: text(255).nullish(),
  email: email(255).nullish(),
  phone: phone(50).nullish(),
  memberId: text(50).nullish(),
  status: CustomerStatus.optional(),
  verificationStatus: VerificationStatus.optional(),
  dateOfBirth: DateOfBirth.nullish(),
  gender: Gender.nullish(),
  nationalId: text(20).nullish(),
  taxId: text(50).nullish(),
  description: text(21_844, { multiline: true }).nullish(),
  reference: text(255).nullish(),
  ccEmails: z.array(email(255)).max(50).nullish(),
  ccPhones: z.array(phone(255)).max(50).nullish(),
  address: AddressInput.nullish(),
  billingAddress: AddressInput.nullish(),
  shippingAddress: AddressInput.nullish(),
  country: CountryCode.nullish(),
  region: text(255).nullish(),
  preferences: PreferencesInput.nullish(),
  subscription: z.record(names, text(255).nullable()).nullish(),
  customFields: z.record(names, text(2000).nullable()).nullish(),
  /** Replaces the object whole, custom fields included: of those only what `customFields` names stays. */
  options: z.record(z.string(), z.unknown()).nullish(),
  allowInvoiceCardPayments: z.boolean().optional(),
  tags: z.array(Tag).max(100).nullish(),
  consents: z.array(ConsentInput).max(100).optional(),
})
export type CustomerFields = z.infer<typeof CustomerFields>

export const NewCustomer = CustomerFields.extend({
  /** Overrides the merchant's duplicate policy; the Stax API always creates. */
  duplicates: z.enum(['allow', 'warn', 'reject']).optional(),
})
export type NewCustomer = z.infer<typeof NewCustomer>

export const CustomerRef = z.strictObject({
  id: z.number().int().positive(),
  expectedVersion: z.number().int().optional(),
})
export const CustomerPatch = CustomerFields.extend(CustomerRef.shape)
export type CustomerPatch = z.infer<typeof CustomerPatch>

export const SORT_PATTERN = /^-?(createDate|updateDate|name|email|id)(,-?(createDate|updateDate|name|email|id))*$/

/** A comparison of a date or number: the operators of the list filters. */
const range = z
  .strictObject({ gte: z.string(), gt: z.string(), lte: z.string(), lt: z.string(), ne: z.string(), null: z.boolean() })
  .partial()
export type Range = z.infer<typeof range>

export const CustomerSearch = z.strictObject({
  q: z.string().max(500).default(''),
  status: z.array(CustomerStatus).default([]),
  verificationStatus: z.array(VerificationStatus).default([]),
  lifecycle: z.array(Lifecycle).default(['current']),
  country: z.array(z.string()).default([]),
  city: z.array(z.string()).default([]),
  currency: z.array(z.string()).default([]),
  language: z.array(z.string()).default([]),
  tag: z.array(z.string()).default([]),
  memberId: z.array(z.string()).default([]),
  email: z.array(z.string()).default([]),
  phone: z.array(z.string()).default([]),
  customField: z.record(z.string(), z.array(z.string())).default({}),
  hasInstrument: z.boolean().optional(),
  createDate: range.optional(),
  updateDate: range.optional(),
  sort: z.string().regex(SORT_PATTERN).default('-createDate'),
  limit: z.number().int().min(1).max(100).default(25),
  cursor: z.string().max(1000).optional(),
  total: z.boolean().default(false),
})
export type CustomerSearch = z.input<typeof CustomerSearch>

export const NewNote = z.strictObject({
  customerId: z.number().int().positive(),
  text: text(10_000, { multiline: true, required: true }),
})
export const NoteRef = z.strictObject({
  noteId: z.number().int().positive(),
  expectedVersion: z.number().int().optional(),
})
export const NotePatch = NoteRef.extend({ text: NewNote.shape.text })
