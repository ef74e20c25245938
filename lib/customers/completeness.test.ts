import fc from 'fast-check'
import { expect, test } from 'vitest'
import { COMPLETENESS_FIELDS, completeness } from './completeness.ts'

test('the share counts eight things', () => {
  expect(completeness({})).toEqual({ share: 0, missing: [...COMPLETENESS_FIELDS] })
  const all = {
    name: 'Mara',
    email: 'm@x.se',
    phone: '12345',
    dateOfBirth: '1990-04-02',
    billingAddress: 'Lund',
    instrument: true,
    lawfulBasis: true,
    language: 'sv',
  }
  expect(completeness(all)).toEqual({ share: 100, missing: [] })
  expect(completeness({ ...all, phone: null, instrument: false })).toEqual({
    share: 75,
    missing: ['phone', 'instrument'],
  })
  expect(completeness({ name: 'm@x.se', email: 'm@x.se' })).toMatchObject({ share: 13 })
})

test('the share agrees with what is missing', () => {
  const input = fc.record(
    Object.fromEntries(COMPLETENESS_FIELDS.map((field) => [field, fc.constantFrom('x', true, null, '', undefined)])),
  )
  fc.assert(
    fc.property(input, (customer) => {
      const { share, missing } = completeness(customer)
      expect(share).toBe(Math.round((100 * (8 - missing.length)) / 8))
    }),
  )
})
