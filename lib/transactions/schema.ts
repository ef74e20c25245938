// What a movement at a gateway is made of (zod only, browser-safe). Amounts are integer minor units.
import { z } from 'zod'
import { CountryCode, CurrencyCode, phone, text } from '../customers/values.ts'
import { CustomerData, CustomerIdentification } from '../profiles/schema.ts'

export const TRANSACTION_TYPES = [
  'register',
  'deregister',
  'debit',
  'preauthorize',
  'increment',
  'capture',
  'void',
  'refund',
  'payout',
] as const
export const TransactionType = z.enum(TRANSACTION_TYPES)
export type TransactionType = z.infer<typeof TransactionType>

export const TRANSACTION_STATES = ['pending', 'redirect', 'success', 'error', 'cancelled'] as const
export const TransactionState = z.enum(TRANSACTION_STATES)
export type TransactionState = z.infer<typeof TransactionState>

const id = z.number().int().positive()
const Amount = z.number().int().positive().max(Number.MAX_SAFE_INTEGER)
/** An address that the person's browser is sent to; never fetched by the server. */
const PageUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).max(2048)
const Words = z.record(z.string().min(1).max(100), text(1000))

/** The person as the merchant describes them with a payment: the profile's data and what only a payment has. */
export const PaymentCustomer = CustomerData.extend({
  identification: text(36),
  nationalId: text(20),
  emailVerified: z.boolean(),
  shippingFirstName: text(50),
  shippingLastName: text(50),
  shippingCompany: text(50),
  shippingAddress1: text(50),
  shippingAddress2: text(50),
  shippingCity: text(50),
  shippingPostcode: text(16),
  shippingState: text(30),
  shippingCountry: CountryCode,
  shippingPhone: phone(20),
}).partial()
export type PaymentCustomer = z.infer<typeof PaymentCustomer>

const Iban = z.string().regex(/^[A-Z]{2}[0-9A-Z]{3,32}$/, 'must be an IBAN')

/** An account as a person types it: in groups and in either case. */
export const MandateIban = z
  .string()
  .max(60)
  .transform((typed) => typed.replaceAll(/[\s-]/g, '').toUpperCase())
  .pipe(Iban)

/** An account or wallet that the merchant names itself; it becomes an instrument without a token. */
export const PaymentData = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('iban'),
    iban: Iban,
    bic: z
      .string()
      .regex(/^[A-Z0-9]{8}([A-Z0-9]{3})?$/, 'must be a BIC')
      .optional(),
    mandateId: text(50).optional(),
    mandateDate: z.iso.date().optional(),
  }),
  z.strictObject({
    type: z.literal('wallet'),
    walletType: text(40, { required: true }),
    walletReferenceId: text(100).optional(),
    walletOwner: text(255).optional(),
  }),
])
export type PaymentData = z.infer<typeof PaymentData>

export const ProfileChoice = z.strictObject({
  profileGuid: z.string().max(100).optional(),
  customerIdentification: CustomerIdentification.optional(),
  markAsPreferred: z.boolean().default(false),
})

export const INDICATORS = [
  'SINGLE',
  'INITIAL',
  'RECURRING',
  'FIRST-CARDONFILE',
  'CARDONFILE',
  'CARDONFILE-MERCHANT-INITIATED',
  'MOTO',
] as const

/** What is told again by status and callback, and what settling needs. */
export const TransactionRequest = z.strictObject({
  customer: PaymentCustomer.default({}),
  profile: ProfileChoice.nullable().default(null),
  withRegister: z.boolean().default(false),
  indicator: z.enum(INDICATORS).optional(),
  description: text(255).optional(),
  additionalId1: text(50).optional(),
  additionalId2: text(50).optional(),
  extraData: Words.default({}),
  merchantMetaData: text(255).optional(),
  successUrl: PageUrl.optional(),
  cancelUrl: PageUrl.optional(),
  errorUrl: PageUrl.optional(),
  callbackUrl: z.string().max(2048).optional(),
  /** The hash that the request was signed with; its callback is signed in the same way. */
  bodyHash: z.enum(['sha512', 'md5']).default('sha512'),
})
export type TransactionRequest = z.infer<typeof TransactionRequest>

export const MerchantTransactionId = text(50, { required: true })

const common = {
  /** One of the merchant's connectors; a meta-connector chooses among its members. */
  connectorId: id,
  /** Unique at the merchant; TRANSACTION_ID_TAKEN for a second one. */
  merchantTransactionId: MerchantTransactionId,
  request: TransactionRequest.prefault({}),
}
const money = { amountMinor: Amount, currency: CurrencyCode }
/** Where the instrument comes from: a token, an earlier transaction of this merchant, or data sent with it. */
const source = {
  token: z.string().max(100).optional(),
  referenceUuid: z.string().max(100).optional(),
  paymentData: PaymentData.optional(),
}

export const NewTransaction = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('register'), ...common, ...source }),
  z.strictObject({ type: z.literal('debit'), ...common, ...source, ...money }),
  z.strictObject({ type: z.literal('preauthorize'), ...common, ...source, ...money }),
  z.strictObject({ type: z.literal('payout'), ...common, ...source, ...money }),
  z.strictObject({
    type: z.literal('deregister'),
    ...common,
    token: source.token,
    referenceUuid: source.referenceUuid,
  }),
  z.strictObject({ type: z.literal('increment'), ...common, referenceUuid: z.string().max(100), ...money }),
  z.strictObject({ type: z.literal('capture'), ...common, referenceUuid: z.string().max(100), ...money }),
  z.strictObject({ type: z.literal('refund'), ...common, referenceUuid: z.string().max(100), ...money }),
  z.strictObject({ type: z.literal('void'), ...common, referenceUuid: z.string().max(100) }),
])
export type NewTransaction = z.input<typeof NewTransaction>

export const TransactionSearch = z.strictObject({
  /** A whole id: the product's uuid or the merchant's own. */
  q: z.string().max(200).default(''),
  state: z.array(TransactionState).default([]),
  type: z.array(TransactionType).default([]),
  customerId: z.array(id).default([]),
  connectorId: z.array(id).default([]),
  merchantTransactionId: z.string().max(200).optional(),
  profileGuid: z.string().max(100).optional(),
  limit: z.number().int().min(1).max(100).default(25),
  cursor: z.string().max(1000).optional(),
  total: z.boolean().default(false),
})

/** By the uuid that the product made, or by the merchant's own id. */
export const TransactionRef = z.union([
  z.strictObject({ uuid: z.string().max(100) }),
  z.strictObject({ merchantTransactionId: z.string().max(200) }),
])
