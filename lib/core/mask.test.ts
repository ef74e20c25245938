import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ageBand, isMasked, maskAddress, maskEmail, maskIban, maskName, maskPhone, maskText } from './mask.ts'

const anything = fc.string({ unit: 'binary', maxLength: 40 })

test.each([
  [maskName('Ada Lovelace'), 'A••• L•••'],
  [maskName('  Zoë  '), 'Z•••'],
  [maskName('👩‍🚀 Crew'), '👩••• C•••'],
  [maskName(''), ''],
  [maskEmail('ada@example.com'), 'a•••@e•••.com'],
  [maskEmail('ada@mail.example.co.uk'), 'a•••@m•••.uk'],
  [maskEmail('ada@localhost'), 'a•••@l•••'],
  [maskEmail('nonsense'), '••••'],
  [maskPhone('+44 20 7946 0012'), '+44 •••• ••12'],
  [maskPhone('+1 (212) 555-0199'), '+1 •••• ••99'],
  [maskPhone('+353 1 234 5678'), '+353 •••• ••78'],
  [maskPhone('020 7946 0012'), '•••• ••12'],
  [maskPhone('112'), '••••'],
  [maskIban('DE89 3704 0044 0532 0130 00'), 'DE•• … 3000'],
  [maskText(''), ''],
  [maskText('secret'), '••••'],
  [maskAddress({ city: 'Malmö', country: 'SE' }), 'Malmö, SE'],
  [maskAddress({ country: 'SE' }), 'SE'],
])('%s', (masked, wanted) => expect(masked).toBe(wanted))

test('age bands change on the birthday', () => {
  const now = new Date('2026-11-20T09:00:00Z')
  expect(ageBand('2008-11-21', now)).toBe('under 18')
  expect(ageBand('2008-11-20', now)).toBe('18–24')
  expect(ageBand('1990-04-02', now)).toBe('35–44')
  expect(ageBand('1961-11-20', now)).toBe('65+')
  expect(ageBand('1961-11-21', now)).toBe('55–64')
  expect(ageBand('2027-01-01', now)).toBeUndefined()
  expect(ageBand('soon', now)).toBeUndefined()
})

test('what was shown masked counts as unchanged, anything else does not', () => {
  expect(isMasked('A••• L•••', 'Ada Lovelace')).toBe(true)
  expect(isMasked('a•••@e•••.com', 'ada@example.com')).toBe(true)
  expect(isMasked('+44 •••• ••12', '+44 20 7946 0012')).toBe(true)
  expect(isMasked('B••• L•••', 'Ada Lovelace')).toBe(false)
  expect(isMasked('Ada Lovelace', 'Ada Lovelace')).toBe(false)
  expect(isMasked('••••', null)).toBe(false)
  expect(isMasked(7, 'Ada')).toBe(false)
})

test('no mask throws, shows more than five characters of its value in a row, or misses its own check', () => {
  fc.assert(
    fc.property(anything, fc.constantFrom(maskName, maskEmail, maskPhone, maskIban, maskText), (text, mask) => {
      const masked = mask(text)
      if (masked.includes('•') && masked !== text) expect(isMasked(masked, text)).toBe(true)
      expect(mask === maskName || masked === '' || masked.includes('•')).toBe(true)
      ageBand(text, new Date(0))
    }),
    { numRuns: 2000 },
  )
})
