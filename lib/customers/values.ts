/**
 * Zod schemas of single values, shared by core, wires and forms, and the stable codes and plain messages of their
 * faults. Browser-safe. Every refusal is a zod issue whose `params.code` is the code that an API answers.
 */
import { z } from 'zod'
import { isCountry } from '../core/countries.ts'
import { isCurrency } from '../core/money.ts'
import { clean, codePoints, hasControl, hasLoneSurrogate } from '../core/text.ts'

export type ValueCode =
  | 'REQUIRED'
  | 'TYPE_INVALID'
  | 'UNKNOWN_FIELD'
  | 'TOO_LONG'
  | 'TOO_SHORT'
  | 'TOO_MANY'
  | 'TOO_FEW'
  | 'TOO_LARGE'
  | 'TOO_SMALL'
  | 'VALUE_UNKNOWN'
  | 'FORMAT_INVALID'
  | 'TEXT_INVALID'
  | 'EMAIL_INVALID'
  | 'PHONE_INVALID'
  | 'DATE_INVALID'
  | 'COUNTRY_UNKNOWN'
  | 'CURRENCY_UNKNOWN'
  | 'LANGUAGE_UNKNOWN'
  | 'TIME_ZONE_UNKNOWN'
  | 'INVALID'

type Fault = { code: ValueCode; message: string }

/** A string schema whose type fault is told in our words. */
const string = () => z.string({ error: (issue) => (issue.input === undefined ? 'is required' : 'must be a string') })

/** Cleans the text (trimmed, NFC), then reports the first fault that `check` finds. */
const checked = (check: (text: string) => Fault | undefined) =>
  string()
    .overwrite(clean)
    .check((ctx) => {
      const fault = check(ctx.value)
      if (!fault) return
      ctx.issues.push({ code: 'custom', input: ctx.value, message: fault.message, params: { code: fault.code } })
    })

const textFault = (text: string, max: number, multiline: boolean): Fault | undefined => {
  if (codePoints(text) > max) return { code: 'TOO_LONG', message: `must be at most ${max} characters` }
  if (hasLoneSurrogate(text)) return { code: 'TEXT_INVALID', message: 'must be valid Unicode text' }
  if (!hasControl(text, { multiline })) return undefined
  return { code: 'TEXT_INVALID', message: 'must not contain control characters' }
}

const REQUIRED: Fault = { code: 'REQUIRED', message: 'must not be empty' }

/** Text of at most `max` code points after trimming; `multiline` allows line breaks, `required` refuses empty text. */
export const text = (max: number, { multiline = false, required = false } = {}) =>
  checked((value) => (required && value === '' ? REQUIRED : textFault(value, max, multiline))).meta({ maxLength: max })

const ATOM = "(?:[a-z0-9!#$%&'*+/=?^_`{|}~-]|[^\\x00-\\x9f\\p{C}\\p{Z}])+"
const LABEL = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}\\p{M}-]*[\\p{L}\\p{N}\\p{M}])?'
const EMAIL = new RegExp(`^${ATOM}(?:\\.${ATOM})*@(?:${LABEL}\\.)+(?!\\p{N}+$)${LABEL}$`, 'iu')

/** True for an address with a dotted domain; international names on both sides of the `@` are fine, quoted ones are not. */
export const isEmail = (value: string): boolean => value.length <= 400 && EMAIL.test(value)

/** An e-mail address of at most `max` code points, kept as written. */
export const email = (max = 255) =>
  checked((value) => {
    if (value === '') return REQUIRED
    const fault = textFault(value, max, false)
    if (fault?.code === 'TOO_LONG') return fault
    return fault || !isEmail(value) ? { code: 'EMAIL_INVALID', message: 'must be an e-mail address' } : undefined
  }).meta({ format: 'email', maxLength: max })

const PHONE = /^(?:[\d+().\-/]|\p{Zs}|;ext=|extension|extn?\.?|x|#)+$/iu

/** 5 to 15 digits and, between them, only `+ ( ) - . /`, spaces or an extension mark. */
export const isPhone = (value: string): boolean => {
  const digits = value.replace(/[^0-9]/g, '').length
  return digits >= 5 && digits <= 15 && value.length <= 100 && PHONE.test(value) && /\d$/.test(value)
}

/** A phone number, kept as written. */
export const phone = (max = 50) =>
  checked((value) => {
    if (codePoints(value) > max) return textFault(value, max, false)
    if (isPhone(value)) return undefined
    return { code: 'PHONE_INVALID', message: 'must be a phone number of 5 to 15 digits' }
  }).meta({ maxLength: max })

/** True for a day of the calendar, `YYYY-MM-DD`. */
export const isCalendarDate = (value: string): boolean => {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value)?.map(Number) ?? []
  if (year === undefined || month === undefined || day === undefined) return false
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** The oldest birth date that is taken for one: nobody alive was born before. */
const FIRST_BIRTHDAY = '1875-01-01'

/** A birth date `YYYY-MM-DD`: a real day, from 1875 on, not after today (UTC) by the given clock. */
export const dateOfBirth = (now: () => Date = () => new Date()) =>
  checked((value) => {
    if (!isCalendarDate(value)) return { code: 'DATE_INVALID', message: 'must be a calendar date, YYYY-MM-DD' }
    if (value < FIRST_BIRTHDAY) return { code: 'DATE_INVALID', message: 'must not be before 1875' }
    if (value > now().toISOString().slice(0, 10)) return { code: 'DATE_INVALID', message: 'must not be in the future' }
    return undefined
  }).meta({ format: 'date' })
export const DateOfBirth = dateOfBirth()

/** ISO 3166-1 alpha-2, stored in upper case. */
export const CountryCode = checked((value) =>
  isCountry(value.toUpperCase())
    ? undefined
    : { code: 'COUNTRY_UNKNOWN', message: 'is not an ISO 3166-1 alpha-2 code' },
).overwrite((value) => value.toUpperCase())

/** ISO 4217, stored in upper case. */
export const CurrencyCode = checked((value) =>
  isCurrency(value.toUpperCase())
    ? undefined
    : { code: 'CURRENCY_UNKNOWN', message: 'is not an ISO 4217 currency code' },
).overwrite((value) => value.toUpperCase())

/** The canonical spelling of a BCP 47 tag, `EN-us` → `en-US`; undefined if it is none. */
export const canonicalLanguage = (value: string): string | undefined => {
  try {
    return value.length <= 100 ? Intl.getCanonicalLocales(value)[0] : undefined
  } catch {
    // A malformed tag is the expected outcome here, told by the undefined.
    return undefined
  }
}

/** BCP 47, stored in its canonical spelling. */
export const LanguageTag = checked((value) =>
  canonicalLanguage(value) ? undefined : { code: 'LANGUAGE_UNKNOWN', message: 'is not a BCP 47 language tag' },
).overwrite((value) => canonicalLanguage(value) ?? value)

/** True for a zone name of the IANA database that this runtime knows; bare offsets are no zones. */
export const isTimeZone = (value: string): boolean => {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]{0,60}$/.test(value)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return true
  } catch {
    // An unknown zone is the expected outcome here.
    return false
  }
}

/** An IANA time zone, kept as written. */
export const TimeZone = checked((value) =>
  isTimeZone(value) ? undefined : { code: 'TIME_ZONE_UNKNOWN', message: 'is not an IANA time zone' },
)
