// The state of the team's sessions is the address; the list is short and filtered where it is shown.
import { z } from 'zod'
import type { TeamSession } from '../reads.ts'
import { sessionText } from '../session-text.ts'

export const SessionsAddress = z.object({
  q: z.string().max(200).catch(''),
  sort: z.enum(['name', '-name', 'since', '-since', 'active', '-active']).catch('-active'),
})
export type SessionsAddress = z.output<typeof SessionsAddress>

/** Reads an address; every field that is missing or broken takes its default. */
export const sessionsAddress = (params: URLSearchParams): SessionsAddress =>
  SessionsAddress.parse({ q: params.get('q') ?? '', sort: params.get('sort') })

export const SORTS: Readonly<Record<string, string>> = { person: 'name', since: 'since', active: 'active' }

const earlier = (one: string, other: string): number => Date.parse(one) - Date.parse(other)

/** The sessions that an address shows: any part of person, e-mail, device or network address. */
export function shownSessions(sessions: readonly TeamSession[], { q, sort }: SessionsAddress): TeamSession[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  const turn = sort.startsWith('-') ? -1 : 1
  const by = sort.replace('-', '')
  const order = (one: TeamSession, other: TeamSession) => {
    if (by === 'name') return one.staffName.localeCompare(other.staffName, 'en')
    return by === 'since' ? earlier(one.createdAt, other.createdAt) : earlier(one.lastActiveAt, other.lastActiveAt)
  }
  return sessions
    .filter((session) => {
      const text = `${session.staffName} ${session.staffEmail} ${session.ip} ${sessionText(session)}`.toLowerCase()
      return words.every((word) => text.includes(word))
    })
    .toSorted((one, other) => order(one, other) * turn)
}
