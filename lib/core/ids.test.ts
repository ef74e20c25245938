import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checkApiKey,
  isPaymentToken,
  isProfileGuid,
  isUuid,
  newApiKey,
  newCustomerId,
  newPaymentToken,
  newProfileGuid,
  newRequestId,
  newTransactionUuid,
  parseId,
  randomToken,
  sha256,
} from './ids.ts'

const anything = fc.string({ unit: 'binary', maxLength: 70 })
const many = <T>(make: () => T): T[] => Array.from({ length: 500 }, make)

test('ids have their documented form and do not repeat', () => {
  const forms = [
    [newCustomerId, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
    [newProfileGuid, /^CP(-[0-9A-F]{4}){6}$/],
    [newPaymentToken, /^pt::[0-9a-f]{20}$/],
    [newTransactionUuid, /^[0-9a-f]{20}$/],
    [newRequestId, /^req_[A-Za-z0-9]{13}$/],
    [() => newApiKey().key, /^ck_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}$/],
  ] as const
  for (const [make, form] of forms) {
    const made = many(make)
    expect(new Set(made).size).toBe(made.length)
    for (const id of made) expect(id).toMatch(form)
  }
})

describe('API keys', () => {
  test('a made key passes the check, and one changed character does not', () => {
    const character = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')
    fc.assert(
      fc.property(fc.nat(60), character, (at, other) => {
        const { key, publicId } = newApiKey()
        expect(checkApiKey(key)).toBe(publicId)
        const changed = key.slice(0, at) + other + key.slice(at + 1)
        expect(checkApiKey(changed)).toBe(changed === key ? publicId : undefined)
      }),
    )
  })
  test('any other text is refused', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(checkApiKey(text)).toBeUndefined()
      }),
    )
    expect(checkApiKey(`${newApiKey().key}\n`)).toBeUndefined()
  })
})

test('decimal ids never pass through a lossy float', () => {
  expect(parseId('48213')).toBe(48213)
  expect(parseId('9007199254740991')).toBe(9007199254740991)
  for (const text of ['9007199254740992', '9007199254740993', '16772761082427695', '9999999999999999999', '', '-1'])
    expect(parseId(text)).toBeUndefined()
  for (const text of ['1e3', '1.0', '0x1f', ' 1', '1\n', '12345678901234567890', '１２'])
    expect(parseId(text)).toBeUndefined()
  fc.assert(
    fc.property(fc.maxSafeNat(), (id) => {
      expect(parseId(String(id))).toBe(id)
    }),
  )
  fc.assert(
    fc.property(anything, (text) => {
      const id = parseId(text)
      expect(id === undefined || (Number.isSafeInteger(id) && Number(text) === id)).toBe(true)
    }),
  )
})

test('forms are told apart', () => {
  expect(isUuid('5b0e6a52-0f0e-4a53-9e5c-0f5f2f1f7a10')).toBe(true)
  expect(isUuid('5b0e6a520f0e4a539e5c0f5f2f1f7a10')).toBe(false)
  expect(isProfileGuid('cp-7a10-00f2-93bc-4d5e-8811-20ac')).toBe(true)
  expect(isProfileGuid('CP-7A10-00F2-93BC-4D5E-8811-20AG')).toBe(false)
  expect(isPaymentToken('pt::6f0c21d7ab9e4430c5d1')).toBe(true)
  expect(isPaymentToken('ix::6f0c21d7ab9e4430c5d1')).toBe(false)
})

test('hashes and tokens', () => {
  expect(sha256('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0')
  expect(randomToken(32)).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect(new Set(many(() => randomToken(16))).size).toBe(500)
})
