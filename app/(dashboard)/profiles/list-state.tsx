'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { WalletCards } from 'lucide-react'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { NoMatchState } from '#components/ui/no-match-state'
import { QueryError } from '../query-error.tsx'
import type { ProfilePage } from './reads.ts'

type ListStateProps = {
  list: UseQueryResult<ProfilePage>
  /** The active filters in words. */
  said: readonly string[]
  q: string
  /** Whether the merchant sees any container; undefined while nobody knows. */
  containers: number | undefined
  onClear: () => void
}

/** What stands where rows would: nothing yet, nothing that fits, or why it failed. */
export function ListState({ list, said, q, containers, onClear }: ListStateProps) {
  if (list.isError) {
    return <QueryError error={list.error} onRetry={() => void list.refetch()} retrying={list.isFetching} />
  }
  const filters = [...(q.trim() ? [`Search is “${q.trim()}”`] : []), ...said]
  if (filters.length > 0) {
    return <NoMatchState filters={filters} clear={<Button onClick={onClear}>Clear filters</Button>} />
  }
  if (containers === 0) {
    return (
      <EmptyState icon={WalletCards} title="No container yet">
        Profiles stand in containers, and this merchant sees none: it owns none, and no merchant above shares one.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={WalletCards} title="No profiles yet">
      A profile appears here as soon as a payment stores an instrument or a system makes one through the API.
    </EmptyState>
  )
}
