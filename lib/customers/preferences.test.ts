import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergePreferences, type Preferences } from './preferences.ts'

test('members merge one by one', () => {
  const before: Preferences = {
    currency: 'SEK',
    notifications: { email: true, sms: false },
    communication: { post: true },
  }
  expect(mergePreferences(before, { language: 'sv' })).toEqual({ ...before, language: 'sv' })
  expect(mergePreferences(before, { notifications: { sms: true } })).toEqual({
    ...before,
    notifications: { email: true, sms: true },
  })
  expect(mergePreferences(before, { notifications: { sms: null } })).toEqual({
    ...before,
    notifications: { email: true },
  })
  expect(mergePreferences(before, { currency: null })).toEqual({
    notifications: before.notifications,
    communication: { post: true },
  })
  expect(mergePreferences(before, { communication: null })).toEqual({
    currency: 'SEK',
    notifications: before.notifications,
  })
})

test('a boolean replaces an object and the reverse', () => {
  expect(mergePreferences({ notifications: { email: true } }, { notifications: false })).toEqual({
    notifications: false,
  })
  expect(mergePreferences({ notifications: false }, { notifications: { email: true } })).toEqual({
    notifications: { email: true },
  })
})

test('nothing left is null, nothing sent keeps', () => {
  expect(mergePreferences({ currency: 'SEK' }, { currency: null })).toBeNull()
  expect(mergePreferences({ notifications: { sms: true } }, { notifications: { sms: null } })).toBeNull()
  expect(mergePreferences({ currency: 'SEK' }, null)).toBeNull()
  expect(mergePreferences({ currency: 'SEK' }, undefined)).toEqual({ currency: 'SEK' })
  expect(mergePreferences(null, {})).toBeNull()
})

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const channels = fc.record({ email: fc.boolean(), sms: fc.boolean() }, { requiredKeys: [] })
const preferences = fc.record({
  currency: optional(fc.constantFrom('SEK', 'EUR')),
  notifications: optional(fc.oneof(fc.boolean(), channels)),
  communication: optional(channels),
})

test('sending the same twice, or what is stored, changes nothing, and the stored value is not touched', () => {
  fc.assert(
    fc.property(preferences, preferences, (stored, patch) => {
      const before = mergePreferences(null, stored)
      const copy = JSON.stringify(before)
      const once = mergePreferences(before, patch)
      expect(mergePreferences(once, patch)).toEqual(once)
      expect(mergePreferences(before, before ?? {})).toEqual(before)
      expect(JSON.stringify(before)).toBe(copy)
    }),
  )
})
