'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ArrowRightLeft } from 'lucide-react'
import { useState } from 'react'
import { LinkButton } from '#components/ui/button'
import { Card } from '#components/ui/card'
import { EmptyState } from '#components/ui/empty-state'
import { Loading, SkeletonText } from '#components/ui/skeleton'
import { useDesk } from '../desk.tsx'
import { QueryError } from '../query-error.tsx'
import { defaultView } from './default-view.ts'
import { transactionsRead } from './reads.ts'
import { TransactionPages, TransactionRows } from './transaction-rows.tsx'

type Of = { customerId: number } | { profileGuid: string }

/** The transactions of one customer or one profile, newest first. */
export function TransactionsTab({ of, hidden }: { of: Of; hidden: readonly string[] }) {
  const { m } = useDesk()
  const [cursor, setCursor] = useState<string>()
  const [size, setSize] = useState<25 | 50 | 100>(25)
  const [view, setView] = useState({ ...defaultView, hidden: [...hidden] })
  const which = 'customerId' in of ? { customerId: [of.customerId] } : of
  const search = { ...which, limit: size, total: true, ...(cursor && { cursor }) }
  const list = useQuery({ ...transactionsRead(m, search), placeholderData: keepPreviousData })
  if (!list.data) {
    return (
      <Card>
        {list.isError ? (
          <QueryError error={list.error} onRetry={() => void list.refetch()} retrying={list.isFetching} />
        ) : (
          <Loading label="transactions">
            <SkeletonText />
          </Loading>
        )}
      </Card>
    )
  }
  if (list.data.data.length === 0) {
    return (
      <Card>
        <EmptyState
          icon={ArrowRightLeft}
          title="No transactions yet"
          action={<LinkButton href={`/transactions?m=${m}`}>All transactions</LinkButton>}
        >
          A debit, authorization, refund or registration appears here as soon as a gateway is asked for it.
        </EmptyState>
      </Card>
    )
  }
  function go({ cursor: next, limit }: Record<string, string | undefined>) {
    setCursor(next)
    if (limit) setSize(Number(limit) as 25 | 50 | 100)
  }
  return (
    <Card flush>
      <TransactionRows
        rows={list.data.data}
        view={view}
        onViewChange={(next) => setView({ ...next, hidden: [...next.hidden] })}
        busy={list.isPlaceholderData}
        pageSize={size}
      />
      <TransactionPages page={list.data} size={size} go={go} />
    </Card>
  )
}
