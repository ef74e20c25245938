// What a merchant is made of (zod only, browser-safe).
import { z } from 'zod'
import { CountryCode, CurrencyCode, TimeZone, text } from '../customers/values.ts'

export const DUPLICATE_POLICIES = ['allow', 'warn', 'reject'] as const
export const DuplicatePolicy = z.enum(DUPLICATE_POLICIES)

const id = z.number().int().positive()
const fields = {
  name: text(255, { required: true }),
  country: CountryCode.nullable(),
  currency: CurrencyCode,
  timeZone: TimeZone,
  duplicatePolicy: DuplicatePolicy,
  requireIfMatch: z.boolean(),
}

export const NewMerchant = z.strictObject({
  name: fields.name,
  country: fields.country.default(null),
  currency: fields.currency.default('EUR'),
  timeZone: fields.timeZone.default('UTC'),
  duplicatePolicy: fields.duplicatePolicy.default('warn'),
  requireIfMatch: fields.requireIfMatch.default(false),
  /** Without it the new merchant stands below the caller's own. */
  parentId: id.optional(),
})
export const MerchantRef = z.strictObject({ merchantId: id.optional() })
export const MerchantSettings = z.strictObject({
  name: fields.name.optional(),
  country: fields.country.optional(),
  currency: fields.currency.optional(),
  timeZone: fields.timeZone.optional(),
  duplicatePolicy: fields.duplicatePolicy.optional(),
  requireIfMatch: fields.requireIfMatch.optional(),
  /** Whether the merchant's plan has customer profiles; its payment calls are refused those that it has not. */
  profilesEnabled: z.boolean().optional(),
  expectedVersion: z.number().int().optional(),
})
