import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { cache, Suspense } from 'react'
import type { Ctx } from '#lib/core/ctx'
import { plain } from '#lib/core/json'
import { findDuplicatesOf, listCustomerProfiles } from '#lib/customers/look-up'
import { listNotes } from '#lib/customers/notes'
import { findCustomerId, getCustomer, listHistory } from '#lib/customers/queries'
import { customerView } from '#lib/customers/view'
import { env } from '#lib/env'
import { DeskProvider } from '../../desk.tsx'
import { deskOf, type PageDesk } from '../../desk-of.ts'
import { customerRead, duplicatesOfRead, historyRead, notesRead, profilesOfRead } from '../reads.ts'
import { CustomerDetail } from './customer-detail.tsx'
import { detailAddress, RECENT, type Tab } from './detail-address.ts'
import { DetailSkeleton } from './detail-skeleton.tsx'

type Params = Record<string, string | string[] | undefined>
type Props = { params: Promise<{ id: string }>; searchParams: Promise<Params> }

const find = cache((ctx: Ctx, identity: string) => findCustomerId(ctx, { identity }))
const readOnce = cache(async (ctx: Ctx, id: number) => customerView(await getCustomer(ctx, { id })))

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { ctx, merchant } = await deskOf(await searchParams)
  const id = await find(ctx, decodeURIComponent((await params).id))
  if (id === undefined) return { title: { absolute: `Not found · Customers · ${merchant}` } }
  const { name } = await readOnce(ctx, id)
  return { title: { absolute: `${name} · Customers · ${merchant}` } }
}

/** The same page under the one address that every customer has, whatever identity was asked for. */
function canonical(id: number, search: Params): string {
  const query = new URLSearchParams(
    Object.entries(search).flatMap(([name, value]) => [value ?? []].flat().map((each) => [name, each])),
  )
  return query.size > 0 ? `/customers/${id}?${query}` : `/customers/${id}`
}

/** Whether there is such a customer, and under which address, is known before the first byte; its record may follow. */
export default async function CustomerPage({ params, searchParams }: Props) {
  const search = await searchParams
  const identity = decodeURIComponent((await params).id)
  const desk = await deskOf(search)
  const id = await find(desk.ctx, identity)
  if (id === undefined) notFound()
  if (String(id) !== identity) redirect(canonical(id, search))
  return (
    <Suspense fallback={<DetailSkeleton />}>
      <Record id={id} tab={detailAddress(search).tab} desk={desk} />
    </Suspense>
  )
}

async function Record({ id, tab, desk }: { id: number; tab: Tab; desk: PageDesk }) {
  const { ctx, m, merchant, permissions } = desk
  const client = new QueryClient()
  client.setQueryData(customerRead(m, id).queryKey, await readOnce(ctx, id))
  const recent = { id, changesOnly: true, limit: RECENT }
  // The other tabs load by themselves and fail alone; only the first is worth a place in the first answer.
  const overview = () => [
    client.prefetchQuery({ ...notesRead(m, id), queryFn: async () => plain(await listNotes(ctx, { customerId: id })) }),
    client.prefetchQuery({ ...historyRead(m, recent), queryFn: async () => plain(await listHistory(ctx, recent)) }),
  ]
  await Promise.all([
    client.prefetchQuery({ ...duplicatesOfRead(m, id), queryFn: () => findDuplicatesOf(ctx, { id }) }),
    client.prefetchQuery({ ...profilesOfRead(m, id), queryFn: () => listCustomerProfiles(ctx, { customerId: id }) }),
    ...(tab === 'overview' ? overview() : []),
  ])
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <DeskProvider m={m} permissions={permissions} merchant={merchant}>
        <CustomerDetail id={id} apiBase={`${env.publicUrl}/api`} />
      </DeskProvider>
    </HydrationBoundary>
  )
}
