import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clean, codePoints, fold, foldEmail, hasControl, hasLoneSurrogate } from './text.ts'

const anything = fc.string({ unit: 'binary', maxLength: 60 })

describe('fold', () => {
  test.each([
    ['Bjørn', 'bjorn'],
    ['Łódź', 'lodz'],
    ['Đorđe', 'dorde'],
    ['STRASSE', 'strasse'],
    ['Straße', 'strasse'],
    ['STRAẞE', 'strasse'],
    ['Ærøskøbing', 'aeroskobing'],
    ['Œuvre', 'oeuvre'],
    ['İstanbul Işık', 'istanbul isik'],
    ['ＡＢＣ１２３', 'abc123'],
    ['Ὀδυσσεύς', 'οδυσσευσ'],
    ['José', 'jose'],
    ['José', 'jose'],
    ['한국', '한국'.normalize('NFKD')],
  ])('%s is %s', (text, folded) => expect(fold(text)).toBe(folded))

  test('is stable, and blind to case and composition', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const folded = fold(text)
        expect(fold(folded)).toBe(folded)
        expect(fold(text.normalize('NFC'))).toBe(fold(text.normalize('NFD')))
      }),
      { numRuns: 2000 },
    )
  })
})

test('clean trims, composes and is stable', () => {
  expect(clean(' \t Jose\u0301\u00a0\n')).toBe('José')
  fc.assert(
    fc.property(anything, (text) => {
      expect(clean(clean(text))).toBe(clean(text))
    }),
  )
})

test('control characters are found, line breaks pass in long texts only', () => {
  for (const bad of ['a\0b', 'a\x1bb', 'a\x7fb', 'a\x85b', 'tab\there']) {
    expect(hasControl(bad)).toBe(true)
    expect(hasControl(bad, { multiline: true })).toBe(true)
  }
  expect(hasControl('a\r\nb')).toBe(true)
  expect(hasControl('a\r\nb', { multiline: true })).toBe(false)
  expect(hasControl('Zoë 🧾 नमस्ते')).toBe(false)
})

test('code points are counted as the string iterator does, also with broken pairs', () => {
  expect(codePoints('👩‍🚀é')).toBe(4)
  expect(hasLoneSurrogate('a\ud83d')).toBe(true)
  expect(hasLoneSurrogate('a😀')).toBe(false)
  const units = fc.array(fc.constantFrom('a', '\ud83d', '\ude00', '😀', 'é')).map((parts) => parts.join(''))
  fc.assert(
    fc.property(units, (text) => {
      expect(codePoints(text)).toBe([...text].length)
    }),
  )
})

test('e-mail addresses compare without case and width, but keep their accents', () => {
  expect(foldEmail(' Mara@Example.COM ')).toBe('mara@example.com')
  expect(foldEmail('ｍara@example.com')).toBe('mara@example.com')
  expect(foldEmail('josé@example.com')).not.toBe(foldEmail('jose@example.com'))
  fc.assert(
    fc.property(anything, (text) => {
      expect(foldEmail(foldEmail(text))).toBe(foldEmail(text))
    }),
  )
})
