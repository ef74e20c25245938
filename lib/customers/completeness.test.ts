import fc from 'fast-check'
import { expect, test } from 'vitest'
import { COMPLETENESS_FIELDS, completeness } from './completeness.ts'

test('the share counts eight things', () => {
  expect(completeness({})).toEqual({ percent: 0, missing: [...COMPLETENESS_FIELDS] })
  const all = { name: 'Mara', email: 'm@x.se', phone: '12345', dateOfBirth: '1990-04-02', billingAddress: { city: 'Lund' }, instrument: true, lawfulBasis: true, language: 'sv' }
  expect(completeness(all)).toEqual({ percent: 100, missing: [] })
  expect(completeness({ ...all, phone: null, instrument: false })).toEqual({ percent: 75, missing: ['phone', 'instrument'] })
  expect(completeness({ name: 'm@x.se', email: 'm@x.se' })).toMatchObject({ percent: 13 })
})

test('a consent counts while it is given and has a basis', () => {
  const missing = (granted: boolean, lawfulBasis: string | null) => completeness({ consents: [{ granted, lawfulBasis }] }).missing.includes('lawfulBasis')
  expect(missing(true, 'consent')).toBe(false)
  expect(missing(false, 'consent')).toBe(true)
  expect(missing(true, null)).toBe(true)
})

test('the share agrees with what is missing', () => {
  const input = fc.record(Object.fromEntries(COMPLETENESS_FIELDS.map((field) => [field, fc.constantFrom('x', true, null, '', undefined)])))
  fc.assert(
    fc.property(input, (customer) => {
      const { percent, missing } = completeness(customer)
      expect(percent).toBe(Math.round((100 * (8 - missing.length)) / 8))
    }),
  )
})
