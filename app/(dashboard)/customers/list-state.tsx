'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { Users } from 'lucide-react'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { NoMatchState } from '#components/ui/no-match-state'
import { readError } from '../internal.ts'
import { QueryError } from '../query-error.tsx'
import type { CustomerPage } from './reads.ts'

type ListStateProps = {
  list: UseQueryResult<CustomerPage>
  /** The active filters in words. */
  said: readonly string[]
  q: string
  /** Whether this merchant has any customer at all. */
  any: boolean
  onClear: () => void
}

/** What stands where rows would: nothing yet, nothing that fits, or why it failed. */
export function ListState({ list, said, q, any, onClear }: ListStateProps) {
  const clear = <Button onClick={onClear}>Clear filters</Button>
  if (list.isError) {
    const { code, details } = readError(list.error)
    if (code === 'QUERY_INVALID') {
      const reason = typeof details?.reason === 'string' ? `: ${details.reason}` : ''
      return (
        <EmptyState role="alert" title="This search cannot be read" action={clear}>
          Something in “{q}” is not complete{reason}.
        </EmptyState>
      )
    }
    return <QueryError error={list.error} onRetry={() => void list.refetch()} retrying={list.isFetching} />
  }
  const filters = [...(q.trim() ? [`Search is “${q.trim()}”`] : []), ...said]
  if (filters.length > 0) return <NoMatchState filters={filters} clear={clear} />
  if (any) {
    return (
      <EmptyState icon={Users} title="No current customers">
        Every customer here is archived or erased. Filter by lifecycle to see them.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={Users} title="No customers yet">
      Customers appear here as soon as a system sends one, or you add the first with “Add customer”.
    </EmptyState>
  )
}
