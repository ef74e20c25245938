/** How personal values look to those who may not read them. Browser-safe. A mask never shows the length it hides. */
const DOTS = '•••'
const HIDDEN = '••••'

/** Calling codes of one and two digits; all others have three. */
const CALLING_CODE = /^\+(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/

const first = (text: string): string => String.fromCodePoint(text.codePointAt(0) ?? 0)

/** `Ada Lovelace` → `A••• L•••`, also for a company. */
export const maskName = (name: string): string =>
  name
    .trim()
    .split(/\s+/u)
    .map((word) => (word === '' ? '' : first(word) + DOTS))
    .join(' ')

/** `ada@example.com` → `a•••@e•••.com`. A text without `@` is hidden whole. */
export const maskEmail = (email: string): string => {
  const at = email.lastIndexOf('@')
  const domain = email.slice(at + 1)
  if (at < 1 || domain === '') return maskText(email)
  const dot = domain.lastIndexOf('.')
  return `${first(email)}${DOTS}@${first(domain)}${DOTS}${dot < 1 ? '' : domain.slice(dot)}`
}

/** `+44 20 7946 0012` → `+44 •••• ••12`; without a calling code `•••• ••12`; fewer than five digits are hidden whole. */
export const maskPhone = (phone: string): string => {
  const digits = phone.replace(/\D/g, '')
  if (digits.length < 5) return maskText(phone)
  const code = phone.trim().startsWith('+') ? CALLING_CODE.exec(`+${digits}`)?.[0] : undefined
  return `${code === undefined ? '' : `${code} `}•••• ••${digits.slice(-2)}`
}

/** `DE89370400440532013000` → `DE•• … 3000`. */
export const maskIban = (iban: string): string => {
  const compact = iban.replace(/\s/g, '')
  return compact.length < 12 ? maskText(iban) : `${compact.slice(0, 2)}•• … ${compact.slice(-4)}`
}

/** City and country are what is left of an address. */
export const maskAddress = (address: { city?: string | null; country?: string | null }): string =>
  [address.city, address.country].filter(Boolean).join(', ')

/** `••••`, whatever is under it; nothing stays nothing. */
export const maskText = (text: string): string => (text === '' ? '' : HIDDEN)

const BANDS = [
  [18, 'under 18'],
  [25, '18–24'],
  [35, '25–34'],
  [45, '35–44'],
  [55, '45–54'],
  [65, '55–64'],
] as const

/** The age band of a birth date `YYYY-MM-DD` on the day of `now` (UTC); undefined if it is no date or lies ahead. */
export const ageBand = (birthDate: string, now: Date): string | undefined => {
  const [year, month, day] = birthDate.split('-').map(Number)
  if (year === undefined || month === undefined || day === undefined) return undefined
  const hadBirthday = now.getUTCMonth() + 1 > month || (now.getUTCMonth() + 1 === month && now.getUTCDate() >= day)
  const age = now.getUTCFullYear() - year - (hadBirthday ? 0 : 1)
  if (!(age >= 0)) return undefined
  return BANDS.find(([below]) => age < below)?.[1] ?? '65+'
}

const MASKS: readonly ((text: string) => string)[] = [maskText, maskName, maskEmail, maskPhone, maskIban]

/**
 * True if `value` is what a caller without `pii:read` was shown for `original`. A form that sends everything back
 * then changes nothing, and no mask is ever stored.
 */
export const isMasked = (value: unknown, original: string | null | undefined): boolean =>
  typeof value === 'string' &&
  value.includes('•') &&
  typeof original === 'string' &&
  value !== original &&
  MASKS.some((mask) => mask(original) === value)
