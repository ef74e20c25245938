/**
 * Card numbers in text: 13 to 19 digits of a known issuer range and length that pass Luhn. This file only reads digits;
 * `card-decode.ts` takes encodings off first, `card-exempt.ts` knows what may look like a card number and is none.
 */

/** First six digits from, to (one first digit a row), and the lengths in use. Single schemes are wider than what they issue today. */
const RANGES: readonly (readonly [from: number, to: number, ...lengths: number[]])[] = [
  [100000, 199999, 15], // UATP
  [194600, 194699, 16, 18, 19], // GPN
  [180000, 180099, 15], // JCB
  [213100, 213199, 15], // JCB
  [220000, 220499, 16, 17, 18, 19], // Mir
  [220500, 220599, 16], // Borica, PayPak
  [222100, 272099, 16], // Mastercard
  [300000, 305999, 14, 15, 16, 17, 18, 19], // Diners Club
  [309500, 309599, 14, 15, 16, 17, 18, 19],
  [340000, 349999, 15], // American Express
  [352800, 358999, 16, 17, 18, 19], // JCB
  [360000, 369999, 14, 15, 16, 17, 18, 19], // Diners Club
  [370000, 379999, 15], // American Express
  [380000, 399999, 14, 15, 16, 17, 18, 19], // Diners Club
  [400000, 499999, 13, 16, 19], // Visa
  [500000, 509999, 13, 14, 15, 16, 17, 18, 19], // Maestro, Elo, Verve
  [510000, 559999, 16], // Mastercard
  [560000, 599999, 13, 14, 15, 16, 17, 18, 19], // Maestro
  [600000, 699999, 13, 14, 15, 16, 17, 18, 19], // Maestro, Discover, UnionPay, RuPay, Hipercard
  [810000, 829999, 16, 17, 18, 19], // UnionPay, RuPay
  [860000, 860099, 16], // Uzcard
  [905100, 905199, 16], // ArCa
  [911200, 911299, 16], // Belkart
  [970400, 970499, 16, 17, 18, 19], // Napas
  [979200, 979299, 16], // Troy
  [986000, 986099, 16], // Humo
]

const passesLuhn = (digits: string): boolean => {
  let sum = 0
  for (let i = digits.length - 1, double = false; i >= 0; i--, double = !double) {
    const digit = digits.charCodeAt(i) - 48
    sum += double ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit
  }
  return sum % 10 === 0
}

type Range = { from: number; to: number; lengths: number }

/** The ranges by first digit, their lengths as bits, because a hostile text makes this the innermost loop. */
const BY_FIRST_DIGIT: readonly Range[][] = Array.from({ length: 10 }, (_, first) =>
  RANGES.filter(([from]) => from >= first * 100_000 && from < (first + 1) * 100_000).flatMap(
    ([from, to, ...lengths]) => {
      const bits = lengths.reduce((sum, length) => sum | (1 << length), 0)
      return [{ from, to, lengths: bits }]
    },
  ),
)

/** True if an issuer gives out numbers of this length that begin like this. `digits` are ASCII. */
export const inIssuerRange = (digits: string): boolean => {
  const length = digits.length
  if (length < 13 || length > 19) return false
  const ranges = BY_FIRST_DIGIT[digits.charCodeAt(0) - 48]
  if (!ranges?.length) return false
  const prefix = Number(digits.slice(0, 6))
  return ranges.some((range) => prefix >= range.from && prefix <= range.to && (range.lengths & (1 << length)) !== 0)
}

/** True if these ASCII digits, without separators, are a card number. */
export const isCardNumber = (digits: string): boolean => inIssuerRange(digits) && passesLuhn(digits)

/** What hides digits rather than groups them: three or more of these, or a long line of dots. */
const isMask = (gap: string): boolean => /(?:[*•●∙·#…✱█▪]\s*){3}|([._-])\1{4}/u.test(gap)

type Block = { digits: string; gap: string }

/** Runs of digits, each with what stands before it, up to eight characters; more, letters or a mask end a group. */
const blocksOf = (text: string): Block[][] => {
  const groups: Block[][] = []
  let group: Block[] = []
  let end = 0
  for (const match of text.matchAll(/\d+/g)) {
    const gap = text.slice(end, match.index)
    if (group.length > 0 && (gap.length > 8 || /[\p{L}\p{N}]/u.test(gap) || isMask(gap))) {
      groups.push(group)
      group = []
    }
    group.push({ digits: match[0], gap })
    end = match.index + match[0].length
  }
  groups.push(group)
  return groups
}

/** Digits that are all set apart in the same way, `4 1 1 1 …`, are one number and not a list of shorter ones. */
const joinSingles = (group: Block[]): Block[] => {
  const joined: Block[] = []
  let gap: string | undefined
  let wasSingle = false
  for (const block of group) {
    const single = block.digits.length === 1
    const last = joined.at(-1)
    if (last && single && wasSingle && (gap === undefined || gap === block.gap)) {
      last.digits += block.digits
      gap = block.gap
    } else {
      joined.push({ ...block })
      gap = undefined
    }
    wasSingle = single
  }
  return joined
}

/** Every sequence of whole blocks with 13 to 19 digits. A block is never cut: 20 digits in a row are no card number. */
const groupHasCard = (group: Block[]): boolean => {
  for (let from = 0; from < group.length; from++) {
    let digits = ''
    for (let to = from; to < group.length && digits.length < 19; to++) {
      digits += group[to]?.digits ?? ''
      if (digits.length >= 13 && isCardNumber(digits) && plausible(digits, group[from])) return true
    }
  }
  return false
}

/** Numbers from 1 and 2131 are seldom cards and often dates or counts: they count only if their first four stay together. */
const plausible = (digits: string, first: Block | undefined): boolean =>
  digits.length !== 15 || !/^[12]/.test(digits) || (first?.digits.length ?? 0) >= 4

/** Numbers as a spreadsheet shortens them: `4.11111111111111E+15` has lost its last digit, and with it the check. */
const hasExponentCard = (text: string): boolean => {
  for (const [, whole = '', fraction = '', exponent = ''] of text.matchAll(/(\d)[.,](\d{8,18})[eE]\+?(\d{2})(?!\d)/g)) {
    const places = Number(exponent)
    if (places < 12 || places > 18 || fraction.length > places) continue
    const digits = whole + fraction.padEnd(places, '0')
    if (isCardNumber(digits) || (fraction.length === 14 && digits.length > 15 && inIssuerRange(digits))) return true
  }
  return false
}

/** Tracks of a magnetic stripe, whose number need not pass Luhn. */
const TRACK_1 = /%?b\s?(\d[ \d]{11,21}\d)\^[^^]{2,40}\^\s?\d{4}/i
const TRACK_2 = /(?:;(\d{12,19})[=d]\d{4})|(?:(\d{13,19})[=d]\d\d(?:0[1-9]|1[0-2])\d{3,}\??)/i

const hasTrack = (text: string): boolean => {
  if (TRACK_1.test(text)) return true
  const [, marked, plain] = TRACK_2.exec(text) ?? []
  return marked !== undefined || (plain !== undefined && inIssuerRange(plain))
}

/** True if the text holds a card number or a track, in ASCII digits and without encodings. */
export const hasCardNumber = (text: string): boolean =>
  blocksOf(text).some((group) => groupHasCard(joinSingles(group))) || hasExponentCard(text) || hasTrack(text)
