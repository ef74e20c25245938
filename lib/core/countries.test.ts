import countries from 'i18n-iso-countries'
import { expect, test } from 'vitest'
import { countryCodes, isCountry, toAlpha2, toAlpha3 } from './countries.ts'

test('the table is that of the library, in both directions', () => {
  const wanted = countries.getAlpha2Codes()
  expect(Object.fromEntries(countryCodes.map((code) => [code, toAlpha3(code)]))).toEqual(wanted)
  for (const [alpha2, alpha3] of Object.entries(wanted)) expect(toAlpha2(alpha3)).toBe(alpha2)
  expect(countryCodes.length).toBe(250)
})

test('nothing else is a country', () => {
  for (const code of ['', 'se', 'SWE', 'ZZ', 'UK', 'constructor', '__proto__']) expect(isCountry(code)).toBe(false)
  expect(toAlpha2('ZZZ')).toBeUndefined()
  expect(toAlpha2('US')).toBeUndefined()
})
