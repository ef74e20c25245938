import { describe, expect, test } from 'vitest'
import {
  dateText,
  dateTimeText,
  defaultFormat,
  durationText,
  moneyText,
  numberText,
  relativeText,
  sizeText,
} from './format-value.tsx'

const berlin = { ...defaultFormat, timeZone: 'Europe/Berlin' }
const newYork = { ...defaultFormat, timeZone: 'America/New_York' }

describe('times', () => {
  test('stand in the zone of the reader, with its abbreviation', () => {
    const at = new Date('2026-03-12T13:05:00Z')
    expect(dateTimeText(at, berlin)).toBe('12 Mar 2026, 14:05 CET')
    expect(dateTimeText(at, newYork)).toBe('12 Mar 2026, 09:05 EDT')
    expect(dateTimeText(at, { ...berlin, hourCycle: 'h12' })).toMatch(/02:05\s?pm CET/)
  })

  test('both nights of the clock change', () => {
    expect(dateTimeText(new Date('2026-03-29T00:59:00Z'), berlin)).toBe('29 Mar 2026, 01:59 CET')
    expect(dateTimeText(new Date('2026-03-29T01:00:00Z'), berlin)).toBe('29 Mar 2026, 03:00 CEST')
    expect(dateTimeText(new Date('2026-10-25T00:30:00Z'), berlin)).toBe('25 Oct 2026, 02:30 CEST')
    expect(dateTimeText(new Date('2026-10-25T01:30:00Z'), berlin)).toBe('25 Oct 2026, 02:30 CET')
  })

  test('dates without a time never shift', () => {
    for (const format of [berlin, newYork]) expect(dateText('1815-12-10', format)).toBe('10 Dec 1815')
  })

  test('relative only within seven days', () => {
    const now = new Date('2026-03-12T12:00:00Z')
    const ago = (ms: number) => relativeText(new Date(now.getTime() - ms), now)
    expect(ago(20_000)).toBe('just now')
    expect(ago(3 * 3_600_000)).toBe('3 h ago')
    expect(ago(86_400_000)).toBe('1 day ago')
    expect(ago(-2 * 86_400_000)).toBe('in 2 days')
    expect(ago(8 * 86_400_000)).toBeUndefined()
  })
})

describe('money', () => {
  test.each([
    [1999, 'EUR', '€19.99'],
    [-1999, 'USD', '−US$19.99'],
    [5, 'EUR', '€0.05'],
    [1999, 'JPY', 'JP¥1,999'],
    [1999, 'KWD', 'KWD 1.999'],
    [9_007_199_254_740_993n, 'EUR', '€90,071,992,547,409.93'],
    [12, 'points', '12 points'],
  ])('%s %s is %s', (amountMinor, currency, text) => {
    expect(moneyText(amountMinor, currency, defaultFormat).replaceAll('\u00a0', ' ')).toBe(text)
  })
})

test('numbers, durations and sizes', () => {
  expect(numberText(12_400, defaultFormat)).toBe('12,400')
  expect(numberText(12_400, defaultFormat, 'compact')).toMatch(/^12\.4k$/i)
  expect(numberText(0.042, defaultFormat, 'percent')).toBe('4.2%')
  expect(numberText(0.424, defaultFormat, 'percent')).toBe('42%')
  expect([durationText(850), durationText(80_000), durationText(7_500_000)]).toEqual([
    '850 ms',
    '1 min 20 s',
    '2 h 5 min',
  ])
  expect([sizeText(640), sizeText(3_400_000)]).toEqual(['640 B', '3.4 MB'])
})
