/** Takes the encodings off a text in which a card number may hide. Server only (Buffer). */

const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  num: '#',
  equals: '=',
  colon: ':',
}

const codePoint = (value: number): string => (value <= 0x10ffff ? String.fromCodePoint(value) : ' ')

const percentBytes = (bytes: string): string => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('utf8')

const unescapeOnce = (text: string): string =>
  text
    .replace(/(?:%[0-9a-f]{2})+/gi, percentBytes)
    .replace(/&#x([0-9a-f]{1,6});?/gi, (_, hex: string) => codePoint(Number.parseInt(hex, 16)))
    .replace(/&#(\d{1,7});?/g, (_, decimal: string) => codePoint(Number(decimal)))
    .replace(/&([a-z]{2,8});/gi, (_, name: string) => NAMED[name.toLowerCase()] ?? ' ')
    .replace(/\\u\{([0-9a-f]{1,6})\}/gi, (_, hex: string) => codePoint(Number.parseInt(hex, 16)))
    .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => codePoint(Number.parseInt(hex, 16)))
    .replace(/\\x([0-9a-f]{2})/gi, (_, hex: string) => codePoint(Number.parseInt(hex, 16)))
    .replace(/\\[nrtbfv]/g, ' ')
    .replace(/<[^<>]{1,200}>/g, ' ')

/** URL, HTML and JSON escapes and tags taken off, up to three layers of them. */
export const unescapeText = (text: string): string => {
  let plain = text
  for (let layer = 0; layer < 3 && /[%&\\<]/.test(plain); layer++) {
    const next = unescapeOnce(plain)
    if (next === plain) break
    plain = next
  }
  return plain
}

let digitValues: Map<string, string> | undefined

/** Decimal digits of every script stand in runs of ten from 0 to 9, so a position in a run is the value. */
const valueOfDigit = (digit: string): string => {
  if (!digitValues) {
    digitValues = new Map()
    for (let code = 0x100, run = 0; code < 0x1fc00; code++) {
      const character = String.fromCodePoint(code)
      run = /\p{Nd}/u.test(character) ? run + 1 : 0
      if (run > 0) digitValues.set(character, String((run - 1) % 10))
    }
  }
  return digitValues.get(digit) ?? digit
}

/** Full-width, mathematical, superscript and other scripts' digits become ASCII. */
export const asciiDigits = (text: string): string => text.normalize('NFKC').replace(/(?![0-9])\p{Nd}/gu, valueOfDigit)

/** Base64 of digits has a character from I to O in every fourth place, which almost no other text has three times. */
const BASE64_DIGITS = /(?:[I-O][A-Za-z0-9+/_-]{3}){3}/
const BASE64_RUN = /[A-Za-z0-9+/_-]{18,}/g
const HEX_DIGITS = /(?:3[0-9]){4}/
const HEX_RUN = /[0-9a-f]{26,}/gi

/** Random bytes have digits and signs too. Only what reads as text, or has enough digits close together, is looked at. */
const READABLE = /^[\x20-\x7e\s]*$|(?:\d[ \-./,_\0]{0,2}){13}/

/** What base64 and hex runs of the text decode to, at each place where a run may begin. Often nothing at all. */
export const decodedRuns = (text: string): string[] => {
  const found: string[] = []
  if (BASE64_DIGITS.test(text)) {
    for (const [run] of text.matchAll(BASE64_RUN)) {
      if (!BASE64_DIGITS.test(run)) continue
      for (let from = 0; from < 4; from++) found.push(Buffer.from(run.slice(from), 'base64').toString('latin1'))
    }
  }
  if (HEX_DIGITS.test(text)) {
    for (const [run] of text.matchAll(HEX_RUN)) {
      for (let from = 0; from < 2; from++) found.push(Buffer.from(run.slice(from), 'hex').toString('latin1'))
    }
  }
  return found.filter((decoded) => READABLE.test(decoded))
}
