import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import type { Ctx } from '#lib/core/ctx'
import { appError } from '#lib/core/errors'
import { getProfile } from '#lib/profiles/queries'
import { getSharing } from '#lib/profiles/sharing'
import { type ProfileView, profileView } from '#lib/profiles/view'
import { DeskProvider } from '../../desk.tsx'
import { deskOf } from '../../desk-of.ts'
import { requirePermission } from '../../require-permission.ts'
import { profileRead, sharingRead } from '../reads.ts'
import { ProfileDetail } from './profile-detail.tsx'

type Params = Record<string, string | string[] | undefined>
type Props = { params: Promise<{ guid: string }>; searchParams: Promise<Params> }

/** The profile; undefined when there is none that this merchant sees. */
const find = cache(async (ctx: Ctx, guid: string): Promise<ProfileView | undefined> => {
  try {
    return profileView(await getProfile(ctx, { profileGuid: guid.slice(0, 100) }))
  } catch (err) {
    if (appError(err)?.code === 'PROFILE_NOT_FOUND') return undefined
    throw err
  }
})

const guidIn = async (params: Props['params']) => decodeURIComponent((await params).guid)

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { ctx, merchant, permissions } = await deskOf(await searchParams)
  const profile = permissions.includes('profiles:read') ? await find(ctx, await guidIn(params)) : undefined
  return { title: { absolute: `${profile?.profileGuid ?? 'Not found'} · Profiles · ${merchant}` } }
}

export default async function ProfilePage({ params, searchParams }: Props) {
  const search = await searchParams
  const guid = await guidIn(params)
  const desk = await deskOf(search)
  requirePermission(desk, 'profiles:read')
  const { ctx, m, merchant, permissions } = desk
  const profile = await find(ctx, guid)
  if (!profile) notFound()
  const { profileGuid } = profile
  if (profileGuid !== guid) {
    const query = Object.entries(search).flatMap(([name, value]) => [value ?? []].flat().map((each) => [name, each]))
    redirect(`/profiles/${profileGuid}?${new URLSearchParams(query)}`)
  }
  const client = new QueryClient()
  client.setQueryData(profileRead(m, profileGuid).queryKey, profile)
  await client.prefetchQuery({ ...sharingRead(m, profileGuid), queryFn: () => getSharing(ctx, { profileGuid }) })
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <DeskProvider m={m} permissions={permissions} merchant={merchant}>
        <ProfileDetail profileGuid={profileGuid} />
      </DeskProvider>
    </HydrationBoundary>
  )
}
