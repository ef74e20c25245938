import { expect, test } from 'vitest'
import type { Role } from '#lib/core/permissions'
import type { Member } from '../reads.ts'
import { filtersOf, parametersOf, shownMembers, teamAddress } from './list-address.ts'

const member = (id: number, name: string, role: Role, given: Partial<Member> = {}): Member => ({
  id,
  name,
  email: `${id}@harbor-books.example`,
  suspendedAt: null,
  lastSeenAt: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  version: 1,
  memberships: [{ merchantId: 1, merchantName: 'Harbor Books', role }],
  ...given,
})
const team = [
  member(1, 'Zoë Åkesson', 'owner', { lastSeenAt: '2026-03-02T10:00:00.000Z' }),
  member(2, 'Ada Lovelace', 'analyst', { suspendedAt: '2026-03-01T00:00:00.000Z' }),
  member(3, 'Mara Lindqvist', 'support', { lastSeenAt: '2026-03-05T10:00:00.000Z' }),
]
const shown = (query: string) => shownMembers(team, teamAddress(new URLSearchParams(query))).map(({ id }) => id)

test('by name, by last seen, and both turned around', () => {
  expect(shown('')).toEqual([2, 3, 1])
  expect(shown('sort=-name')).toEqual([1, 3, 2])
  expect(shown('sort=lastSeen')).toEqual([2, 1, 3])
  expect(shown('sort=-lastSeen')).toEqual([3, 1, 2])
})

test('search knows no accents; one filter tells who sees personal data', () => {
  expect(shown('q=zoe+ake')).toEqual([1])
  expect(shown('q=3@harbor')).toEqual([3])
  expect(shown('pii=yes')).toEqual([3, 1])
  expect(shown('pii=no')).toEqual([2])
  expect(shown('state=suspended')).toEqual([2])
  expect(shown('role=owner&role=support')).toEqual([3, 1])
})

test('broken values fall back, and chips go there and back', () => {
  expect(teamAddress({ sort: 'age', panel: 'x', member: '-4', role: ['king', 'owner'] })).toMatchObject({
    sort: 'name',
    panel: undefined,
    member: undefined,
    role: ['owner'],
  })
  const address = teamAddress(new URLSearchParams('role=admin&pii=no'))
  expect(parametersOf(filtersOf(address))).toEqual({ role: ['admin'], pii: ['no'], state: [] })
})
