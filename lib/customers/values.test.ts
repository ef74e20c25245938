import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { fieldFaults } from './issues.ts'
import { CountryCode, CurrencyCode, DateOfBirth, email, LanguageTag, phone, TimeZone, text } from './values.ts'

const code = (schema: z.ZodType, input: unknown): string | undefined => {
  const parsed = schema.safeParse(input)
  return parsed.success ? undefined : fieldFaults(parsed.error)[0]?.code
}
const EMAIL = email(100)
const PHONE = phone(20)

describe('text', () => {
  const name = text(5, { required: true })
  test('is trimmed, composed and counted in code points', () => {
    expect(name.parse('  Jose\u0301 ')).toBe('José')
    expect(name.parse('👩‍🚀ab')).toBe('👩‍🚀ab')
    expect(code(name, '123456')).toBe('TOO_LONG')
    expect(code(name, '   ')).toBe('REQUIRED')
    expect(text(5).parse('')).toBe('')
  })
  test('has no control characters, and line breaks only where it may', () => {
    expect(code(name, 'a\0b')).toBe('TEXT_INVALID')
    expect(code(name, 'a\nb')).toBe('TEXT_INVALID')
    expect(text(9, { multiline: true }).parse('a\r\nb')).toBe('a\r\nb')
    expect(code(text(9, { multiline: true }), 'a\x07b')).toBe('TEXT_INVALID')
    expect(code(name, 'a\ud83d')).toBe('TEXT_INVALID')
  })
  test('its faults have codes and words', () => {
    const faults = fieldFaults(
      z.strictObject({ a: name, b: name, c: name }).safeParse({ a: 7, c: '1234567', d: 1 }).error ?? { issues: [] },
    )
    expect(faults).toEqual([
      { path: ['a'], pointer: '/a', field: 'a', code: 'TYPE_INVALID', message: 'must be a string' },
      { path: ['b'], pointer: '/b', field: 'b', code: 'REQUIRED', message: 'is required' },
      { path: ['c'], pointer: '/c', field: 'c', code: 'TOO_LONG', message: 'must be at most 5 characters' },
      { path: ['d'], pointer: '/d', field: 'd', code: 'UNKNOWN_FIELD', message: 'is not a known field' },
    ])
  })
  test('the schema still tells its limit', () => {
    expect(z.toJSONSchema(text(5))).toMatchObject({ type: 'string', maxLength: 5 })
    expect(z.toJSONSchema(EMAIL)).toMatchObject({ type: 'string', format: 'email', maxLength: 100 })
  })
})

test.each([
  'mara@example.com',
  'MARA.L+tag@mail.example.co.uk',
  "o'neil@example.ie",
  'юля@пример.рф',
  'jürgen@müller.de',
  '用户@例子.广告',
  'a@xn--mnchen-3ya.de',
  '1@2.com',
  'x_y-z@a-b.info',
  'm@b.museum',
])('%s is an e-mail address', (address) => expect(EMAIL.parse(` ${address} `)).toBe(address))

test.each([
  'mara',
  'mara@',
  '@example.com',
  'mara@example',
  'ma ra@example.com',
  'mara@exam ple.com',
  'mara@@example.com',
  '.mara@example.com',
  'ma..ra@example.com',
  'mara@-example.com',
  'mara@example-.com',
  'mara@example.com.',
  'mara@1.2.3.4',
  'a@b.com,c@d.com',
  'mara@example.com\r\nBcc: x@y.zz',
  '<mara@example.com>',
  'mara\u200b@example.com',
  '"ma ra"@example.com',
  'mara＠example.com',
])('%j is no e-mail address', (address) => expect(code(EMAIL, address)).toBe('EMAIL_INVALID'))

test('the limit of an e-mail address is exact', () => {
  const address = (length: number) => `${'a'.repeat(length - 12)}@example.com`
  expect(EMAIL.parse(address(100))).toHaveLength(100)
  expect(code(EMAIL, address(101))).toBe('TOO_LONG')
  expect(code(EMAIL, '')).toBe('REQUIRED')
  expect(code(EMAIL, null)).toBe('TYPE_INVALID')
})

test.each([
  '+46 8 700 11 22',
  '(212) 555-0199',
  '020.7946/0012',
  '12345',
  '123456789012345',
  '+1 212 555 0199 x12',
  '0301234567#9',
  '+49-30-1234;ext=5',
])('%s is a phone number', (number) => expect(PHONE.parse(number)).toBe(number))

test.each([
  '1234',
  '1234567890123456',
  'call me',
  '12345a',
  '+46_700112',
  '',
  '１２３４５',
  '12345,6',
  '555-MARA',
  '12345 &',
])('%j is no phone number', (number) => expect(code(PHONE, number)).toBe('PHONE_INVALID'))

test('dates of birth are days that were', () => {
  expect(DateOfBirth.parse('1990-04-02')).toBe('1990-04-02')
  expect(DateOfBirth.parse('2000-02-29')).toBe('2000-02-29')
  const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)
  for (const bad of [
    '1990-02-30',
    '1900-02-29',
    '1874-12-31',
    '0000-01-01',
    '90-04-02',
    '1990-4-2',
    '02.04.1990',
    '1990-04-02T00:00',
    tomorrow,
    '',
  ]) {
    expect([bad, code(DateOfBirth, bad)]).toEqual([bad, 'DATE_INVALID'])
  }
})

test('codes are known ones, in their canonical spelling', () => {
  expect(CountryCode.parse('se')).toBe('SE')
  expect(code(CountryCode, 'SWE')).toBe('COUNTRY_UNKNOWN')
  expect(code(CountryCode, 'ZZ')).toBe('COUNTRY_UNKNOWN')
  expect(CurrencyCode.parse('sek')).toBe('SEK')
  expect(code(CurrencyCode, 'ZZZ')).toBe('CURRENCY_UNKNOWN')
  expect(LanguageTag.parse('SV-se')).toBe('sv-SE')
  expect(LanguageTag.parse('zh-hant-tw')).toBe('zh-Hant-TW')
  for (const bad of ['', 'english language', 'x', 'de_DE', 'toolonglanguage'])
    expect(code(LanguageTag, bad)).toBe('LANGUAGE_UNKNOWN')
  expect(TimeZone.parse('Europe/Berlin')).toBe('Europe/Berlin')
  for (const bad of ['', 'Berlin', '+01:00', 'Mars/Olympus']) expect(code(TimeZone, bad)).toBe('TIME_ZONE_UNKNOWN')
})

test('nothing throws, and what passes passes again unchanged', () => {
  const schemas = [text(20), EMAIL, PHONE, DateOfBirth, CountryCode, CurrencyCode, LanguageTag, TimeZone]
  const input = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.emailAddress(), fc.anything())
  fc.assert(
    fc.property(fc.constantFrom(...schemas), input, (schema, value) => {
      const parsed = schema.safeParse(value)
      if (parsed.success) expect(schema.parse(parsed.data)).toBe(parsed.data)
      else
        expect(fieldFaults(parsed.error)[0]).toMatchObject({
          code: expect.stringMatching(/^[A-Z_]+$/),
          message: expect.any(String),
        })
    }),
    { numRuns: 3000 },
  )
})

test('hostile e-mail addresses cost no more than their size', () => {
  const wide = email(100_000)
  for (const address of [`${'a.'.repeat(40_000)}@`, `a@${'a-'.repeat(40_000)}`, `a@${'a.'.repeat(40_000)}`]) {
    const start = performance.now()
    expect(code(wide, address)).toBe('EMAIL_INVALID')
    expect(performance.now() - start).toBeLessThan(500)
  }
})
