/** The ranges and lengths that issuers use; any other run of digits is no card number. */
const issuers: readonly [range: RegExp, lengths: readonly number[]][] = [
  [/^4/, [13, 16, 18, 19]],
  [/^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(30[0-5]|3095|36|38|39)/, [14, 15, 16, 17, 18, 19]],
  [/^(6011|64[4-9]|65|62|81)/, [16, 17, 18, 19]],
  [/^35(2[89]|[3-8])/, [16, 17, 18, 19]],
  [/^(50|5[6-9]|6)/, [13, 14, 15, 16, 17, 18, 19]],
]

function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at])
    const doubled = at % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

// A letter or a plus sign in front means an IBAN, a token or a phone number, which the server judges by their type.
const run = /(?<![\p{L}\p{N}+])\d(?:[\s\-./_\u00ad\u200b-\u200d\u2060\ufeff]{0,3}\d){12,18}(?![\p{L}\p{N}])/gu
const code = /\b(?:cvv2?|cvc2?|csc|cid)\b\D{0,5}\d{3,4}\b/iu

/**
 * Whether a text holds a card number or a labelled verification code. This is the first look, in the browser, so that
 * such a value is never sent; the server's own check is the one that decides and knows more disguises.
 */
export function holdsCardNumber(text: string): boolean {
  const plain = text.normalize('NFKC')
  if (code.test(plain)) return true
  for (const [found] of plain.matchAll(run)) {
    const digits = found.replace(/\D/g, '')
    const known = issuers.some(([range, lengths]) => range.test(digits) && lengths.includes(digits.length))
    if (known && passesLuhn(digits)) return true
  }
  return false
}
