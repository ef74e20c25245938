import { expect, test } from 'vitest'
import { seal, sign, unseal, verify } from './secrets.ts'

test('a sealed value opens at its own place only, and equal values differ', () => {
  const sealed = seal('s3cret', 'connectors.password.1.2')
  expect(unseal(sealed, 'connectors.password.1.2')).toBe('s3cret')
  expect(seal('s3cret', 'connectors.password.1.2')).not.toBe(sealed)
  expect(() => unseal(sealed, 'connectors.password.2.2')).toThrow(/does not open/)
})

test('every changed bit of a sealed value is noticed', () => {
  const sealed = seal('s3cret', 'here')
  const bytes = Buffer.from(sealed.slice(3), 'base64url')
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = Buffer.from(bytes)
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(() => unseal(`v1.${changed.toString('base64url')}`, 'here')).toThrow()
  }
})

test('a signature holds for its text and purpose', () => {
  const signature = sign('cursor', 'text')
  expect(verify('cursor', 'text', signature)).toBe(true)
  expect(verify('cursor', 'other', signature)).toBe(false)
  expect(verify('session', 'text', signature)).toBe(false)
  expect(verify('cursor', 'text', '')).toBe(false)
})
