import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findCardData, isCardDataName } from './card-guard.ts'
import { grouped, pan, VISA } from './card-samples.ts'
import { newApiKey, newCustomerId, newPaymentToken, newProfileGuid, newRequestId, newTransactionUuid } from './ids.ts'

const passes = (value: unknown): void => {
  expect([value, findCardData(value)]).toEqual([value, undefined])
}

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })

describe('must pass', () => {
  test.each([
    '411111******1111',
    '411111XXXXXX1111',
    '4111 11** **** 1111',
    '411111••••••1111 12/2029',
    '601111******1117 12/2029',
    '411111......1111',
    '**** **** **** 1111',
    'visa 411111…1111',
    'DE89 3704 0044 0532 0130 00',
    'GB82WEST12345698765432',
    'IBAN NO93 8601 1117 947 of Mara',
    'MT84 MALT 0110 0001 2345 MTLC AST0 01S',
    '2026-11-20T09:12:44.120Z',
    '2026-11-20 09:12:44',
    '30.01.2026 12:34:56 - 31.12.2026 09:00:00',
    '03/01/2026 12:34',
    '1767225600000',
    '1767225600000000',
    'EUR 1,234,567,890,123.45',
    '4,111,111,111,111.00 USD',
    '$5,555,555,555,554,444',
    '1999.00',
    '+4687001122',
    '+4969694693075',
    Buffer.from('{"iat":1795160408,"sub":"f05aeccc-74c6-49d2-9108-3fa9c43376ad"}').toString('base64url'),
    '+49 1512 3456789',
    'call +44 7911 123456 or +49 30 12345678',
    '16772761082427695',
    '4111111111111112',
    '4111 1111 1111 1112',
    '9111111111111111',
    '41111111111111111111',
    '411111111111',
    '04111111111111111',
    'Mara Lindqvist',
    'mara@example.com',
    'Storgatan 12, 211 42 Malmö, SE',
    '5b0e6a52-0f0e-4a53-9e5c-0f5f2f1f7a10',
    'cvv ***',
    'pin drop 12',
    'The CVV was not stored in 2026',
    'accident 1234',
    'Shipping 12345',
    'pincode 400001',
    'CP-7A10-00F2-93BC-4D5E-8811-20AC',
    'pt::6f0c21d7ab9e4430c5d1',
    'ix::sim-visa',
    '20261120-4be07d21aa90c3f1e655',
    '2DChamdZCD+i0baOUG58QAI/+CjAkGFkRf0+CisXH8w=',
    '',
    '4111',
    '𝒵',
    '\ud800',
  ])('%s', passes)

  test('ordinary members and values', () => {
    for (const name of [
      'shipping',
      'opinion',
      'pinned',
      'verificationStatus',
      'cidade',
      'decision',
      'trackingNumber',
      'socialSecurityNumber',
      'city',
    ]) {
      expect([name, isCardDataName(name)]).toEqual([name, false])
    }
    passes({
      name: 'Mara',
      amountMinor: 1999,
      totalDeposits: 35.160000000000004,
      flag: true,
      none: null,
      list: [1, 'a', {}],
    })
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
    for (const make of [
      newCustomerId,
      newProfileGuid,
      newPaymentToken,
      newTransactionUuid,
      newRequestId,
      () => newApiKey().key,
    ]) {
      for (let i = 0; i < 500; i++) {
        const id = make()
        passes(id)
        passes(`see ${id}.`)
      }
    }
    fc.assert(fc.property(fc.uuid(), passes))
    fc.assert(
      fc.property(hex(20), (token) => passes(`pt::${token}`)),
      { numRuns: 500 },
    )
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 20, maxLength: 20 }), (token) =>
        passes(`pt::${token}`),
      ),
    )
    fc.assert(
      fc.property(hex(24), (guid) => passes(`CP-${grouped(guid.toUpperCase(), '-')}`)),
      { numRuns: 500 },
    )
  })

  test('valid IBANs, timestamps and money', () => {
    const digits = (length: number) =>
      fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length })
    const iban = digits(18).map((bban) => {
      const rest = BigInt(`${bban}131400`) % 97n
      return `DE${String(98n - rest).padStart(2, '0')}${bban}`
    })
    fc.assert(
      fc.property(iban, fc.constantFrom('', ' ', '-'), (text, by) => passes(grouped(text, by))),
      { numRuns: 1000 },
    )
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
