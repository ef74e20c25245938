/**
 * The card data guard: refuses card numbers, tracks and verification codes in every key and value, however written.
 * It runs on every write, so ordinary text is let through after one pass over its characters. Server only.
 */
import { asciiDigits, decodedRuns, unescapeText } from './card-decode.ts'
import { withoutExempt } from './card-exempt.ts'
import { hasCardNumber, inIssuerRange, isCardNumber } from './card-number.ts'
import { fold } from './text.ts'

/**
 * `skip` names places (JSON pointers) whose type was judged before, such as an amount or an id of another system.
 * `formats` are the merchant's own registered number formats; a text that one of them matches whole passes.
 */
export type GuardOptions = { skip?: (path: string) => boolean; formats?: readonly RegExp[] }

const CODE_NAMES =
  /^(?:card|cc|credit|debit|payment)*(?:cvv2?|cvc2?|cvn2?|cvd2?|cav2?|cid|csc|cardverification|verification(?=code|value)|security(?=code))(?:code|value|number|no|nr|num|data)*$/
const PIN_NAMES = /^(?:card|cc|credit|debit)*(?:pin|pinblock|pinnumber|encryptedpin|encryptedpinblock)$/
const TRACK_NAMES =
  /^(?:card|cc|magnetic|magstripe|stripe)*(?:track[12](?:data)?|trackdata|magstripe(?:data)?|magneticstripe(?:data)?)$/

/**
 * True for the name of a member or custom field that would hold a verification code, PIN or track:
 * `cvv cvc cvc2 cvv2 cid csc pin pinblock track1 track2` in any case, script width or punctuation, and common wordings.
 */
export const isCardDataName = (name: string): boolean => {
  const bare = fold(name).replace(/[^\p{L}\p{N}]/gu, '')
  if (bare.length < 3 || bare.length > 40) return false
  return CODE_NAMES.test(bare) || PIN_NAMES.test(bare) || TRACK_NAMES.test(bare)
}

const LABEL =
  'c[\\W_]?v[\\W_]?[vc][\\W_]?2?|c[\\W_]?v[\\W_]?[nd]|c[\\W_]?s[\\W_]?c|c[\\W_]?i[\\W_]?d|cav2?|' +
  '(?:card |cc )?(?:security|verification) (?:code|value|number|no)|sicherheitscode|(?:karten)?pr[uü]fnummer|' +
  'cryptogramme(?: visuel)?|c[oó]digo de (?:seguridad|seguran[cç]a)'
const FILLER =
  '(?:[^\\p{L}\\p{N}]{0,6}(?:code|number|value|no|nr|is|was|ist|lautet|es|est)(?![\\p{L}\\p{N}]))?[^\\p{L}\\p{N}]{0,6}'
const LABELLED = new RegExp(`(?<![\\p{L}\\p{N}])(?:${LABEL})${FILLER}\\d{3,4}(?!\\d)`, 'iu')
const LABEL_BEHIND = /(?<!\d)\d{3,4}[ (]{1,2}c[vs][vc]2?(?![\p{L}\p{N}])/iu
const LABEL_HINT = /c[\W_]?[vsia]|ecurity|erification|icherheit|fnummer|rypto|digo/i

const hasCode = (text: string): boolean => LABEL_HINT.test(text) && (LABELLED.test(text) || LABEL_BEHIND.test(text))

/** Number or code in a text whose digits are ASCII; what is exempt is taken out only where something was found. */
const hasCardData = (text: string): boolean =>
  hasCode(text) || (hasCardNumber(text) && hasCardNumber(withoutExempt(text)))

const isDigit = (code: number): boolean => code >= 48 && code <= 57
const isBase64 = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  isDigit(code) ||
  code === 43 ||
  code === 45 ||
  code === 47 ||
  code === 95

/** One pass: how many digits, the longest run that could be base64, and whether all of it is ASCII. */
const survey = (text: string): { digits: number; run: number; ascii: boolean } => {
  let digits = 0
  let run = 0
  let current = 0
  let ascii = true
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (isDigit(code)) digits++
    else if (code > 127) ascii = false
    current = isBase64(code) ? current + 1 : 0
    if (current > run) run = current
  }
  return { digits, run, ascii }
}

const isHarmless = ({ digits, run }: { digits: number; run: number }, text: string): boolean =>
  run < 18 && (digits < 3 || (digits < 13 && !LABEL_HINT.test(text)))

/** The whole examination; nearly every text leaves it after its survey. Other scripts' digits are made ASCII first. */
const examine = (text: string, depth: number): boolean => {
  const first = survey(text)
  const plain = first.ascii ? text : asciiDigits(text)
  if (isHarmless(first.ascii ? first : survey(plain), plain)) return false
  return examineAscii(plain, depth)
}

const examineAscii = (text: string, depth: number): boolean => {
  if (hasCardData(text)) return true
  const plain = /[%&\\<]/.test(text) ? asciiDigits(unescapeText(text)) : text
  if (plain !== text && hasCardData(plain)) return true
  return depth < 2 && decodedRuns(plain).some((decoded) => examine(decoded, depth + 1))
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** True if a text holds a card number, a track or a labelled verification code, plain or encoded. */
export const looksLikeCardNumber = (text: string): boolean =>
  text.length >= 6 && !(text.length === 36 && UUID.test(text)) && examine(text, 0)

/** A JSON number of 17 or more digits has lost its last ones, so its range alone decides. Fractions are money. */
const numberIsCard = (value: number): boolean => {
  const size = Math.abs(value)
  if (!(size >= 1e12 && size < 1e19)) return false
  if (Number.isSafeInteger(size)) return isCardNumber(String(size))
  if (!Number.isInteger(size)) return false
  // Few significant digits are a round amount, more are what the float has left of an exact number.
  return inIssuerRange(BigInt(size).toString()) && String(size).replace(/0+$/, '').length >= 7
}

const escapeToken = (key: string): string => (/[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key)

const textIsCard = (text: string, { formats }: GuardOptions): boolean =>
  looksLikeCardNumber(text) && !formats?.some((format) => format.exec(text)?.[0] === text)

/** Names that were found harmless: bodies repeat the same few. Emptied when full, so strangers cannot fill the memory. */
const safeNames = new Set<string>()
const remember = (name: string): void => {
  if (safeNames.size >= 2000) safeNames.clear()
  safeNames.add(name)
}

const findInside = (value: object, path: string, options: GuardOptions): { path: string } | undefined => {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const found = findCardData(item, `${path}/${index}`, options)
      if (found) return found
    }
    return undefined
  }
  for (const [key, item] of Object.entries(value)) {
    const place = `${path}/${escapeToken(key)}`
    if (!safeNames.has(key)) {
      // The number itself must not be repeated, so a bad key is reported as the place that holds it.
      if (textIsCard(key, options)) return { path }
      if (isCardDataName(key)) return { path: place }
      if (key.length <= 40 && !options.formats) remember(key)
    }
    const found = findCardData(item, place, options)
    if (found) return found
  }
  return undefined
}

/**
 * Walks parsed JSON, keys and values, and returns the JSON pointer (below `path`) of the first member that holds card
 * data, else undefined. The pointer never contains the number. Depth is that of the body, which the edge limits.
 */
export const findCardData = (value: unknown, path = '', options: GuardOptions = {}): { path: string } | undefined => {
  if (value === null || value === undefined || typeof value === 'boolean') return undefined
  if (options.skip?.(path)) return undefined
  if (typeof value === 'string') return textIsCard(value, options) ? { path } : undefined
  if (typeof value === 'number') return numberIsCard(value) ? { path } : undefined
  if (typeof value === 'bigint') return isCardNumber(String(value)) ? { path } : undefined
  return typeof value === 'object' ? findInside(value, path, options) : undefined
}
