import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { listApiKeys } from '#lib/access/keys'
import { plain } from '#lib/core/json'
import { DeskProvider } from '../../desk.tsx'
import { deskOf } from '../../desk-of.ts'
import { keptTable } from '../../kept-table.ts'
import { requirePermission } from '../../require-permission.ts'
import { keysRead } from '../reads.ts'
import { defaultView } from './default-view.ts'
import { KeysScreen } from './keys-screen.tsx'
import { keysAddress, searchOf } from './list-address.ts'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { merchant } = await deskOf(await searchParams)
  return { title: { absolute: `API keys · ${merchant}` } }
}

export default async function KeysPage({ searchParams }: Props) {
  const params = await searchParams
  const { ctx, m, merchant, permissions, preferences } = await deskOf(params)
  requirePermission({ permissions, merchant }, 'keys:read')
  const search = searchOf(keysAddress(params))
  const client = new QueryClient()
  // What fails here is asked again by the browser, which shows why.
  await client.prefetchQuery({ ...keysRead(m, search), queryFn: async () => plain(await listApiKeys(ctx, search)) })
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <DeskProvider m={m} permissions={permissions} merchant={merchant}>
        <KeysScreen merchant={merchant} kept={keptTable(preferences, 'keys', defaultView)} />
      </DeskProvider>
    </HydrationBoundary>
  )
}
