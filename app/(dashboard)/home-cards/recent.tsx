'use client'

import { useQuery } from '@tanstack/react-query'
import { TextLink } from '#components/ui/button'
import { Card } from '#components/ui/card'
import { DateTime } from '#components/ui/date-time'
import { useNow } from '#components/ui/format-provider'
import { Loading, SkeletonText } from '#components/ui/skeleton'
import type { CustomerListRow } from '#lib/customers/list'
import { InstrumentLine } from '../customers/badges.tsx'
import { useDesk } from '../desk.tsx'
import { QueryError } from '../query-error.tsx'
import { currentHref } from './links.ts'
import { RECENT, recentRead } from './reads.ts'

/** The customers added last. */
export function Recent() {
  const { m } = useDesk()
  const recent = useQuery(recentRead(m))
  const rows = recent.data?.data
  return (
    <Card
      title="Recent customers"
      action={
        <TextLink href={currentHref(m)} prefetch={false} className="shrink-0">
          View all
        </TextLink>
      }
    >
      {recent.isError ? (
        <QueryError error={recent.error} onRetry={() => void recent.refetch()} retrying={recent.isFetching} />
      ) : rows === undefined ? (
        <Loading label="recent customers">
          <SkeletonText lines={RECENT.limit} />
        </Loading>
      ) : rows.length === 0 ? (
        <p className="text-muted">Customers appear here as soon as a system sends one or a colleague adds one.</p>
      ) : (
        <ul>
          {rows.map((row) => (
            <RecentRow key={row.id} row={row} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function RecentRow({ row }: { row: CustomerListRow }) {
  const { m } = useDesk()
  const now = useNow()
  return (
    <li className="grid gap-x-4 border-b py-2 last:border-b-0 sm:grid-cols-[minmax(0,2fr)_minmax(0,2fr)_12rem] sm:items-center">
      <span className="min-w-0">
        <TextLink href={`/customers/${row.id}?m=${m}`} prefetch={false} className="block truncate font-medium">
          <bdi>{row.name}</bdi>
        </TextLink>
        {row.email && row.email !== row.name && <bdi className="block truncate text-small text-muted">{row.email}</bdi>}
      </span>
      <span className="min-w-0 truncate text-small empty:hidden">
        {row.instrument && <InstrumentLine instrument={row.instrument} now={now} />}
      </span>
      <span className="text-small whitespace-nowrap text-muted sm:col-start-3 sm:text-end">
        <DateTime at={row.createdAt} relative />
      </span>
    </li>
  )
}
