import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { Suspense } from 'react'
import { listContainers } from '#lib/containers/queries'
import { containerView } from '#lib/containers/view'
import { listProfileRows } from '#lib/profiles/list'
import { DeskProvider } from '../desk.tsx'
import { deskOf, type PageDesk } from '../desk-of.ts'
import { keptTable } from '../kept-table.ts'
import { requirePermission } from '../require-permission.ts'
import { defaultView } from './default-view.ts'
import { listAddress, searchOf } from './list-address.ts'
import { ListSkeleton } from './list-skeleton.tsx'
import { ProfileList } from './profile-list.tsx'
import { containersRead, profilesRead } from './reads.ts'

type Params = Record<string, string | string[] | undefined>
type Props = { searchParams: Promise<Params> }

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { merchant } = await deskOf(await searchParams)
  return { title: { absolute: `Profiles · ${merchant}` } }
}

/** Who may not see this learns it first, with the right status; the list itself may take its moment. */
export default async function ProfilesPage({ searchParams }: Props) {
  const params = await searchParams
  const desk = await deskOf(params)
  requirePermission(desk, 'profiles:read')
  return (
    <Suspense fallback={<ListSkeleton />}>
      <Profiles desk={desk} params={params} />
    </Suspense>
  )
}

type ProfilesProps = { desk: PageDesk; params: Params }

async function Profiles({ desk: { ctx, m, merchant, permissions, preferences }, params }: ProfilesProps) {
  const search = searchOf(listAddress(params))
  const client = new QueryClient()
  const containers = async () => (await listContainers(ctx, {})).map(containerView)
  // What fails here is asked again by the browser, which shows why.
  await Promise.all([
    client.prefetchQuery({ ...profilesRead(m, search), queryFn: () => listProfileRows(ctx, search) }),
    client.prefetchQuery({ ...containersRead(m), queryFn: containers }),
  ])
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <DeskProvider m={m} permissions={permissions} merchant={merchant}>
        <ProfileList merchant={merchant} kept={keptTable(preferences, 'profiles', defaultView)} />
      </DeskProvider>
    </HydrationBoundary>
  )
}
