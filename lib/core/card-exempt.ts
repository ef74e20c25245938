/**
 * What may look like a card number and is none, by its own stricter form: ids and tokens, IBANs, phone numbers with `+`,
 * timestamps and money. It is asked only after a number was found, so it may take its time. Server only.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { isCurrency } from './money.ts'

const IDS =
  /(?<![0-9A-Za-z])(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|CP(?:-[0-9A-F]{4}){6}|(?:pt|ix)::(?:[0-9a-f]{20}|sim-[a-z0-9-]+)|20\d{6}-[0-9a-f]{20}|ck_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}|(?:req|evt|msg)_[0-9A-Za-z]{1,26})(?![0-9A-Za-z])/gi

/** Country and length of every registered IBAN, so that two letters before a card number do not make one. */
const IBAN_LENGTHS = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 ' +
    'FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 ' +
    'LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 ' +
    'RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))] as const),
)

/** ISO 13616: the rearranged number, letters as 10 to 35, is 1 modulo 97, and the country has this length. */
export const isIban = (text: string): boolean => {
  const compact = text.replace(/[ -]/g, '').toUpperCase()
  if (!/^[A-Z]{2}\d\d[A-Z0-9]+$/.test(compact) || IBAN_LENGTHS.get(compact.slice(0, 2)) !== compact.length) return false
  let rest = 0
  for (const character of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(character, 36)
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97
  }
  return rest === 1
}

/** Takes an IBAN out of a match that may run on into the words behind it. */
const withoutIban = (match: string): string => {
  const length = IBAN_LENGTHS.get(match.slice(0, 2).toUpperCase()) ?? 0
  let seen = 0
  let end = 0
  while (end < match.length && seen < length) if (/[0-9A-Za-z]/.test(match.charAt(end++))) seen++
  return !/[0-9A-Za-z]/.test(match.charAt(end)) && isIban(match.slice(0, end)) ? `x${match.slice(end)}` : match
}

/** Numbering plans change faster than a library; up to 13 digits the right length for the country is enough. */
const withoutPhone = (match: string): string => {
  const digits = match.replace(/\D/g, '').length
  const parsed = digits <= 15 ? parsePhoneNumberFromString(match) : undefined
  return parsed?.isValid() || (digits <= 13 && parsed?.isPossible()) ? 'x' : match
}

const TIME = '(?:[T ]{1,2}\\d{1,2}:\\d\\d(?::\\d\\d(?:[.,]\\d{1,9})?)?(?: ?Z| ?[+-]\\d\\d:?\\d\\d)?)?'
const MONTH = '(?:0?[1-9]|1[0-2])'
const DAY = '(?:0?[1-9]|[12]\\d|3[01])'
const YEAR = '(?:19|20)\\d\\d'
const TIMES = [
  new RegExp(`(?<!\\d)${YEAR}([-/.])${MONTH}\\1${DAY}${TIME}(?!\\d)`, 'g'),
  new RegExp(`(?<!\\d)${DAY}([-/.])${MONTH}\\1${YEAR}${TIME}(?!\\d)`, 'g'),
  new RegExp(`(?<!\\d)${MONTH}([-/.])${DAY}\\1${YEAR}${TIME}(?!\\d)`, 'g'),
]

/** Amounts with a currency beside them: up to twelve digits before two to four decimals, or properly grouped by three. */
const AMOUNT = "(?:\\d{1,3}(?:([., '’\\u00a0\\u202f])\\d{3})(?:\\1\\d{3})*|\\d{1,12}(?=[.,]\\d{2}))(?:[.,]\\d{2,4})?"
const MONEY = [
  new RegExp(`(?<![A-Za-z])([A-Z]{3}|\\p{Sc}) ?-?${AMOUNT.replaceAll('\\1', '\\2')}(?![ .,'’]?\\d)`, 'gu'),
  new RegExp(`(?<!\\d[ .,'’/-]?)${AMOUNT} ?([A-Z]{3}|\\p{Sc})(?![A-Za-z])`, 'gu'),
]

/** Three capital letters are money only as a currency: `PAN 411 …` is not. */
const withoutMoney = (match: string): string => {
  const code = /[A-Z]{3}/.exec(match)?.[0]
  return code === undefined || isCurrency(code) ? 'x' : match
}

/** The text with every such value replaced by a letter, which no card number reaches across. */
export const withoutExempt = (text: string): string => {
  const plain = text
    .replace(IDS, 'x')
    .replace(/(?<![0-9A-Za-z])[A-Z]{2}\d\d(?:[ -]?[0-9A-Z]){11,40}/gi, withoutIban)
    .replace(/\+\d[\d ().\-/\u00a0]{5,40}\d/g, withoutPhone)
  const timeless = TIMES.reduce((rest, time) => rest.replace(time, 'x'), plain)
  return MONEY.reduce((rest, money) => rest.replace(money, withoutMoney), timeless)
}
