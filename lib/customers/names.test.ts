import fc from 'fast-check'
import { expect, test } from 'vitest'
import { derivedName, displayName, resolveNames, splitName } from './names.ts'

test.each([
  ['Mara Lindqvist', 'Mara', 'Lindqvist'],
  ['Ana María Silva', 'Ana María', 'Silva'],
  ['  Cher ', 'Cher', null],
  ['李 雷', '李', '雷'],
  ['', '', null],
])('%s is split at the last space', (name, firstName, lastName) =>
  expect(splitName(name)).toEqual({ firstName, lastName }),
)

const mara = { firstName: 'Mara', lastName: 'Lindqvist', company: 'Harbor', email: 'mara@example.com' }

test('a name is derived from first and last, else company, else e-mail', () => {
  expect(derivedName(mara)).toBe('Mara Lindqvist')
  expect(derivedName({ lastName: 'Lindqvist' })).toBe('Lindqvist')
  expect(derivedName({ company: 'Harbor', email: 'a@b.se' })).toBe('Harbor')
  expect(derivedName({ email: 'a@b.se' })).toBe('a@b.se')
  expect(derivedName({})).toBe('')
})

test('the display name follows while it equals what the others gave', () => {
  expect(displayName(mara)).toBe('Mara Lindqvist')
  expect(displayName({ ...mara, name: 'M. L.' })).toBe('M. L.')
  const follows = { ...mara, name: 'Mara Lindqvist' }
  expect(displayName({ ...mara, firstName: 'Maria' }, follows)).toBe('Maria Lindqvist')
  expect(displayName({ ...follows, firstName: 'Maria' }, follows)).toBe('Maria Lindqvist')
  expect(displayName({ ...mara, firstName: null, lastName: null }, follows)).toBe('Harbor')
  const own = { ...mara, name: 'M. L.' }
  expect(displayName({ ...mara, firstName: 'Maria' }, own)).toBe('M. L.')
  expect(displayName({ ...mara, name: null }, own)).toBe('Mara Lindqvist')
  expect(displayName({ ...mara, name: 'New' }, follows)).toBe('New')
})

test('a name is split once, and only for a customer without first and last', () => {
  expect(resolveNames({ name: 'Mara Lindqvist' })).toMatchObject({
    name: 'Mara Lindqvist',
    firstName: 'Mara',
    lastName: 'Lindqvist',
  })
  expect(resolveNames({ name: 'Mara L', firstName: 'Mara' })).toMatchObject({
    name: 'Mara L',
    firstName: 'Mara',
    lastName: null,
  })
  const stored = { ...mara, name: 'Mara Lindqvist' }
  expect(resolveNames({ name: 'New Name' }, stored)).toMatchObject({
    name: 'New Name',
    firstName: 'Mara',
    lastName: 'Lindqvist',
  })
  expect(resolveNames({ firstName: 'Maria' }, stored)).toMatchObject({ name: 'Maria Lindqvist' })
  expect(resolveNames({ name: 'Harbor Books', company: 'Harbor Books' })).toMatchObject({
    firstName: null,
    lastName: null,
  })
  const company = { name: 'Harbor Books', company: 'Harbor Books' }
  expect(resolveNames({ name: 'Harbor Books', company: 'Harbor' }, company)).toMatchObject({
    name: 'Harbor',
    firstName: null,
  })
  expect(resolveNames({})).toMatchObject({ name: '' })
})

test('splitting loses nothing but white space, and a write of nothing changes nothing', () => {
  const text = fc.option(fc.string({ unit: 'grapheme', maxLength: 12 }), { nil: null })
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (name) => {
      const { firstName, lastName } = splitName(name)
      expect((firstName + (lastName ?? '')).replace(/\s/gu, '')).toBe(name.replace(/\s/gu, ''))
    }),
  )
  fc.assert(
    fc.property(
      fc.record({ name: fc.string({ minLength: 1 }), firstName: text, lastName: text, company: text, email: text }),
      (stored) => {
        const { name, ...others } = stored
        expect(displayName(others, stored)).toBe(name)
        expect(displayName(stored, stored)).toBe(name)
      },
    ),
  )
})
