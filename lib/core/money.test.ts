import fc from 'fast-check'
import { expect, test } from 'vitest'
import { currencyCodes, currencyDecimals, fromDecimal, isCurrency, toDecimal, toDouble } from './money.ts'

const currency = fc.constantFrom(...currencyCodes)

test('decimals follow ISO 4217, not what is usual on a screen', () => {
  const wanted = { EUR: 2, JPY: 0, KWD: 3, CLF: 4, HUF: 2, IQD: 3, ISK: 0, UGX: 0, LAK: 2, MRU: 2 }
  for (const [code, decimals] of Object.entries(wanted))
    expect([code, currencyDecimals(code)]).toEqual([code, decimals])
})

test('every currency of the runtime is known, others are not', () => {
  const runtime = Intl.supportedValuesOf('currency').filter((code) => !code.startsWith('X') && !isCurrency(code))
  expect(runtime).toEqual([])
  for (const code of ['eur', 'EURO', 'XXX', 'XTS', 'ZZZ', '', '__proto__', 'constructor'])
    expect(isCurrency(code)).toBe(false)
})

test('minor units, decimal strings and doubles', () => {
  expect(toDecimal(1999, 'EUR')).toBe('19.99')
  expect(toDecimal(5, 'EUR')).toBe('0.05')
  expect(toDecimal(-5, 'KWD')).toBe('-0.005')
  expect(toDecimal(500, 'JPY')).toBe('500')
  expect(toDouble(1999, 'EUR')).toBe(19.99)
  expect(Object.is(toDouble(0, 'EUR'), 0)).toBe(true)
  expect(fromDecimal('65.00', 'EUR')).toEqual({ amountMinor: 6500 })
  expect(fromDecimal('9.9', 'EUR')).toEqual({ amountMinor: 990 })
  expect(fromDecimal('7', 'EUR')).toEqual({ amountMinor: 700 })
  expect(fromDecimal('1.999', 'EUR')).toEqual({ fault: 'decimals' })
  expect(fromDecimal('1.0', 'JPY')).toEqual({ fault: 'decimals' })
  expect(fromDecimal('1.0', 'ZZZ')).toEqual({ fault: 'currency' })
  expect(fromDecimal('99999999999999999', 'EUR')).toEqual({ fault: 'range' })
  for (const text of ['', '.', '1.', '.5', '1,00', '1e3', ' 1', '1\n', '+1', 'NaN', '0x1']) {
    expect(fromDecimal(text, 'EUR')).toEqual({ fault: 'format' })
  }
})

test('an amount survives both round trips, and nothing throws', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), currency, (amountMinor, code) => {
      expect(fromDecimal(toDecimal(amountMinor, code), code)).toEqual({ amountMinor: amountMinor + 0 })
    }),
  )
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), currency, (amountMinor, code) => {
      expect(Math.round(toDouble(amountMinor, code) * 10 ** currencyDecimals(code)) + 0).toBe(amountMinor + 0)
    }),
  )
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, code) => {
      expect(fromDecimal(text, code)).toBeDefined()
    }),
  )
})
