import { describe, expect, test } from 'vitest'
import { PERMISSIONS, type Permission, rolePermissions } from '#lib/core/permissions'
import { expiresAt, Networks, NewKeyForm } from './key-form.ts'
import { marksOf, usedLately } from './key-marks.ts'
import { keysAddress, searchOf } from './list-address.ts'
import { presetScopes, staxLacks } from './scope-presets.ts'

const now = new Date('2026-03-01T12:00:00.000Z')
const days = (count: number) => new Date(now.getTime() + count * 86_400_000).toISOString()
const live = {
  state: 'active' as const,
  expiresAt: null,
  lastUsedAt: days(-1),
  createdAt: days(-400),
  previousUntil: null,
}

test('marks at their exact limits', () => {
  expect(marksOf(live, now)).toEqual([])
  expect(marksOf({ ...live, expiresAt: days(14) }, now)).toEqual(['expiring'])
  expect(marksOf({ ...live, expiresAt: days(14.01) }, now)).toEqual([])
  expect(marksOf({ ...live, expiresAt: days(0) }, now)).toEqual(['expired'])
  expect(marksOf({ ...live, lastUsedAt: days(-90) }, now)).toEqual(['unused'])
  expect(marksOf({ ...live, lastUsedAt: days(-89.9) }, now)).toEqual([])
  expect(marksOf({ ...live, lastUsedAt: null }, now)).toEqual(['unused'])
  expect(marksOf({ ...live, lastUsedAt: null, createdAt: days(-3) }, now)).toEqual([])
  expect(marksOf({ ...live, previousUntil: days(1) }, now)).toEqual(['rotating'])
  expect(marksOf({ ...live, state: 'revoked', expiresAt: days(3) }, now)).toEqual(['revoked'])
  expect(usedLately({ lastUsedAt: days(-0.9) }, now)).toBe(true)
  expect(usedLately({ lastUsedAt: days(-1) }, now)).toBe(false)
})

describe('presets', () => {
  const holder = (set: ReadonlySet<Permission>) => (permission: Permission) => set.has(permission)
  const owner = holder(rolePermissions('owner'))
  const developer = holder(rolePermissions('developer'))

  test('never exceed their maker, and only a full maker makes a star', () => {
    expect(presetScopes('full', owner)).toEqual(['*'])
    expect(presetScopes('full', developer)).toEqual(PERMISSIONS.filter(developer))
    for (const preset of ['full', 'read', 'stax'] as const) {
      for (const scope of presetScopes(preset, developer)) expect(scope !== '*' && developer(scope)).toBe(true)
    }
    expect(presetScopes('read', owner).every((scope) => scope.endsWith(':read'))).toBe(true)
  })

  test('Stax says what its key would lack', () => {
    expect(staxLacks(owner)).toEqual([])
    expect(staxLacks(developer)).toContain('customers:write')
  })
})

test('networks by line or comma; a wrong one is named', () => {
  expect(Networks.parse('203.0.113.0/24, 2001:db8::/32\n203.0.113.0/24')).toEqual(['203.0.113.0/24', '2001:db8::/32'])
  expect(Networks.parse(' ')).toEqual([])
  expect(Networks.safeParse('10.0.0.300').error?.issues[0]?.message).toMatch(/“10.0.0.300”/)
})

test('expiry: never, days, a day that lies ahead', () => {
  expect(expiresAt({ expires: 'never', day: '' }, now)).toBeNull()
  expect(expiresAt({ expires: 'keep', day: '' }, now)).toBeUndefined()
  expect(expiresAt({ expires: '90', day: '' }, now)).toBe(days(90))
  expect(expiresAt({ expires: 'on', day: '2026-05-01' }, now)).toBe('2026-05-01T23:59:59.999Z')
  const form = { name: 'Till', networks: '', compatStatus200: false, preset: 'own', scopes: ['customers:read'] }
  const issue = (more: object) => NewKeyForm.safeParse({ ...form, expires: 'never', day: '', ...more }).error?.issues[0]
  expect(issue({})).toBeUndefined()
  expect(issue({ expires: 'on', day: '2020-01-01' })?.path).toEqual(['day'])
  expect(issue({ expires: 'on', day: '' })?.path).toEqual(['day'])
  expect(issue({ scopes: [] })?.path).toEqual(['scopes'])
})

test('an address that is broken shows the first page of active keys', () => {
  expect(searchOf(keysAddress({ state: 'dead', limit: '7' }))).toEqual({ state: 'active', limit: 25 })
  expect(searchOf(keysAddress(new URLSearchParams('state=all&limit=50&cursor=abc')))).toEqual({
    state: 'all',
    limit: 50,
    cursor: 'abc',
  })
})
