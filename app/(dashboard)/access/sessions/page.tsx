import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { listSessions } from '#lib/access/sessions'
import { listTeamSessions } from '#lib/access/team-sessions'
import { plain } from '#lib/core/json'
import { sessionIn } from '#lib/web/cookie'
import { DeskProvider } from '../../desk.tsx'
import { deskOf } from '../../desk-of.ts'
import { keptTable } from '../../kept-table.ts'
import { sessionsRead, teamSessionsRead } from '../reads.ts'
import { SessionsScreen } from './sessions-screen.tsx'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { merchant } = await deskOf(await searchParams)
  return { title: { absolute: `Sessions · ${merchant}` } }
}

export default async function SessionsPage({ searchParams }: Props) {
  const { ctx, m, merchant, permissions, preferences } = await deskOf(await searchParams)
  const client = new QueryClient()
  const current = await sessionIn(await headers())
  await Promise.all([
    client.prefetchQuery({ ...sessionsRead(m), queryFn: async () => plain(await listSessions(ctx, {})) }),
    ...(permissions.includes('team:read')
      ? [client.prefetchQuery({ ...teamSessionsRead(m), queryFn: async () => plain(await listTeamSessions(ctx, {})) })]
      : []),
  ])
  const kept = keptTable(preferences, 'sessions', { hidden: [], order: [], density: 'regular' })
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <DeskProvider m={m} permissions={permissions} merchant={merchant}>
        <SessionsScreen merchant={merchant} me={ctx.actor.id} currentId={current?.id} kept={kept} />
      </DeskProvider>
    </HydrationBoundary>
  )
}
