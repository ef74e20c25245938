// The reads of the access screens: one key and one question each, the same on the server and in the browser.
import type { InvitationView } from '#lib/access/invitations'
import type { ApiKeyView } from '#lib/access/keys'
import type { SessionView } from '#lib/access/sessions'
import type { MemberView } from '#lib/access/team'
import type { TeamSessionView } from '#lib/access/team-sessions'
import type { Json } from '#lib/core/json'
import type { Page } from '#lib/core/page'
import { fetchInternal } from '../internal.ts'

export type Member = Json<MemberView>
export type Invitation = Json<InvitationView>
export type StaffSession = Json<SessionView>
export type TeamSession = Json<TeamSessionView>
export type ApiKey = Json<ApiKeyView>
export type ApiKeyPage = Page<ApiKey>
export type KeySearch = { state: 'active' | 'all'; limit: number; cursor?: string }

const read = <T>(name: string, m: number, input: object) => ({
  queryKey: [name, m, input] as const,
  queryFn: ({ signal }: { signal?: AbortSignal } = {}) => fetchInternal<T>(name, m, input, signal),
})

export const teamRead = (m: number, tree: boolean) => read<Member[]>('team', m, { tree })
export const invitationsRead = (m: number) => read<Invitation[]>('invitations', m, {})
export const sessionsRead = (m: number, staffId?: number) =>
  read<StaffSession[]>('sessions', m, staffId === undefined ? {} : { staffId })
export const teamSessionsRead = (m: number) => read<TeamSession[]>('team-sessions', m, {})
export const keysRead = (m: number, search: KeySearch) => read<ApiKeyPage>('api-keys', m, search)
export const keyRead = (m: number, keyId: number) => read<ApiKey>('api-key', m, { keyId })

/** What a change of people or keys may touch; asked again after every one. */
export const ACCESS_READS: ReadonlySet<unknown> = new Set([
  'team',
  'invitations',
  'sessions',
  'team-sessions',
  'api-keys',
  'api-key',
])
