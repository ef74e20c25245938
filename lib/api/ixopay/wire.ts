// The bodies of the payment API in the vendor's spelling. Members that are null or empty count as not sent, and unknown
// ones are ignored, as clients that are in use rely on.
import { z } from '@hono/zod-openapi'
import { currencyCodes } from '../../core/money.ts'
import { INDICATORS, PaymentCustomer } from '../../transactions/schema.ts'

const text = (max: number) => z.string().max(max)
const Words = z.record(z.string(), z.string())

const { extraData: _text, identification: _id, ...person } = PaymentCustomer.shape

/** `extraData` is an object of texts; an empty one may arrive as a list. */
const Extra = z.preprocess((value) => (Array.isArray(value) && value.length === 0 ? {} : value), Words)

export const CustomerWire = z
  .object({
    ...person,
    identification: text(36).optional(),
    extraData: Extra.optional(),
    paymentData: z
      .object({
        ibanData: z
          .object({
            iban: text(34),
            bic: text(11).optional(),
            mandateId: text(50).optional(),
            mandateDate: text(10).optional(),
          })
          .optional(),
        walletData: z
          .object({
            walletReferenceId: text(100).optional(),
            walletOwner: text(255).optional(),
            walletType: text(40).optional(),
          })
          .optional(),
      })
      .optional(),
  })
  .openapi('Customer')
export type CustomerWire = z.infer<typeof CustomerWire>

const Amount = z
  .string({ error: (issue) => (issue.input === undefined ? 'is required' : 'must be a string such as 9.99') })
  .regex(/^\d{1,10}(\.\d{1,3})?$/, 'must be a decimal string such as 9.99')
const Currency = z.enum(currencyCodes as [string, ...string[]], {
  error: (issue) => (issue.input === undefined ? 'is required' : 'must be an ISO 4217 code'),
})
const Reference = text(100)
const required = (max: number) =>
  z.string({ error: (issue) => (issue.input === undefined ? 'is required' : 'must be a string') }).max(max)

const common = {
  merchantTransactionId: required(50),
  additionalId1: text(50).optional(),
  additionalId2: text(50).optional(),
  extraData: Extra.optional(),
  merchantMetaData: text(255).optional(),
}
const urls = {
  successUrl: text(2048).optional(),
  cancelUrl: text(2048).optional(),
  errorUrl: text(2048).optional(),
  callbackUrl: text(2048).optional(),
}
const flags = z.preprocess((value) => (value === 'true' ? true : value === 'false' ? false : value), z.boolean())
const first = {
  ...common,
  ...urls,
  referenceUuid: Reference.optional(),
  transactionToken: text(100).optional(),
  withRegister: flags.optional(),
  transactionIndicator: z.enum(INDICATORS).optional(),
  customer: CustomerWire.optional(),
  customerProfileData: z
    .object({
      profileGuid: text(100).optional(),
      customerIdentification: text(36).optional(),
      markAsPreferred: flags.optional(),
    })
    .optional(),
  description: text(255).optional(),
  language: text(2).optional(),
  schedule: z.unknown().optional(),
}
const money = { amount: Amount, currency: Currency }
const continues = { ...common, referenceUuid: required(100) }

/** The calls of the transaction API by the last part of their address. */
export const TRANSACTION_BODIES = {
  register: z.object(first).openapi('Register'),
  debit: z.object({ ...first, ...money }).openapi('Debit'),
  preauthorize: z.object({ ...first, ...money }).openapi('Preauthorize'),
  payout: z.object({ ...first, ...money }).openapi('Payout'),
  deregister: z
    .object({ ...common, referenceUuid: Reference.optional(), transactionToken: text(100).optional() })
    .openapi('Deregister'),
  incrementalAuthorization: z.object({ ...continues, ...money }).openapi('IncrementalAuthorization'),
  capture: z.object({ ...continues, ...money }).openapi('Capture'),
  refund: z.object({ ...continues, ...money, callbackUrl: urls.callbackUrl }).openapi('Refund'),
  void: z.object(continues).openapi('Void'),
}
export type TransactionCall = keyof typeof TRANSACTION_BODIES
export type TransactionBody = Partial<z.infer<(typeof TRANSACTION_BODIES)['debit']>> &
  Pick<z.infer<(typeof TRANSACTION_BODIES)['debit']>, 'merchantTransactionId'>

const selector = { profileGuid: text(100).optional(), customerIdentification: text(100).optional() }
export const SelectorBody = z.object(selector).openapi('ProfileSelector')
const nullable = Object.fromEntries(
  Object.entries(person).map(([name, value]) => [name, (value as z.ZodType).nullable().optional()]),
)
export const UpdateBody = z
  .object({
    ...selector,
    customerData: z.object({ ...nullable, extraData: Extra.nullable().optional() }).default({}),
    preferredInstrument: text(100).optional(),
  })
  .openapi('UpdateProfile')
export const AttachBody = z
  .object({ ...selector, transactionUuid: required(100), createProfileIfNotExists: flags.optional() })
  .openapi('AttachPaymentInstrument')
export const DetachBody = z.object({ ...selector, transactionUuid: required(100) }).openapi('DetachPaymentInstrument')

/** Drops null and empty members at every depth but those of `keep`, whose null clears. */
export function withoutEmpty(value: unknown, keep?: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      if (name === keep) return [[name, member]]
      return member === null || member === '' ? [] : [[name, withoutEmpty(member, keep)]]
    }),
  )
}
