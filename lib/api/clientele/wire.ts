// The customer as the Clientele API spells it: the vendor's `Client` and our documented extras. Requests are parsed by
// the strict schemas here, answers are held to `Client` by test, and the OpenAPI document is made from both.
import { z } from '@hono/zod-openapi'
import {
  CountryCode,
  CurrencyCode,
  DateOfBirth,
  email,
  LanguageTag,
  phone,
  TimeZone,
  text,
} from '../../customers/values.ts'

const int64 = z.int().min(0).openapi({ format: 'int64' })
export const Id = int64
export const Instant = z.string().openapi({ format: 'date-time' })

const part = (max: number) => text(max).nullish()
const AddressParts = z
  .strictObject({
    street: part(255),
    street2: part(255),
    city: part(255),
    state: part(255),
    region: part(255),
    zipCode: part(32),
    country: CountryCode.nullish(),
  })
  .openapi('AddressInput')
const AddressInput = z.union([text(255), AddressParts]).nullish()

const flag = z.boolean().nullish()
const PreferencesInput = z
  .strictObject({
    currency: CurrencyCode.nullish(),
    language: LanguageTag.nullish(),
    timeZone: TimeZone.nullish(),
    paymentMethod: text(50).nullish(),
    notifications: z.union([z.boolean(), z.strictObject({ email: flag, sms: flag, push: flag })]).nullish(),
    communication: z.strictObject({ email: flag, sms: flag, phone: flag, post: flag }).nullish(),
  })
  .openapi('PreferencesInput')

const LAWFUL_BASES = [
  'consent',
  'contract',
  'legal_obligation',
  'vital_interests',
  'public_task',
  'legitimate_interests',
] as const
const ConsentInput = z
  .strictObject({
    purpose: text(100, { required: true }),
    granted: z.boolean(),
    lawfulBasis: z.enum(LAWFUL_BASES).nullish(),
    wording: text(2000, { multiline: true }).nullish(),
    source: text(255).nullish(),
    recordedAt: z.unknown().optional().openapi({ readOnly: true }),
  })
  .openapi('ConsentInput')

const memberNames = z.string().min(1).max(100)
const texts = (max: number) => z.record(memberNames, text(max).nullable()).nullish()

/** Members that only this API writes. Generated clients send the whole object back, so they are taken and ignored. */
const ignored = z.unknown().optional().openapi({ readOnly: true })
export const READ_ONLY = [
  'id',
  'ownerId',
  'ownerName',
  'userId',
  'hasPaymentRequests',
  'totalDeposits',
  'createDate',
  'customerId',
  'profileGuid',
  'completeness',
  'version',
  'updateDate',
  'archivedAt',
  'totals',
  'possibleDuplicates',
  'changedFields',
  'mergedFrom',
  'instruments',
  'profile',
  'owner',
] as const

const writable = {
  name: text(100, { required: true }),
  email: email(100),
  address: AddressInput,
  phone: phone(20).nullish(),
  memberId: text(50).nullish(),
  firstName: text(100).nullish(),
  lastName: text(100).nullish(),
  company: text(255).nullish(),
  nationalId: text(20).nullish(),
  taxId: text(50).nullish(),
  description: text(21_844, { multiline: true }).nullish(),
  reference: text(255).nullish(),
  ccEmails: z.array(email(255)).max(50).nullish(),
  ccPhones: z.array(phone(255)).max(50).nullish(),
  gender: z.enum(['F', 'M', 'X']).nullish(),
  dateOfBirth: DateOfBirth.nullish(),
  billingAddress: AddressInput,
  shippingAddress: AddressInput,
  country: CountryCode.nullish(),
  region: text(255).nullish(),
  currency: CurrencyCode.nullish(),
  language: LanguageTag.nullish(),
  preferences: PreferencesInput.nullish(),
  status: z.enum(['active', 'inactive', 'suspended']).optional(),
  verificationStatus: z.enum(['unverified', 'pending', 'verified', 'rejected']).optional(),
  subscription: texts(255),
  customFields: texts(2000),
  tags: z
    .array(text(100, { required: true }))
    .max(100)
    .nullish(),
  consents: z.array(ConsentInput).max(100).optional(),
  ...(Object.fromEntries(READ_ONLY.map((name) => [name, ignored])) as Record<
    (typeof READ_ONLY)[number],
    typeof ignored
  >),
}

/** The body of POST /customers. */
export const ClientCreate = z.strictObject(writable).openapi('ClientCreate')
export type ClientCreate = z.output<typeof ClientCreate>

/** The body of PUT and PATCH: only what is sent changes, null clears. */
export const ClientUpdate = z
  .strictObject({ ...writable, name: writable.name.optional(), email: writable.email.optional() })
  .openapi('ClientUpdate')
export type ClientUpdate = z.output<typeof ClientUpdate>

const textOrNull = z.string().nullable()
export const Address = z
  .strictObject({
    street: textOrNull,
    street2: textOrNull,
    city: textOrNull,
    state: textOrNull,
    region: textOrNull,
    zipCode: textOrNull,
    country: textOrNull,
  })
  .openapi('Address')

const channel = z.boolean().optional()
const Preferences = z
  .strictObject({
    currency: z.string(),
    language: z.string(),
    timeZone: z.string(),
    paymentMethod: z.string(),
    notifications: z.union([z.boolean(), z.strictObject({ email: channel, sms: channel, push: channel })]),
    communication: z.union([
      z.boolean(),
      z.strictObject({ email: channel, sms: channel, phone: channel, post: channel }),
    ]),
  })
  .partial()
  .openapi('Preferences')

const Consent = z
  .strictObject({
    purpose: z.string(),
    granted: z.boolean(),
    lawfulBasis: textOrNull,
    wording: textOrNull,
    source: textOrNull,
    recordedAt: Instant,
  })
  .openapi('Consent')

export const Total = z.strictObject({ currency: z.string(), amountMinor: z.int() }).openapi('Total')

/** A customer as every answer shows it. Without `pii:read` the personal members hold masks. */
export const Client = z
  .strictObject({
    id: int64,
    customerId: z.string().openapi({ format: 'uuid' }),
    ownerId: int64,
    ownerName: textOrNull,
    userId: int64.nullable(),
    name: z.string(),
    email: textOrNull,
    address: textOrNull,
    phone: textOrNull,
    memberId: textOrNull,
    hasPaymentRequests: z.boolean().nullable(),
    totalDeposits: z.number().nullable().openapi({ format: 'double' }),
    createDate: Instant,
    firstName: textOrNull,
    lastName: textOrNull,
    company: textOrNull,
    gender: z.enum(['F', 'M', 'X']).nullable(),
    dateOfBirth: textOrNull,
    nationalId: textOrNull,
    taxId: textOrNull,
    description: textOrNull,
    reference: textOrNull,
    ccEmails: z.array(z.string()),
    ccPhones: z.array(z.string()),
    billingAddress: Address.nullable(),
    shippingAddress: Address.nullable(),
    country: textOrNull,
    region: textOrNull,
    currency: textOrNull,
    language: textOrNull,
    preferences: Preferences,
    status: z.enum(['active', 'inactive', 'suspended', 'erased']),
    verificationStatus: z.enum(['unverified', 'pending', 'verified', 'rejected']),
    subscription: z.record(z.string(), z.string()),
    customFields: z.record(z.string(), z.string()),
    tags: z.array(z.string()),
    consents: z.array(Consent),
    profileGuid: textOrNull,
    completeness: z.int().min(0).max(100),
    totals: z.array(Total),
    version: z.int(),
    updateDate: Instant,
    archivedAt: Instant.nullable(),
  })
  .openapi('Client')
export type Client = z.output<typeof Client>

export const CLIENT_MEMBERS: ReadonlySet<string> = new Set(Object.keys(Client.shape))

export const Duplicate = z
  .strictObject({ id: int64, customerId: z.string(), score: z.number(), reasons: z.array(z.string()) })
  .openapi('Duplicate')
/** `mergedFrom` is the id that was asked for, when that customer was merged into this one. */
export const FoundClient = Client.extend({ mergedFrom: z.string().optional() }).openapi('FoundClient')
export const CreatedClient = Client.extend({ possibleDuplicates: z.array(Duplicate) }).openapi('CreatedClient')
export const ChangedClient = Client.extend({ changedFields: z.array(z.string()) }).openapi('ChangedClient')

/** Read-only members of other objects, taken and ignored like the customer's. */
const readOnlyMembers = <const N extends string>(...names: N[]) =>
  Object.fromEntries(names.map((name) => [name, ignored])) as Record<N, typeof ignored>

export const READ_ONLY_NOTE = readOnlyMembers(
  'id',
  'customerId',
  'authorName',
  'history',
  'version',
  'createDate',
  'updateDate',
)
export const READ_ONLY_INSTRUMENT = readOnlyMembers(
  'id',
  'instrumentId',
  'profileGuid',
  'containerId',
  'type',
  'paymentToken',
  'referenceUuid',
  'brand',
  'firstSix',
  'lastFour',
  'ibanMasked',
  'expiry',
  'usable',
  'unusableReason',
  'connector',
  'customer',
  'version',
  'createDate',
  'updateDate',
)
export const READ_ONLY_KEY = readOnlyMembers(
  'id',
  'prefix',
  'state',
  'scopes',
  'userId',
  'createdBy',
  'revokedAt',
  'previousUntil',
  'lastUsedAt',
  'lastUsedIp',
  'version',
  'createDate',
  'updateDate',
)
