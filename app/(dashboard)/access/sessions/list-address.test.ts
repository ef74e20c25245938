import { expect, test } from 'vitest'
import type { TeamSession } from '../reads.ts'
import { sessionsAddress, shownSessions } from './list-address.ts'

const session = (id: number, staffName: string, given: Partial<TeamSession>): TeamSession => ({
  id,
  staffId: id,
  staffName,
  staffEmail: `${id}@harbor-books.example`,
  kind: 'web',
  device: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  ip: '203.0.113.7',
  createdAt: '2026-03-01T08:00:00.000Z',
  lastActiveAt: '2026-03-01T09:00:00.000Z',
  expiresAt: '2026-03-01T20:00:00.000Z',
  ...given,
})
const team = [
  session(1, 'Ada Lovelace', { lastActiveAt: '2026-03-01T10:00:00.000Z' }),
  session(2, 'Mara Lindqvist', { kind: 'api', device: 'curl/8.5.0', ip: '198.51.100.4' }),
  session(3, 'Bo Ek', { createdAt: '2026-03-01T07:00:00.000Z', lastActiveAt: '2026-03-01T09:30:00.000Z' }),
]
const shown = (query: string) => shownSessions(team, sessionsAddress(new URLSearchParams(query))).map(({ id }) => id)

test('last used first, or as the address says', () => {
  expect(shown('')).toEqual([1, 3, 2])
  expect(shown('sort=active')).toEqual([2, 3, 1])
  expect(shown('sort=since')).toEqual([3, 1, 2])
  expect(shown('sort=name')).toEqual([1, 3, 2])
  expect(shown('sort=colour')).toEqual([1, 3, 2])
})

test('found by person, device, kind and address', () => {
  expect(shown('q=firefox+linux')).toEqual([1, 3])
  expect(shown('q=token')).toEqual([2])
  expect(shown('q=198.51')).toEqual([2])
  expect(shown('q=2@harbor')).toEqual([2])
})
