// Payment methods in the vendor's spelling.
import { z } from '@hono/zod-openapi'
import { text } from '../../customers/values.ts'
import { ADDRESS, Customer, Flag } from './wire.ts'

/** Existing clients send numbers of several kinds as JSON numbers. */
const digits = (pattern: RegExp, message: string) =>
  z.preprocess(
    (value) => (typeof value === 'number' ? String(value) : value),
    z
      .string({ error: (issue) => (issue.input === undefined ? 'is required' : 'must be a string') })
      .transform((value) => value.replaceAll(/[ -]/g, ''))
      .pipe(z.string().regex(pattern, message)),
  )

const Expiry = z.preprocess(
  (value) => (typeof value === 'string' ? value.replaceAll(/[\s/]/g, '') : value),
  z
    .string({ error: (issue) => (issue.input === undefined ? 'is required' : 'must be a string') })
    .regex(/^(0[1-9]|1[0-2])(\d\d|20\d\d)$/, 'must be a month and year, MMYY'),
)
const BANK = {
  bank_name: text(255).nullish(),
  bank_type: z.enum(['checking', 'savings']).nullish(),
  bank_holder_type: z.enum(['personal', 'business']).nullish(),
}
const owner = {
  customer_id: z.string({ error: 'is required' }).max(40),
  person_name: text(255).nullish(),
  is_default: Flag.optional(),
  ...ADDRESS,
}

export const CardBody = z
  .object({
    ...owner,
    method: z.literal('card'),
    card_number: digits(/^\d{12,19}$/, 'must be a published test number of the simulator'),
    card_cvv: z.unknown().optional().openapi({ type: 'string', description: 'Never kept.' }),
    card_exp: Expiry,
  })
  .openapi('CardPaymentMethod')
export const BankBody = z
  .object({
    ...owner,
    method: z.literal('bank'),
    bank_account: digits(/^[A-Za-z0-9]{4,34}$/, 'must be an account number of 4 to 34 characters'),
    bank_routing: digits(/^\d{9}$/, 'must be nine digits').optional(),
    ...BANK,
  })
  .openapi('BankPaymentMethod')
export const NewMethodBody = z.union([CardBody, BankBody])
export const TokenBody = z
  .object({
    customer_id: owner.customer_id,
    token: z.string({ error: 'is required' }).min(1).max(100),
    person_name: owner.person_name,
    is_default: owner.is_default,
  })
  .openapi('TokenPaymentMethod')
export const MethodPatch = z
  .object({
    is_default: Flag.optional(),
    person_name: text(255).nullish(),
    card_exp: Expiry.optional(),
    ...BANK,
    ...ADDRESS,
  })
  .openapi('PaymentMethodPatch')
export type MethodPatch = z.infer<typeof MethodPatch>

const Text = z.string().nullable()
const Bit = z.literal([0, 1])
export const PaymentMethod = z
  .object({
    id: z.uuid(),
    customer_id: Text,
    merchant_id: z.string(),
    user_id: Text,
    nickname: z.string(),
    has_cvv: Bit,
    is_default: Bit,
    method: z.enum(['card', 'bank']),
    person_name: Text,
    card_type: Text,
    card_last_four: Text,
    card_exp: Text,
    bin_type: Text,
    bank_name: Text,
    bank_type: Text,
    bank_holder_type: Text,
    address_1: Text,
    address_2: Text,
    address_city: Text,
    address_state: Text,
    address_zip: Text,
    address_country: Text,
    meta: z.record(z.string(), z.union([z.string(), z.boolean()]).nullable()),
    is_usable_in_vt: z.boolean(),
    is_tokenized: z.boolean(),
    purged_at: Text,
    deleted_at: Text,
    created_at: z.string(),
    updated_at: z.string(),
    card_exp_datetime: Text,
    customer: Customer.nullable(),
  })
  .openapi('PaymentMethod')
export type PaymentMethod = z.infer<typeof PaymentMethod>
