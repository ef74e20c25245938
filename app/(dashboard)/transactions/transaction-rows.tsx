'use client'

import { Copy, ExternalLink, User } from 'lucide-react'
import { DataTable, type RowSpec, type TableView } from '#components/data-table'
import { CopyButton } from '#components/ui/copy-button'
import { ActionMenu, type MenuEntry } from '#components/ui/menu'
import { Pagination } from '#components/ui/pagination'
import { notify } from '#components/ui/toast'
import type { TransactionListRow } from '#lib/transactions/desk'
import { useDesk } from '../desk.tsx'
import { columns } from './columns.tsx'
import type { TransactionPage } from './reads.ts'
import { TransactionCard } from './transaction-card.tsx'

async function copyUuid(uuid: string) {
  await navigator.clipboard.writeText(uuid)
  notify({ title: 'Copied', description: uuid })
}

type RowsProps = {
  rows: TransactionListRow[] | undefined
  view: TableView
  onViewChange: (view: TableView) => void
  busy: boolean
  pageSize: number
}

/** The rows of a list of transactions, wherever it stands. */
export function TransactionRows({ rows, view, onViewChange, busy, pageSize }: RowsProps) {
  const { m } = useDesk()
  const hrefOf = ({ uuid }: TransactionListRow) => `/transactions/${uuid}?m=${m}`
  const entriesOf = (row: TransactionListRow): MenuEntry[] => [
    { label: 'Open', icon: ExternalLink, href: hrefOf(row) },
    { label: 'Copy UUID', icon: Copy, onSelect: () => void copyUuid(row.uuid) },
    ...(row.customer
      ? [{ label: 'Open customer', icon: User, href: `/customers/${row.customer.id}?m=${m}` } satisfies MenuEntry]
      : []),
  ]
  const row: RowSpec<TransactionListRow> = {
    id: ({ id }) => String(id),
    href: hrefOf,
    label: ({ merchantTransactionId }) => merchantTransactionId,
    actions: (each) => (
      <span className="flex items-center">
        <CopyButton value={each.merchantTransactionId} label={`Copy ${each.merchantTransactionId}`} />
        <ActionMenu label={`Actions for ${each.merchantTransactionId}`} items={entriesOf(each)} size="small" />
      </span>
    ),
  }
  return (
    <DataTable
      caption="Transactions"
      columns={columns}
      rows={rows}
      row={row}
      card={(each) => <TransactionCard row={each} href={hrefOf(each)} />}
      control={{ view, onViewChange, busy, pageSize }}
    />
  )
}

type PagesProps = {
  page: TransactionPage
  size: 25 | 50 | 100
  go: (change: Record<string, string | undefined>, how?: 'push' | 'replace') => void
}

export function TransactionPages({ page: { data, nextCursor, prevCursor, total }, size, go }: PagesProps) {
  return (
    <Pagination
      count={data.length}
      total={total && { count: total.value, more: total.relation === 'gte' }}
      previous={prevCursor ? () => go({ cursor: prevCursor }) : undefined}
      next={nextCursor ? () => go({ cursor: nextCursor }) : undefined}
      size={size}
      onSizeChange={(next) => go({ limit: String(next), cursor: undefined }, 'replace')}
    />
  )
}
