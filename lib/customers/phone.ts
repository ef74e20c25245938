/** The E.164 form of phone numbers, stored beside what was written for search and matching. Server only (metadata). */
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max'

/**
 * `+46 8 700 11 22` → `+4687001122`; undefined where the number does not parse. A number without `+` needs
 * `defaultCountry` (alpha-2), the customer's own. An extension is not part of the result.
 */
export const e164 = (phone: string, defaultCountry?: string): string | undefined => {
  if (phone.length > 100) return undefined
  const country = defaultCountry && isSupportedCountry(defaultCountry) ? defaultCountry : undefined
  const parsed = parsePhoneNumberFromString(phone, { defaultCountry: country, extract: false })
  return parsed?.isPossible() ? parsed.number : undefined
}
