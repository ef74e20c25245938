'use client'

import { Plus } from 'lucide-react'
import dynamic from 'next/dynamic'
import { ColumnsMenu } from '#components/columns-menu'
import type { TableView } from '#components/data-table'
import { FilterBar } from '#components/filter-bar'
import { PageHeader } from '#components/page-header'
import { useShortcuts } from '#components/shortcuts'
import { Button } from '#components/ui/button'
import { Card } from '#components/ui/card'
import { Notice } from '#components/ui/notice'
import { useDesk } from '../desk.tsx'
import { useTableView } from '../use-table-view.ts'
import { columns } from './columns.tsx'
import { parametersOf } from './list-address.ts'
import { ListState } from './list-state.tsx'
import { TransactionPages, TransactionRows } from './transaction-rows.tsx'
import { useList } from './use-list.ts'

const NewPaymentDrawer = dynamic(() => import('./new-payment-drawer.tsx').then((module) => module.NewPaymentDrawer), {
  ssr: false,
})

/** Newest first, always. */
const UNSORTED = { sort: '', sorts: {}, onSort: () => undefined }

type List = ReturnType<typeof useList>

/** Every movement at the merchant's gateways: search by id, filters, one page of rows. The address is the state. */
export function TransactionList({ merchant, kept }: { merchant: string; kept: TableView }) {
  const { can } = useDesk()
  const state = useList()
  const { address, list, go } = state
  const { view, setView } = useTableView('transactions', kept, UNSORTED)
  const rows = list.data?.data
  const writes = can('transactions:write') && can('connectors:read')
  const start = () => go({ panel: 'new' })
  useShortcuts(writes ? [{ keys: 'c', label: 'New payment', group: 'In a list', run: start }] : [])
  const button = writes && (
    <Button variant="primary" onClick={start}>
      <Plus aria-hidden strokeWidth={1.5} />
      New payment
    </Button>
  )
  return (
    <>
      <PageHeader title="Transactions" context={merchant} primary={button} />
      <Card flush>
        <Bar state={state} view={view} onViewChange={setView} />
        {list.isError || rows?.length === 0 ? (
          <ListState list={list} said={state.said} q={address.q} onClear={state.clear} />
        ) : (
          <TransactionRows
            rows={rows}
            view={view}
            onViewChange={setView}
            busy={list.isPlaceholderData}
            pageSize={address.limit}
          />
        )}
        {list.data && rows && rows.length > 0 && <TransactionPages page={list.data} size={address.limit} go={go} />}
      </Card>
      {address.panel === 'new' && writes && (
        <NewPaymentDrawer connectors={state.connectors.data} onClose={() => go({ panel: undefined })} />
      )}
    </>
  )
}

function Bar({ state, view, onViewChange }: { state: List; view: TableView; onViewChange: (view: TableView) => void }) {
  const { address, fields, filters, connectors, go, clear } = state
  return (
    <>
      <FilterBar
        search={{
          label: 'Find a transaction by its whole id',
          value: address.q,
          onChange: (q) => go({ q, cursor: undefined }, 'replace'),
        }}
        fields={fields}
        filters={filters}
        onFiltersChange={(next) => go(parametersOf(next), 'replace')}
        onClear={clear}
        end={<ColumnsMenu columns={columns} view={view} onViewChange={onViewChange} />}
      />
      {connectors.isError && (
        <Notice tone="warning" className="mx-3 mb-3">
          The connectors to filter by could not be loaded. Search and list work.
        </Notice>
      )}
    </>
  )
}
