import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { listInvitations } from '#lib/access/invitations'
import { listStaff } from '#lib/access/team'
import { plain } from '#lib/core/json'
import { viewer } from '#lib/web/session'
import { DeskProvider } from '../../desk.tsx'
import { deskOf } from '../../desk-of.ts'
import { keptTable } from '../../kept-table.ts'
import { requirePermission } from '../../require-permission.ts'
import { invitationsRead, teamRead } from '../reads.ts'
import { defaultView } from './default-view.ts'
import { teamAddress } from './list-address.ts'
import { TeamScreen } from './team-screen.tsx'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { merchant } = await deskOf(await searchParams)
  return { title: { absolute: `Team · ${merchant}` } }
}

export default async function TeamPage({ searchParams }: Props) {
  const params = await searchParams
  const { ctx, m, merchant, permissions, preferences } = await deskOf(params)
  requirePermission({ permissions, merchant }, 'team:read')
  const tree = teamAddress(params).tree !== undefined
  const client = new QueryClient()
  const [who] = await Promise.all([
    viewer(),
    // What fails here is asked again by the browser, which shows why.
    client.prefetchQuery({ ...teamRead(m, tree), queryFn: async () => plain(await listStaff(ctx, { tree })) }),
    client.prefetchQuery({ ...invitationsRead(m), queryFn: async () => plain(await listInvitations(ctx, {})) }),
  ])
  const below = (who?.merchants ?? []).flatMap(({ parentId }) => parentId ?? [])
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <DeskProvider m={m} permissions={permissions} merchant={merchant}>
        <TeamScreen
          merchant={merchant}
          me={ctx.actor.id}
          parents={below}
          kept={keptTable(preferences, 'team', defaultView)}
        />
      </DeskProvider>
    </HydrationBoundary>
  )
}
