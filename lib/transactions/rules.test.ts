// Money of a chain, for any order of what follows: never more is captured or given back than there is.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { depositOf, purchaseIdOf, refusalOf, remainingOf } from './rules.ts'
import type { TransactionState, TransactionType } from './schema.ts'

type Movement = { type: TransactionType; state: TransactionState; amountMinor: number | null; currency: string }
const movement = (
  type: TransactionType,
  amountMinor: number | null,
  state: TransactionState = 'success',
): Movement => ({
  type,
  state,
  amountMinor,
  currency: 'EUR',
})

describe('what may follow', () => {
  const held = movement('preauthorize', 1000)
  const paid = movement('debit', 1000)
  const next = (type: 'increment' | 'capture' | 'void' | 'refund', amountMinor: number | null = null) => ({
    type,
    amountMinor,
    currency: amountMinor === null ? null : 'EUR',
  })

  test('a preauthorization is captured in parts, and not beyond them', () => {
    expect(refusalOf(held, [], next('capture', 1000))).toBeUndefined()
    expect(refusalOf(held, [movement('capture', 400)], next('capture', 600))).toBeUndefined()
    expect(refusalOf(held, [movement('capture', 400)], next('capture', 601))).toMatch(/left to capture/)
    expect(refusalOf(held, [movement('capture', 400, 'pending')], next('capture', 601))).toMatch(/left to capture/)
    expect(refusalOf(held, [movement('capture', 400, 'error')], next('capture', 1000))).toBeUndefined()
    expect(refusalOf(held, [movement('increment', 500)], next('capture', 1500))).toBeUndefined()
    expect(refusalOf(held, [movement('increment', 500, 'pending')], next('capture', 1500))).toMatch(/left to capture/)
  })

  test('only captured money is given back', () => {
    expect(refusalOf(held, [], next('refund', 1))).toMatch(/left to refund/)
    expect(refusalOf(held, [movement('capture', 400)], next('refund', 400))).toBeUndefined()
    expect(refusalOf(paid, [], next('refund', 1000))).toBeUndefined()
    expect(refusalOf(paid, [movement('refund', 1)], next('refund', 1000))).toMatch(/left to refund/)
  })

  test('a void ends the chain, and comes too late once money moved', () => {
    expect(refusalOf(held, [], next('void'))).toBeUndefined()
    expect(refusalOf(held, [movement('void', null)], next('capture', 1))).toMatch(/voided/)
    expect(refusalOf(held, [movement('capture', 1)], next('void'))).toMatch(/already captured/)
    expect(refusalOf(paid, [movement('refund', 1)], next('void'))).toMatch(/already refunded/)
  })

  test('nothing follows what has not succeeded, in another currency, or what moves no money', () => {
    expect(refusalOf(movement('debit', 10, 'error'), [], next('refund', 1))).toMatch(/not succeeded/)
    expect(refusalOf(paid, [], { type: 'refund', amountMinor: 1, currency: 'USD' })).toMatch(/currency/)
    expect(refusalOf(paid, [], next('capture', 1))).toMatch(/cannot be followed/)
    expect(refusalOf(movement('register', null), [], next('refund', 1))).toMatch(/cannot be followed/)
  })
})

test('whatever is asked in whatever order, the sums hold', () => {
  const step = fc.record({
    type: fc.constantFrom('increment' as const, 'capture' as const, 'void' as const, 'refund' as const),
    amountMinor: fc.integer({ min: 1, max: 700 }),
    state: fc.constantFrom('success' as const, 'pending' as const, 'error' as const),
  })
  fc.assert(
    fc.property(fc.constantFrom('debit' as const, 'preauthorize' as const), fc.array(step), (type, steps) => {
      const first = movement(type, 1000)
      const done: Movement[] = []
      for (const { type: kind, amountMinor, state } of steps) {
        const amount = kind === 'void' ? null : amountMinor
        const wish = { type: kind, amountMinor: amount, currency: amount === null ? null : 'EUR' }
        if (refusalOf(first, done, wish) === undefined) done.push(movement(kind, amount, state))
        const sum = (one: TransactionType) =>
          done
            .filter((each) => each.type === one && each.state !== 'error')
            .reduce((n, each) => n + (each.amountMinor ?? 0), 0)
        const taken = type === 'debit' ? 1000 : sum('capture')
        expect(sum('capture')).toBeLessThanOrEqual(1000 + sum('increment'))
        expect(sum('refund')).toBeLessThanOrEqual(taken)
        const { toCapture, toRefund } = remainingOf(first, done)
        expect(Math.min(toCapture, toRefund)).toBeGreaterThanOrEqual(0)
      }
    }),
    { numRuns: 500 },
  )
})

test('a purchase id is the day and the uuid; deposits count what was taken less what was given back', () => {
  expect(purchaseIdOf('4be07d21aa90c3f1e655', new Date('2026-11-20T23:59:59.000Z'))).toBe(
    '20261120-4be07d21aa90c3f1e655',
  )
  expect(depositOf({ type: 'debit', amountMinor: 5 })).toBe(5)
  expect(depositOf({ type: 'capture', amountMinor: 5 })).toBe(5)
  expect(depositOf({ type: 'refund', amountMinor: 5 })).toBe(-5)
  expect(depositOf({ type: 'preauthorize', amountMinor: 5 })).toBe(0)
})
