import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { Suspense } from 'react'
import { listTransactionRows } from '#lib/transactions/desk'
import { DeskProvider } from '../desk.tsx'
import { deskOf, type PageDesk } from '../desk-of.ts'
import { keptTable } from '../kept-table.ts'
import { requirePermission } from '../require-permission.ts'
import { defaultView } from './default-view.ts'
import { listAddress, searchOf } from './list-address.ts'
import { ListSkeleton } from './list-skeleton.tsx'
import { transactionsRead } from './reads.ts'
import { TransactionList } from './transaction-list.tsx'

type Params = Record<string, string | string[] | undefined>
type Props = { searchParams: Promise<Params> }

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { merchant } = await deskOf(await searchParams)
  return { title: { absolute: `Transactions · ${merchant}` } }
}

/** Who may not see this learns it first, with the right status; the list itself may take its moment. */
export default async function TransactionsPage({ searchParams }: Props) {
  const params = await searchParams
  const desk = await deskOf(params)
  requirePermission(desk, 'transactions:read')
  return (
    <Suspense fallback={<ListSkeleton />}>
      <Transactions desk={desk} params={params} />
    </Suspense>
  )
}

type TransactionsProps = { desk: PageDesk; params: Params }

async function Transactions({ desk: { ctx, m, merchant, permissions, preferences }, params }: TransactionsProps) {
  const search = searchOf(listAddress(params))
  const client = new QueryClient()
  // What fails here is asked again by the browser, which shows why.
  await client.prefetchQuery({ ...transactionsRead(m, search), queryFn: () => listTransactionRows(ctx, search) })
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <DeskProvider m={m} permissions={permissions} merchant={merchant}>
        <TransactionList merchant={merchant} kept={keptTable(preferences, 'transactions', defaultView)} />
      </DeskProvider>
    </HydrationBoundary>
  )
}
