/** Made-up card numbers for the guard's tests: right ranges, right lengths, right check digit. */
import fc from 'fast-check'

const luhnDigit = (body: string): string => {
  for (let digit = 0; digit < 10; digit++) {
    let sum = 0
    ;[...`${body}${digit}`].reverse().forEach((character, i) => {
      const value = Number(character) * (i % 2 ? 2 : 1)
      sum += value > 9 ? value - 9 : value
    })
    if (sum % 10 === 0) return String(digit)
  }
  return ''
}

const ISSUERS = [
  ['4', 13],
  ['4', 16],
  ['4', 19],
  ['51', 16],
  ['55', 16],
  ['2221', 16],
  ['2720', 16],
  ['34', 15],
  ['37', 15],
  ['6011', 16],
  ['6011', 19],
  ['644', 16],
  ['65', 16],
  ['300', 14],
  ['36', 14],
  ['38', 16],
  ['3528', 16],
  ['3589', 19],
  ['62', 16],
  ['62', 19],
  ['50', 13],
  ['56', 18],
  ['67', 19],
  ['2200', 16],
  ['9792', 16],
  ['81', 16],
] as const

/** Any card number of these issuers. */
export const pan = fc.constantFrom(...ISSUERS).chain(([prefix, length]) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), {
      minLength: length - prefix.length - 1,
      maxLength: length - prefix.length - 1,
    })
    .map((rest) => prefix + rest.join(''))
    .map((body) => body + luhnDigit(body)),
)

export const VISA = '4111111111111111'
export const grouped = (text: string, by: string, size = 4) =>
  (text.match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join(by)
