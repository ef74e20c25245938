'use client'

import { UserPlus } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useCallback, useState } from 'react'
import { ColumnsMenu } from '#components/columns-menu'
import type { TableView } from '#components/data-table'
import { FilterBar } from '#components/filter-bar'
import { PageHeader } from '#components/page-header'
import { useShortcuts } from '#components/shortcuts'
import { Button } from '#components/ui/button'
import { Card } from '#components/ui/card'
import { Notice } from '#components/ui/notice'
import { Pagination } from '#components/ui/pagination'
import { useDesk } from '../desk.tsx'
import { useTableView } from '../use-table-view.ts'
import { BulkActions } from './bulk-actions.tsx'
import { columnsOf } from './columns.tsx'
import { CustomerRows } from './customer-rows.tsx'
import { parametersOf, SORTS } from './list-address.ts'
import { ListState } from './list-state.tsx'
import { useList } from './use-list.ts'

const PeekDrawer = dynamic(() => import('./peek-drawer.tsx').then((module) => module.PeekDrawer), { ssr: false })
const NewCustomerDrawer = dynamic(
  () => import('./new-customer-drawer.tsx').then((module) => module.NewCustomerDrawer),
  { ssr: false },
)

const chooser = columnsOf([], true)

/** All customers of the merchant: search, filters, one page of rows. The address is the state. */
export function CustomerList({ merchant, kept }: { merchant: string; kept: TableView }) {
  const state = useList()
  const { address, list, facets, go } = state
  const { can } = useDesk()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const onSort = useCallback((sort: string) => go({ sort, cursor: undefined }, 'replace'), [go])
  const { view, setView } = useTableView('customers', kept, { sort: address.sort, sorts: SORTS, onSort })
  const writes = can('customers:write')
  const openNew = () => go({ panel: 'new' })
  useShortcuts(writes ? [{ keys: 'c', label: 'Add customer', group: 'In a list', run: openNew }] : [])
  const rows = list.data?.data
  const add = writes && (
    <Button variant="primary" onClick={openNew}>
      <UserPlus aria-hidden strokeWidth={1.5} />
      Add customer
    </Button>
  )
  return (
    <>
      <PageHeader title="Customers" context={merchant} primary={add} />
      <Card flush>
        <Bar state={state} view={view} onViewChange={setView} />
        {list.isError || rows?.length === 0 ? (
          <ListState list={list} said={state.said} q={address.q} any={facets.data?.any ?? true} onClear={state.clear} />
        ) : (
          <CustomerRows
            state={state}
            view={view}
            onViewChange={setView}
            selection={{ ids: selected, onChange: setSelected }}
          />
        )}
        <BulkActions rows={rows ?? []} selected={selected} onClear={() => setSelected(new Set())} />
        {rows && rows.length > 0 && <Pages state={state} />}
      </Card>
      {address.peek && <PeekDrawer id={address.peek} onClose={() => go({ peek: undefined }, 'replace')} />}
      {address.panel === 'new' && writes && <NewCustomerDrawer onClose={() => go({ panel: undefined }, 'replace')} />}
    </>
  )
}

type List = ReturnType<typeof useList>
type BarProps = { state: List; view: TableView; onViewChange: (view: TableView) => void }

function Bar({ state, view, onViewChange }: BarProps) {
  const { address, fields, filters, facets, go, clear } = state
  const { can } = useDesk()
  return (
    <>
      <FilterBar
        search={{
          label: 'Search customers',
          value: address.q,
          onChange: (q) => go({ q, cursor: undefined }, 'replace'),
        }}
        fields={fields}
        filters={filters}
        onFiltersChange={(next) => go(parametersOf(next), 'replace')}
        onClear={clear}
        end={
          <span className="max-sm:hidden">
            <ColumnsMenu columns={chooser} view={view} onViewChange={onViewChange} />
          </span>
        }
      />
      <SearchHint q={address.q} clear={can('pii:read')} />
      {facets.isError && (
        <Notice tone="warning" className="mx-3 mb-3">
          How many customers each filter would show could not be loaded. The filters themselves work.
        </Notice>
      )}
    </>
  )
}

/** What a search cannot find, said while it is being typed. */
function SearchHint({ q, clear }: { q: string; clear: boolean }) {
  const word = q.trim()
  const short = word !== '' && [...word].length < 3
  const text = !clear && word !== '' ? 'Names, e-mails and phones are found by their whole value only.' : ''
  return (
    <p role="status" className="px-3 pb-2 text-small text-muted empty:hidden">
      {text || (short ? 'Fewer than three characters find only how words begin.' : '')}
    </p>
  )
}

function Pages({ state: { list, address, go } }: { state: List }) {
  const page = list.data
  if (!page) return null
  const { nextCursor, prevCursor, total } = page
  return (
    <Pagination
      count={page.data.length}
      total={total && { count: total.value, more: total.relation === 'gte' }}
      previous={prevCursor ? () => go({ cursor: prevCursor }) : undefined}
      next={nextCursor ? () => go({ cursor: nextCursor }) : undefined}
      size={address.limit}
      onSizeChange={(size) => go({ limit: String(size), cursor: undefined }, 'replace')}
    />
  )
}
