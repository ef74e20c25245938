// The customer in the vendor's spelling. Members that it does not know are ignored, as clients that are in use rely on.
import { z } from '@hono/zod-openapi'
import { toAlpha2 } from '../../core/countries.ts'
import { email, phone, text } from '../../customers/values.ts'

/** A fault with its stable code, as the schemas of single values tell theirs. */
const fault = (code: string, message: string) => ({ params: { code }, message })

const Phone = phone(255).refine(
  (value) => /^\d{10,15}$/.test(value.replaceAll(/\D/g, '')),
  fault('PHONE_INVALID', 'must have 10 to 15 digits'),
)

/** ISO 3166-1 alpha-3. */
export const Country = z
  .string({ error: 'must be a string' })
  .refine(
    (code) => toAlpha2(code.trim().toUpperCase()) !== undefined,
    fault('COUNTRY_UNKNOWN', 'is not an ISO 3166-1 alpha-3 code'),
  )
  .openapi({ example: 'USA' })

const YES: readonly unknown[] = [1, '1', 'true']
const NO: readonly unknown[] = [0, '0', 'false']
/** True or false, also as a query or an older client spells it. */
export const Flag = z.preprocess(
  (value) => (YES.includes(value) ? true : NO.includes(value) ? false : value),
  z.boolean(),
)

export const ADDRESS = {
  address_1: text(255).nullish(),
  address_2: text(255).nullish(),
  address_city: text(255).nullish(),
  address_state: text(255).nullish(),
  address_zip: text(16).nullish(),
  address_country: Country.nullish(),
}

const members = {
  firstname: text(255).nullish(),
  lastname: text(255).nullish(),
  company: text(255).nullish(),
  email: email(255).nullish(),
  cc_emails: z.array(email(255)).max(50).nullish(),
  cc_sms: z.array(phone(255)).max(50).nullish(),
  phone: Phone.nullish(),
  ...ADDRESS,
  notes: text(21_844, { multiline: true }).nullish(),
  reference: text(255).nullish(),
  /** Judged by itself, since its custom fields have rules of their own. */
  options: z
    .unknown()
    .optional()
    .openapi({ type: 'object', description: 'Free; custom fields live in `custom_fields`.' }),
  allow_invoice_credit_card_payments: Flag.optional(),
}

export const CustomerBody = z.object(members).openapi('CustomerBody')
export type CustomerBody = z.infer<typeof CustomerBody>
export const WantedBody = z
  .object({ ...members, customer_id: z.string().max(40).optional(), match_customer: Flag.optional() })
  .openapi('WantedCustomer')
export const IdsBody = z
  .object({
    ids: z.array(z.string().max(40), { error: 'must be a list of ids' }).min(1).max(1000),
  })
  .openapi('Ids')

const Text = z.string().nullable()
export const Customer = z
  .object({
    id: z.uuid(),
    customer_id: z.uuid(),
    firstname: Text,
    lastname: Text,
    company: Text,
    email: Text,
    cc_emails: z.array(z.string()).nullable(),
    cc_sms: z.array(z.string()).nullable(),
    phone: Text,
    address_1: Text,
    address_2: Text,
    address_city: Text,
    address_state: Text,
    address_zip: Text,
    address_country: Text,
    notes: Text,
    reference: Text,
    options: z.record(z.string(), z.unknown()).nullable(),
    allow_invoice_credit_card_payments: z.boolean(),
    gravatar: z.string(),
    has_address: z.boolean(),
    missing_address_components: z.array(z.string()),
    created_at: z.string(),
    updated_at: z.string(),
    deleted_at: Text,
  })
  .openapi('StaxCustomer')
export type Customer = z.infer<typeof Customer>

/** Drops empty texts, which count as not sent; `options` says by one that there are none. */
export function withoutEmpty(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).filter(([name, value]) => name === 'options' || typeof value !== 'string' || value.trim()),
  )
}
