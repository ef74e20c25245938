import { expect, test } from 'vitest'
import { Currency, parseAmount } from './amount.ts'

test('an amount is read with either separator and the decimals of its currency', () => {
  expect(parseAmount(' 12,5 ', 'EUR')).toEqual({ amountMinor: 1250 })
  expect(parseAmount('1200', 'JPY')).toEqual({ amountMinor: 1200 })
  expect(parseAmount('1.234', 'KWD')).toEqual({ amountMinor: 1234 })
  expect(parseAmount('12.5', 'JPY')).toEqual({ fault: 'JPY has no decimals.' })
  expect(parseAmount('12.345', 'EUR')).toEqual({ fault: 'EUR has 2 decimals at most.' })
  expect(parseAmount('0', 'EUR')).toEqual({ fault: 'The amount must be greater than zero.' })
  for (const text of ['', 'ten', '-1x', '1e3']) expect(parseAmount(text, 'EUR')).toHaveProperty('fault')
})

test('a currency is a known code in any case', () => {
  expect(Currency.parse(' eur ')).toBe('EUR')
  expect(Currency.safeParse('EURO').success).toBe(false)
})
