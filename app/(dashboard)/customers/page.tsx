import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { Suspense } from 'react'
import { countCustomerFacets, listCustomerRows } from '#lib/customers/list'
import { DeskProvider } from '../desk.tsx'
import { deskOf, type PageDesk } from '../desk-of.ts'
import { keptTable } from '../kept-table.ts'
import { CustomerList } from './customer-list.tsx'
import { defaultView } from './default-view.ts'
import { listAddress, searchOf } from './list-address.ts'
import { ListSkeleton } from './list-skeleton.tsx'
import { customersRead, facetsRead } from './reads.ts'

type Params = Record<string, string | string[] | undefined>
type Props = { searchParams: Promise<Params> }

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { merchant } = await deskOf(await searchParams)
  return { title: { absolute: `Customers · ${merchant}` } }
}

/** Who may not see this learns it first, with the right status; the list itself may take its moment. */
export default async function CustomersPage({ searchParams }: Props) {
  const params = await searchParams
  const desk = await deskOf(params)
  return (
    <Suspense fallback={<ListSkeleton />}>
      <Customers desk={desk} params={params} />
    </Suspense>
  )
}

type CustomersProps = { desk: PageDesk; params: Params }

async function Customers({ desk: { ctx, m, merchant, permissions, preferences }, params }: CustomersProps) {
  const search = searchOf(listAddress(params))
  const client = new QueryClient()
  // What fails here is asked again by the browser, which shows why.
  await Promise.all([
    client.prefetchQuery({ ...customersRead(m, search), queryFn: () => listCustomerRows(ctx, search) }),
    client.prefetchQuery({ ...facetsRead(m), queryFn: () => countCustomerFacets(ctx, {}) }),
  ])
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <DeskProvider m={m} permissions={permissions} merchant={merchant}>
        <CustomerList merchant={merchant} kept={keptTable(preferences, 'customers', defaultView)} />
      </DeskProvider>
    </HydrationBoundary>
  )
}
