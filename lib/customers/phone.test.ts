import fc from 'fast-check'
import { expect, test } from 'vitest'
import { e164 } from './phone.ts'

test.each([
  ['+46 8 700 11 22', undefined, '+4687001122'],
  ['+4687001122', undefined, '+4687001122'],
  ['08-700 11 22', 'SE', '+4687001122'],
  ['(212) 555-0199 x12', 'US', '+12125550199'],
  ['020 7946 0012', 'GB', '+442079460012'],
  ['08-700 11 22', undefined, undefined],
  ['08-700 11 22', 'ZZ', undefined],
  ['call me', 'SE', undefined],
  ['', 'SE', undefined],
])('%s (%s) is %s', (phone, country, wanted) => expect(e164(phone, country)).toBe(wanted))

test('nothing throws, and an E.164 form is its own', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^\+?[0-9 ()-]{5,18}$/)),
      fc.constantFrom(undefined, 'SE', 'US', '__proto__'),
      (phone, country) => {
        const number = e164(phone, country)
        if (number !== undefined) {
          expect(number).toMatch(/^\+\d{4,17}$/)
          expect(e164(number)).toBe(number)
        }
      },
    ),
    { numRuns: 1000 },
  )
})
