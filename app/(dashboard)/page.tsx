import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { Suspense } from 'react'
import { getFirstSteps, getHomeFigures } from '#lib/analytics/home'
import { listCustomerRows } from '#lib/customers/list'
import { DeskProvider } from './desk.tsx'
import { deskOf, type PageDesk } from './desk-of.ts'
import { dismissedKey } from './home-cards/dismissed.ts'
import { Home } from './home-cards/home.tsx'
import { HomeSkeleton } from './home-cards/home-skeleton.tsx'
import { firstStepsRead, homeRead, RECENT, recentRead } from './home-cards/reads.ts'
import { requirePermission } from './require-permission.ts'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { merchant } = await deskOf(await searchParams)
  return { title: { absolute: `Home · ${merchant}` } }
}

export default async function HomePage({ searchParams }: Props) {
  const desk = await deskOf(await searchParams)
  requirePermission(desk, 'customers:read')
  return (
    <Suspense fallback={<HomeSkeleton merchant={desk.merchant} />}>
      <Cards desk={desk} />
    </Suspense>
  )
}

async function Cards({ desk: { ctx, m, merchant, permissions, preferences } }: { desk: PageDesk }) {
  const client = new QueryClient()
  const dismissed = preferences[dismissedKey(m)] === true
  // What fails here is asked again by the browser, which shows why; the other cards do not wait for it.
  await Promise.all([
    client.prefetchQuery({ ...homeRead(m), queryFn: () => getHomeFigures(ctx, {}) }),
    client.prefetchQuery({ ...recentRead(m), queryFn: () => listCustomerRows(ctx, RECENT) }),
    ...(dismissed ? [] : [client.prefetchQuery({ ...firstStepsRead(m), queryFn: () => getFirstSteps(ctx, {}) })]),
  ])
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <DeskProvider m={m} permissions={permissions} merchant={merchant}>
        <Home merchant={merchant} dismissed={dismissed} />
      </DeskProvider>
    </HydrationBoundary>
  )
}
