import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ADDRESS_PARTS, addressText, parseAddressInput } from './address.ts'

const parts = { street: 'Storgatan 12', city: 'Malmö', zipCode: '211 42', country: 'SE' }

test('parts are rendered in order, a line as it was written', () => {
  expect(addressText(parts)).toBe('Storgatan 12, Malmö, 211 42, SE')
  expect(addressText({ line: '12 Main St,  Springfield', country: 'US' })).toBe('12 Main St,  Springfield')
  expect(addressText(null)).toBe('')
})

test('a string equal to what we render keeps the parts, another one replaces them', () => {
  expect(parseAddressInput('Storgatan 12, Malmö, 211 42, SE', parts)).toBe(parts)
  expect(parseAddressInput('12 Main St', parts)).toEqual({ line: '12 Main St' })
  expect(parseAddressInput('13 Main St', { line: '12 Main St', country: 'US' })).toEqual({
    line: '13 Main St',
    country: 'US',
  })
})

test('parts merge, null clears one or all', () => {
  expect(parseAddressInput({ city: 'Lund', zipCode: null }, parts)).toEqual({
    street: 'Storgatan 12',
    city: 'Lund',
    country: 'SE',
  })
  expect(parseAddressInput({ country: 'US' }, { line: '12 Main St' })).toEqual({ line: '12 Main St', country: 'US' })
  expect(parseAddressInput({ street: '1 New Rd' }, { line: '12 Main St', country: 'US' })).toEqual({
    street: '1 New Rd',
    country: 'US',
  })
  expect(parseAddressInput(null, parts)).toBeNull()
  expect(parseAddressInput('  ', parts)).toBeNull()
  expect(parseAddressInput({ street: null, city: null, zipCode: null, country: null }, parts)).toBeNull()
  expect(parseAddressInput({}, null)).toBeNull()
  expect(parseAddressInput(undefined, parts)).toBe(parts)
})

test('reading and sending back changes nothing, in either form', () => {
  const member = fc.option(fc.string({ unit: 'binary', maxLength: 12 }), { nil: undefined })
  const input = fc.record(Object.fromEntries(ADDRESS_PARTS.map((part) => [part, member])))
  fc.assert(
    fc.property(fc.oneof(input, fc.string({ unit: 'binary', maxLength: 40 })), (written) => {
      const stored = parseAddressInput(written)
      expect(parseAddressInput(addressText(stored), stored)).toEqual(stored)
      if (stored)
        expect(parseAddressInput({ ...stored, street: stored.line ? undefined : stored.street }, stored)).toEqual(
          stored,
        )
    }),
  )
})
