// The customers' states and values in words.
import type { StateWord, Tone } from '#components/ui/badge'
import type { CustomerStatus, Lifecycle, VerificationStatus } from '#lib/customers/schema'

export const STATUS_WORDS = {
  active: 'Active',
  inactive: 'Inactive',
  suspended: 'Suspended',
} as const satisfies Record<CustomerStatus, StateWord>

export const VERIFICATION: Record<VerificationStatus, { word: string; tone: Tone }> = {
  unverified: { word: 'Not verified', tone: 'neutral' },
  pending: { word: 'Verification pending', tone: 'warning' },
  verified: { word: 'Verified', tone: 'success' },
  rejected: { word: 'Verification refused', tone: 'danger' },
}

export const LIFECYCLE_WORDS: Record<Lifecycle, string> = {
  current: 'Current',
  archived: 'Archived',
  erased: 'Erased',
  merged: 'Merged',
}

export const GENDER_WORDS = { F: 'Female', M: 'Male', X: 'Another' } as const

/** What completeness misses, and the section of the form where it is entered. */
export const MISSING_WORDS: Readonly<Record<string, string>> = {
  name: 'name',
  email: 'e-mail',
  phone: 'phone',
  dateOfBirth: 'date of birth',
  billingAddress: 'billing address',
  instrument: 'a usable preferred instrument',
  lawfulBasis: 'a lawful basis',
  language: 'language',
}

export const REASON_WORDS: Readonly<Record<string, string>> = {
  same_member_id: 'same member id',
  same_email: 'same e-mail',
  same_phone_and_name: 'same phone and name',
  same_phone: 'same phone',
}

const names = (type: 'region' | 'language') => new Intl.DisplayNames(['en'], { type, fallback: 'none' })
let regions: Intl.DisplayNames | undefined
let languages: Intl.DisplayNames | undefined

/** "Germany (DE)"; an unknown code stands for itself. */
export function countryName(code: string): string {
  try {
    const name = (regions ??= names('region')).of(code)
    return name ? `${name} (${code})` : code
  } catch {
    // The server keeps codes that this browser's list does not know.
    return code
  }
}

/** "Swiss High German (de-CH)". */
export function languageName(tag: string): string {
  try {
    const name = (languages ??= names('language')).of(tag)
    return name ? `${name} (${tag})` : tag
  } catch {
    // As above.
    return tag
  }
}

const BRANDS: Readonly<Record<string, string>> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  discover: 'Discover',
  diners: 'Diners Club',
  jcb: 'JCB',
  maestro: 'Maestro',
  unionpay: 'UnionPay',
  applepay: 'Apple Pay',
  googlepay: 'Google Pay',
  paypal: 'PayPal',
}

/** A card brand in words. */
export const brandName = (brand: string | null): string =>
  brand === null ? '' : (BRANDS[brand] ?? brand.replace(/^./, (letter) => letter.toUpperCase()))

type Card = { type: string; brand: string | null; lastFour: string | null; ibanMasked: string | null }

/** "Visa •••• 4242", "DE•• … 3000", "Apple Pay". */
export function instrumentText({ type, brand, lastFour, ibanMasked }: Card): string {
  if (type === 'iban') return ibanMasked ?? 'IBAN'
  const kind = { wallet: 'Wallet', bank: 'Bank account' }[type] ?? 'Card'
  return [brandName(brand) || kind, lastFour && `•••• ${lastFour}`].filter(Boolean).join(' ')
}

/** "04/27". */
export const expiryText = (month: number | null, year: number | null): string =>
  month === null || year === null ? '' : `${String(month).padStart(2, '0')}/${String(year).slice(-2)}`
