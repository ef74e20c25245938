import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findCardData, isCardDataName, looksLikeCardNumber } from './card-guard.ts'
import { newApiKey, newCustomerId, newPaymentToken, newProfileGuid, newRequestId, newTransactionUuid } from './ids.ts'

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
  ['4', 13], ['4', 16], ['4', 19], ['51', 16], ['55', 16], ['2221', 16], ['2720', 16], ['34', 15], ['37', 15],
  ['6011', 16], ['6011', 19], ['644', 16], ['65', 16], ['300', 14], ['36', 14], ['38', 16], ['3528', 16], ['3589', 19],
  ['62', 16], ['62', 19], ['50', 13], ['56', 18], ['67', 19], ['2200', 16], ['9792', 16], ['81', 16],
] as const

const pan = fc.constantFrom(...ISSUERS).chain(([prefix, length]) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length - prefix.length - 1, maxLength: length - prefix.length - 1 })
    .map((rest) => prefix + rest.join(''))
    .map((body) => body + luhnDigit(body)),
)

const VISA = '4111111111111111'
const grouped = (text: string, by: string, size = 4) => (text.match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join(by)
const refused = (value: unknown): void => {
  expect([value, findCardData(value)]).toEqual([value, { path: '' }])
}
const passes = (value: unknown): void => {
  expect([value, findCardData(value)]).toEqual([value, undefined])
}

/** Each way of writing that must be refused, from the plain digits to the text. */
const WAYS: Record<string, (digits: string) => unknown> = {
  plain: (digits) => digits,
  'inside text': (digits) => `card ${digits}, thanks`,
  'glued to letters': (digits) => `order${digits}x`,
  'with expiry': (digits) => `${digits} 12/29`,
  'after a number': (digits) => `Invoice 12345: ${digits}`,
  ...Object.fromEntries(
    [' ', '-', '.', '/', ',', '_', '|', ':', '\n', '\r\n', '\t', ' - ', '\u00a0', '\u2009', '\u202f', '\u3000', '\u200b', '\u2060', '\ufeff', '\u2013', '\u2014', '\u00ad', '·', '🙂', '  \n  ', '**', '<br>', '&nbsp;', '%20', '+'].map(
      (by) => [`grouped by ${JSON.stringify(by)}`, (digits: string) => grouped(digits, by)],
    ),
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
    fc.assert(fc.property(pan, (digits) => { refused(write(digits)) }), { numRuns: 150 })
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
    'cvv 123', 'CVV: 123', 'cvv=1234', 'CVC2 is 123', 'cvv123', 'c.v.v. 123', 'CID 1234', 'csc: 999', 'ＣＶＶ １２３',
    'card security code 123', 'Security code: 123', 'Prüfnummer 123', '{"cvv":"123"}', 'cvv%3D123', 'code 123 (CVV)',
    'verification code is 123', 'CVV number - 123',
  ])('code beside its label: %s', refused)

  test.each([
    'cvv', 'CVV', 'cvc', 'cvc2', 'CVV2', 'cid', 'csc', 'pin', 'pinblock', 'PIN Block', 'pin_block', 'track1', 'Track 2',
    'track_1', 'cardCvv', 'card-cvc', 'cvv_code', 'securityCode', 'security_code', 'card verification value', 'ｃｖｖ',
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

const hex = (length: number) => fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })

describe('must pass', () => {
  test.each([
    '411111******1111', '411111XXXXXX1111', '4111 11** **** 1111', '411111••••••1111 12/2029', '601111******1117 12/2029',
    '411111......1111', '**** **** **** 1111', 'visa 411111…1111', 'DE89 3704 0044 0532 0130 00', 'GB82WEST12345698765432',
    'IBAN NO93 8601 1117 947 of Mara', 'MT84 MALT 0110 0001 2345 MTLC AST0 01S', '2026-11-20T09:12:44.120Z',
    '2026-11-20 09:12:44', '30.01.2026 12:34:56 - 31.12.2026 09:00:00', '03/01/2026 12:34', '1767225600000',
    '1767225600000000', 'EUR 1,234,567,890,123.45', '4,111,111,111,111.00 USD', '$5,555,555,555,554,444', '1999.00',
    '+4687001122', '+49 1512 3456789', 'call +44 7911 123456 or +49 30 12345678', '16772761082427695',
    '4111111111111112', '4111 1111 1111 1112', '9111111111111111', '41111111111111111111', '411111111111', '04111111111111111',
    'Mara Lindqvist', 'mara@example.com', 'Storgatan 12, 211 42 Malmö, SE', '5b0e6a52-0f0e-4a53-9e5c-0f5f2f1f7a10',
    'cvv ***', 'pin drop 12', 'The CVV was not stored in 2026', 'accident 1234', 'Shipping 12345', 'pincode 400001',
    'CP-7A10-00F2-93BC-4D5E-8811-20AC', 'pt::6f0c21d7ab9e4430c5d1', 'ix::sim-visa', '20261120-4be07d21aa90c3f1e655',
    '2DChamdZCD+i0baOUG58QAI/+CjAkGFkRf0+CisXH8w=', '', '4111', '𝒵', '\ud800',
  ])('%s', passes)

  test('ordinary members and values', () => {
    for (const name of ['shipping', 'opinion', 'pinned', 'verificationStatus', 'cidade', 'decision', 'trackingNumber', 'socialSecurityNumber', 'city']) {
      expect([name, isCardDataName(name)]).toEqual([name, false])
    }
    passes({ name: 'Mara', amountMinor: 1999, totalDeposits: 35.160000000000004, flag: true, none: null, list: [1, 'a', {}] })
    passes(1767225600000)
    passes(4.111111111111111)
    passes(Number.NaN)
  })

  test('digits that fail Luhn', () => {
    fc.assert(
      fc.property(pan, fc.integer({ min: 1, max: 9 }), (digits, by) => {
        passes(digits.slice(0, -1) + ((Number(digits.at(-1)) + by) % 10))
      }),
    )
  })

  test('our own ids and tokens, alone and in text', () => {
    for (const make of [newCustomerId, newProfileGuid, newPaymentToken, newTransactionUuid, newRequestId, () => newApiKey().key]) {
      for (let i = 0; i < 500; i++) {
        const id = make()
        passes(id)
        passes(`see ${id}.`)
      }
    }
    fc.assert(fc.property(fc.uuid(), passes))
    fc.assert(fc.property(hex(20), (token) => passes(`pt::${token}`)), { numRuns: 500 })
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 20, maxLength: 20 }), (token) => passes(`pt::${token}`)))
    fc.assert(fc.property(hex(24), (guid) => passes(`CP-${grouped(guid.toUpperCase(), '-')}`)), { numRuns: 500 })
  })

  test('valid IBANs, timestamps and money', () => {
    const digits = (length: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length })
    const iban = digits(18).map((bban) => {
      const rest = BigInt(`${bban}131400`) % 97n
      return `DE${String(98n - rest).padStart(2, '0')}${bban}`
    })
    fc.assert(fc.property(iban, fc.constantFrom('', ' ', '-'), (text, by) => passes(grouped(text, by))), { numRuns: 1000 })
    const date = fc.date({ min: new Date('1900-01-01'), max: new Date('2089-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(date, (at) => {
        passes(at.toISOString())
        passes(at.toISOString().slice(0, 19).replace('T', ' '))
        passes(at.toUTCString())
        passes(at.getTime())
      }),
      { numRuns: 1000 },
    )
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999_999 }), fc.nat(99), (whole, cents) => {
        passes(`${whole}.${String(cents).padStart(2, '0')}`)
        passes(`${whole.toLocaleString('en')}.${String(cents).padStart(2, '0')} EUR`)
      }),
    )
  })

  test('a merchant’s registered format', () => {
    const formats = [/^MB\d{16}$/]
    expect(findCardData(`MB${VISA}`, '', { formats })).toBeUndefined()
    expect(findCardData(`MB${VISA} and more`, '', { formats })).toEqual({ path: '' })
    expect(findCardData({ id: VISA }, '', { skip: (path) => path === '/id' })).toBeUndefined()
  })
})

test('nothing throws, and no short text without digits is found', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => { expect(typeof looksLikeCardNumber(text)).toBe('boolean') }), { numRuns: 3000 })
  fc.assert(fc.property(fc.anything({ maxDepth: 4 }), (value) => { findCardData(value) }))
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 17 }).filter((text) => !/\p{N}/u.test(text)), passes))
})

test('hostile text costs no more than its size', () => {
  const size = 200_000
  const texts = ['4 1-', '4', '4111 ', 'a4', '%34', '&#52;', 'cvv ', 'NDEx', '3431', '+4 ', 'DE12 ', '1.', '<', '\\u0034', '４', '4E+1', '^b4', ';4=']
  for (const part of texts) {
    const text = part.repeat(Math.ceil(size / part.length))
    const start = performance.now()
    looksLikeCardNumber(text)
    expect([part, performance.now() - start < 1500]).toEqual([part, true])
  }
})
