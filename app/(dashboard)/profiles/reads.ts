// The reads of the profiles' screens: one key and one question each, the same on the server and in the browser.
import type { ContainerView } from '#lib/containers/view'
import type { Page } from '#lib/core/page'
import type { ProfileListRow } from '#lib/profiles/list'
import type { ProfileSearch } from '#lib/profiles/schema'
import type { Sharing } from '#lib/profiles/sharing'
import type { ProfileView } from '#lib/profiles/view'
import { fetchInternal } from '../internal.ts'

export type ProfilePage = Page<ProfileListRow>
export type DeletionImpact = { instruments: number; merchants: number }

const read = <T>(name: string, m: number, input: object) => ({
  queryKey: [name, m, input] as const,
  queryFn: ({ signal }: { signal?: AbortSignal } = {}) => fetchInternal<T>(name, m, input, signal),
})

// Payments make profiles all day: what a list shows is asked again whenever it is looked at again.
export const profilesRead = (m: number, search: ProfileSearch) => ({
  ...read<ProfilePage>('profiles', m, search),
  staleTime: 2000,
})
export const containersRead = (m: number) => ({ ...read<ContainerView[]>('containers', m, {}), staleTime: 60_000 })
export const profileRead = (m: number, profileGuid: string) => ({
  ...read<ProfileView>('profile', m, { profileGuid }),
  staleTime: 10_000,
})
export const sharingRead = (m: number, profileGuid: string) => ({
  ...read<Sharing>('profile-sharing', m, { profileGuid }),
  staleTime: 10_000,
})
export const impactRead = (m: number, profileGuid: string) =>
  read<DeletionImpact>('profile-deletion-impact', m, { profileGuid })
