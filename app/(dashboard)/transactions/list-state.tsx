'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { ArrowRightLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { NoMatchState } from '#components/ui/no-match-state'
import { QueryError } from '../query-error.tsx'
import type { TransactionPage } from './reads.ts'

type ListStateProps = {
  list: UseQueryResult<TransactionPage>
  /** The active filters in words. */
  said: readonly string[]
  q: string
  onClear: () => void
  /** What starts the first one, for whoever may. */
  start?: ReactNode
}

/** What stands where rows would: nothing yet, nothing that fits, or why it failed. */
export function ListState({ list, said, q, onClear, start }: ListStateProps) {
  if (list.isError) {
    return <QueryError error={list.error} onRetry={() => void list.refetch()} retrying={list.isFetching} />
  }
  const filters = [...(q.trim() ? [`Id is “${q.trim()}”`] : []), ...said]
  if (filters.length > 0) {
    return <NoMatchState filters={filters} clear={<Button onClick={onClear}>Clear filters</Button>} />
  }
  return (
    <EmptyState icon={ArrowRightLeft} title="No transactions yet" action={start}>
      Every debit, authorization, refund and registration over one of your connectors appears here at once.
    </EmptyState>
  )
}
