import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findCardData, isCardDataName, looksLikeCardNumber } from './card-guard.ts'
import { grouped, pan, VISA } from './card-samples.ts'

const refused = (value: unknown): void => {
  expect([value, findCardData(value)]).toEqual([value, { path: '' }])
}
/** Each way of writing that must be refused, from the plain digits to the text. */
const WAYS: Record<string, (digits: string) => unknown> = {
  plain: (digits) => digits,
  'inside text': (digits) => `card ${digits}, thanks`,
  'glued to letters': (digits) => `order${digits}x`,
  'with expiry': (digits) => `${digits} 12/29`,
  'after a number': (digits) => `Invoice 12345: ${digits}`,
  ...Object.fromEntries(
    [
      ' ',
      '-',
      '.',
      '/',
      ',',
      '_',
      '|',
      ':',
      '\n',
      '\r\n',
      '\t',
      ' - ',
      '\u00a0',
      '\u2009',
      '\u202f',
      '\u3000',
      '\u200b',
      '\u2060',
      '\ufeff',
      '\u2013',
      '\u2014',
      '\u00ad',
      '·',
      '🙂',
      '  \n  ',
      '**',
      '<br>',
      '&nbsp;',
      '%20',
      '+',
    ].map((by) => [`grouped by ${JSON.stringify(by)}`, (digits: string) => grouped(digits, by)]),
  ),
  'each digit apart': (digits) => grouped(digits, ' ', 1),
  'each digit zero-width': (digits) => grouped(digits, '\u200d', 1),
  'mixed separators': (digits) => [...digits].map((digit, i) => digit + (' -./'[i % 4] ?? '')).join(''),
  'full width': (digits) => digits.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  arabic: (digits) => digits.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit))),
  devanagari: (digits) => digits.replace(/\d/g, (digit) => String.fromCodePoint(0x966 + Number(digit))),
  mathematical: (digits) => digits.replace(/\d/g, (digit) => String.fromCodePoint(0x1d7f6 + Number(digit))),
  superscript: (digits) => digits.replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] ?? ''),
  keycaps: (digits) => digits.replace(/\d/g, (digit) => `${digit}\ufe0f\u20e3`),
  'percent encoded': (digits) => digits.replace(/\d/g, (digit) => `%3${digit}`),
  'percent encoded twice': (digits) => digits.replace(/\d/g, (digit) => `%253${digit}`),
  'HTML decimal': (digits) => digits.replace(/\d/g, (digit) => `&#${48 + Number(digit)};`),
  'HTML hex': (digits) => digits.replace(/\d/g, (digit) => `&#x3${digit};`),
  'JSON escapes': (digits) => digits.replace(/\d/g, (digit) => `\\u003${digit}`),
  'hex escapes': (digits) => digits.replace(/\d/g, (digit) => `\\x3${digit}`),
  'JSON in text': (digits) => JSON.stringify({ number: digits }),
  base64: (digits) => Buffer.from(digits).toString('base64'),
  'base64 without padding': (digits) => Buffer.from(digits).toString('base64url'),
  'base64 of groups': (digits) => Buffer.from(grouped(digits, ' ')).toString('base64'),
  'base64 of a sentence': (digits) => `see ${Buffer.from(`pan=${digits}&x=1`).toString('base64')} there`,
  'base64 of JSON': (digits) => Buffer.from(JSON.stringify({ pan: digits })).toString('base64'),
  'base64 behind a prefix': (digits) => `tok${Buffer.from(digits).toString('base64')}`,
  hex: (digits) => Buffer.from(digits).toString('hex'),
  'upper hex with prefix': (digits) => `0x${Buffer.from(digits).toString('hex').toUpperCase()}`,
  'a cell': (digits) => `="${digits}"`,
  'a quoted cell': (digits) => `'${digits}`,
  'a cell with decimals': (digits) => `${digits}.00`,
  'with thousands': (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ','),
  exponent: (digits) => `${digits[0]}.${digits.slice(1)}E+${digits.length - 1}`,
  'in a URL': (digits) => `https://example.com/pay?pan=${digits}&x=1`,
  'in an address line': (digits) => `${digits}@example.com`,
  number: (digits) => Number(digits),
  'track 1': (digits) => `%B${digits}^DOE/JOHN^2912101000000000?`,
  'track 2': (digits) => `;${digits}=29121010000000000000?`,
}

describe('must be refused', () => {
  test.each(Object.entries(WAYS))('%s', (_, write) => {
    refused(write(VISA))
    fc.assert(
      fc.property(pan, (digits) => {
        refused(write(digits))
      }),
      { numRuns: 150 },
    )
  })

  test('published test numbers', () => {
    const numbers =
      '4111111111111111 5555555555554444 38000000000006 378282246310005 6011111111111117 4242424242424242 5105105105105100 ' +
      '4000001000000000 5000001000000007 30569309025904 3530111333300000 6200000000000005 2223003122003222 4222222222222 ' +
      '6759649826438453 6304000000000000 135410014004955 4917610000000000003'
    for (const number of numbers.split(' ')) refused(number)
  })

  test('a spreadsheet that has lost the last digit', () => refused('4.11111111111111E+15'))

  test('tracks whose number fails Luhn', () => {
    refused('%B4111111111111112^DOE/JOHN^29121010000000000000?')
    refused(';4111111111111112=29121010000000000000?')
  })

  test.each([
    'cvv 123',
    'CVV: 123',
    'cvv=1234',
    'CVC2 is 123',
    'cvv123',
    'c.v.v. 123',
    'CID 1234',
    'csc: 999',
    'ＣＶＶ １２３',
    'card security code 123',
    'Security code: 123',
    'Prüfnummer 123',
    '{"cvv":"123"}',
    'cvv%3D123',
    'code 123 (CVV)',
    'verification code is 123',
    'CVV number - 123',
  ])('code beside its label: %s', refused)

  test.each([
    'cvv',
    'CVV',
    'cvc',
    'cvc2',
    'CVV2',
    'cid',
    'csc',
    'pin',
    'pinblock',
    'PIN Block',
    'pin_block',
    'track1',
    'Track 2',
    'track_1',
    'cardCvv',
    'card-cvc',
    'cvv_code',
    'securityCode',
    'security_code',
    'card verification value',
    'ｃｖｖ',
  ])('member %s', (name) => {
    expect(isCardDataName(name)).toBe(true)
    expect(findCardData({ a: { [name]: null } }, '/body')).toEqual({ path: `/body/a/${name}` })
  })

  test('the place is named and the number is not repeated', () => {
    expect(findCardData({ a: [{ 'b/c': VISA }] })).toEqual({ path: '/a/0/b~1c' })
    expect(findCardData({ customFields: { [VISA]: 'x' } })).toEqual({ path: '/customFields' })
    expect(findCardData(VISA, '/name')).toEqual({ path: '/name' })
  })
})

test('nothing throws, and no short text without digits is found', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      expect(typeof looksLikeCardNumber(text)).toBe('boolean')
    }),
    { numRuns: 3000 },
  )
  fc.assert(
    fc.property(fc.anything({ maxDepth: 4 }), (value) => {
      findCardData(value)
    }),
  )
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 17 }).filter((text) => !/\p{N}/u.test(text)),
      (text) => {
        expect(looksLikeCardNumber(text)).toBe(false)
      },
    ),
  )
})

test('hostile text costs no more than its size', () => {
  const size = 200_000
  const texts = [
    '4 1-',
    '4',
    '4111 ',
    'a4',
    '%34',
    '&#52;',
    'cvv ',
    'NDEx',
    '3431',
    '+4 ',
    'DE12 ',
    '1.',
    '<',
    '\\u0034',
    '４',
    '4E+1',
    '^b4',
    ';4=',
  ]
  for (const part of texts) {
    const text = part.repeat(Math.ceil(size / part.length))
    const start = performance.now()
    looksLikeCardNumber(text)
    expect([part, performance.now() - start < 1500]).toEqual([part, true])
  }
})
