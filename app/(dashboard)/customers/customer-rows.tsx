'use client'

import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { DataTable, type RowSpec, type Selection, type TableView } from '#components/data-table'
import type { CustomerListRow } from '#lib/customers/list'
import { useDesk } from '../desk.tsx'
import { columnsOf } from './columns.tsx'
import { CustomerCard } from './customer-card.tsx'
import { RowActions } from './row-actions.tsx'
import type { useList } from './use-list.ts'

type CustomerRowsProps = {
  state: ReturnType<typeof useList>
  view: TableView
  onViewChange: (view: TableView) => void
  selection: Selection
}

/** The page of rows, or of cards on a phone. */
export function CustomerRows({ state, view, onViewChange, selection }: CustomerRowsProps) {
  const { m, list, address, words, go } = state
  const { can } = useDesk()
  const router = useRouter()
  const clear = can('pii:read')
  const columns = useMemo(() => columnsOf(words, clear), [words, clear])
  const hrefOf = (row: CustomerListRow) => `/customers/${row.id}?m=${m}`
  const peek = (row: CustomerListRow) => go({ peek: String(row.id) })
  const row: RowSpec<CustomerListRow> = {
    id: ({ id }) => String(id),
    href: hrefOf,
    label: ({ name }) => name,
    onPeek: peek,
    onEdit: can('customers:write') ? (each) => router.push(`${hrefOf(each)}&panel=edit`) : undefined,
    actions: (each) => <RowActions row={each} href={hrefOf(each)} onPeek={() => peek(each)} />,
  }
  return (
    <DataTable
      caption="Customers"
      columns={columns}
      rows={list.data?.data}
      row={row}
      card={(each) => <CustomerCard row={each} href={hrefOf(each)} words={words} />}
      control={{ view, onViewChange, busy: list.isPlaceholderData, pageSize: address.limit }}
      selection={can('customers:archive') ? selection : undefined}
    />
  )
}
