import { describe, expect, test } from 'vitest'
import { PERMISSIONS, ROLES, type Role, rolePermissions } from '#lib/core/permissions'
import { deviceText } from './device.ts'
import { problemOf, sentenceOf } from './outcome.ts'
import { grantableRoles, raises, rightsChange } from './rights.ts'
import { groupsOf, permissionText, scopeSentence } from './words.ts'

const holding = (role: Role) => (permission: (typeof PERMISSIONS)[number]) => rolePermissions(role).has(permission)

describe('rights', () => {
  test('an owner hands out every role, an admin all but owner, others none above themselves', () => {
    expect(grantableRoles(holding('owner'))).toEqual([...ROLES])
    expect(grantableRoles(holding('admin'))).toEqual(ROLES.filter((role) => role !== 'owner'))
    expect(grantableRoles(holding('developer'))).toEqual(['developer'])
  })

  test('gained and lost are exact, opposite in the other direction, and empty for the same role', () => {
    const { gained, lost } = rightsChange('support', 'developer')
    expect(lost).toContain('pii:read')
    expect(gained).toContain('keys:write')
    expect(rightsChange('developer', 'support')).toEqual({ gained: lost, lost: gained })
    for (const role of ROLES) expect(rightsChange(role, role)).toEqual({ gained: [], lost: [] })
    expect(raises('owner', 'admin')).toBe(false)
    expect(raises('admin', 'owner')).toBe(true)
  })
})

describe('words', () => {
  test('every permission stands in exactly one group and has a sentence of its own', () => {
    expect(
      groupsOf(PERMISSIONS)
        .flatMap(({ permissions }) => permissions)
        .sort(),
    ).toEqual([...PERMISSIONS].sort())
    expect(new Set(PERMISSIONS.map(permissionText)).size).toBe(PERMISSIONS.length)
  })

  test('scopes as a sentence', () => {
    expect(scopeSentence(['*'])).toMatch(/^Does everything/)
    expect(scopeSentence(['customers:read', 'profiles:read', 'customers:write', 'pii:read'])).toBe(
      'Sees customers and profiles; changes customers; may see contact data in clear.',
    )
    expect(scopeSentence(PERMISSIONS.filter((one) => one.endsWith(':read') && one !== 'pii:read'))).toBe(
      'Sees everything.',
    )
    expect(scopeSentence([])).toBe('Does nothing.')
  })
})

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0',
    'Edge on Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1',
    'Safari on iOS',
  ],
  [
    'Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
    'Chrome on Android',
  ],
  ['curl/8.5.0', 'curl'],
  ['', 'Unknown device'],
])('%s', (agent, words) => {
  expect(deviceText(agent)).toBe(words)
})

test('refusals name the reason', () => {
  const refusal = (code: string, details = {}) => ({
    code,
    message: 'A permission is missing',
    details,
    requestId: 'req_1',
  })
  expect(sentenceOf(refusal('PERMISSION_MISSING', { permission: 'team:own', reason: 'own_role' }))).toMatch(/own role/)
  expect(sentenceOf(refusal('LAST_OWNER'))).toMatch(/last active owner/)
  expect(sentenceOf(refusal('INTERNAL'))).toMatch(/Request req_1/)
  const fields = [{ path: 'networks.1', message: 'must be an IP address' }]
  expect(problemOf(refusal('VALIDATION_ERROR', { fields })).fields).toEqual({ networks: 'Must be an IP address' })
})
