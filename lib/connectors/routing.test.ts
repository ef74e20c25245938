import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseMember, type Member } from './routing.ts'

const member = (memberId: number, given: Partial<Member> = {}): Member => ({
  memberId,
  method: null,
  brand: null,
  currency: null,
  weight: 1,
  ...given,
})
const card = { method: 'card' as const, brand: 'visa', currency: 'EUR', createdBy: undefined }

describe('a meta-connector', () => {
  test('sends a stored instrument to the member that created it, whatever the conditions, and to no other', () => {
    const members = [member(1), member(2, { currency: 'USD' })]
    expect(chooseMember(members, { ...card, createdBy: 2 }, 0)).toBe(2)
    expect(chooseMember(members, { ...card, createdBy: 3 }, 0)).toBeUndefined()
  })

  test('sends a new one by method, brand and currency', () => {
    const members = [member(1, { method: 'iban' }), member(2, { brand: 'amex' }), member(3, { currency: 'USD' })]
    expect(chooseMember(members, { ...card, method: 'iban', brand: null }, 0)).toBe(1)
    expect(chooseMember(members, { ...card, brand: 'amex' }, 0)).toBe(2)
    expect(chooseMember(members, { ...card, currency: 'USD' }, 0)).toBe(3)
    expect(chooseMember(members, card, 0)).toBeUndefined()
    expect(chooseMember([], card, 0)).toBeUndefined()
  })

  test('shares by weight, and never chooses a member of weight zero', () => {
    const members = [member(1, { weight: 0 }), member(2, { weight: 1 }), member(3, { weight: 3 })]
    expect([0, 0.24, 0.25, 0.99].map((pick) => chooseMember(members, card, pick))).toEqual([2, 2, 3, 3])
  })

  test('chooses one that fits wherever there is one', () => {
    const pick = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), pick, (weights, at) => {
        const members = weights.map((weight, index) => member(index + 1, { weight }))
        expect(chooseMember(members, card, at)).toBeGreaterThan(0)
      }),
    )
  })
})
