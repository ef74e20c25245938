'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { Timeline } from '#components/timeline'
import { Button } from '#components/ui/button'
import { Card } from '#components/ui/card'
import { EmptyState } from '#components/ui/empty-state'
import { Loading, SkeletonText } from '#components/ui/skeleton'
import { Switch } from '#components/ui/switch'
import { useDesk } from '../../desk.tsx'
import { QueryError } from '../../query-error.tsx'
import { type HistoryView, historyRead } from '../reads.ts'
import { timelineItem } from './happenings.tsx'

const PAGE = 25

type ActivityTabProps = { id: number; reads: boolean; onReads: (on: boolean) => void }

/** One stream of what happened, each change with before and after; who only looked can be shown, too. */
export function ActivityTab({ id, reads, onReads }: ActivityTabProps) {
  const { m } = useDesk()
  const inputOf = (before: number | undefined) => ({ id, changesOnly: !reads, limit: PAGE, ...(before && { before }) })
  const history = useInfiniteQuery({
    queryKey: ['customer-history', m, { id, changesOnly: !reads, pages: true }],
    queryFn: ({ pageParam, signal }) => historyRead(m, inputOf(pageParam)).queryFn({ signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page: HistoryView[]) => (page.length < PAGE ? undefined : page.at(-1)?.id),
  })
  const entries = history.data?.pages.flat()
  return (
    <Card
      title="Activity"
      action={<Switch label="Show reads" checked={reads} onChange={(event) => onReads(event.target.checked)} />}
    >
      {history.isError && !entries ? (
        <QueryError error={history.error} onRetry={() => void history.refetch()} retrying={history.isFetching} />
      ) : entries === undefined ? (
        <Loading label="activity">
          <SkeletonText lines={8} />
        </Loading>
      ) : entries.length === 0 ? (
        <EmptyState icon={History} title="Nothing happened yet">
          Every change to this customer appears here with who made it.
        </EmptyState>
      ) : (
        <>
          <Timeline label="Activity" items={entries.map((entry) => timelineItem(entry))} />
          {history.hasNextPage && (
            <Button className="mt-2" pending={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
              Show older
            </Button>
          )}
          {history.isFetchNextPageError && (
            <p role="alert" className="mt-2 text-danger-text">
              Older entries could not be loaded. Press “Show older” again.
            </p>
          )}
        </>
      )}
    </Card>
  )
}
