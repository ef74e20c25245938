'use client'

import { Copy, ExternalLink, User } from 'lucide-react'
import { useCallback } from 'react'
import { ColumnsMenu } from '#components/columns-menu'
import { DataTable, type RowSpec, type TableView } from '#components/data-table'
import { FilterBar } from '#components/filter-bar'
import { PageHeader } from '#components/page-header'
import { Card } from '#components/ui/card'
import { CopyButton } from '#components/ui/copy-button'
import { ActionMenu, type MenuEntry } from '#components/ui/menu'
import { Notice } from '#components/ui/notice'
import { Pagination } from '#components/ui/pagination'
import { notify } from '#components/ui/toast'
import type { ProfileListRow } from '#lib/profiles/list'
import { useDesk } from '../desk.tsx'
import { useTableView } from '../use-table-view.ts'
import { columns } from './columns.tsx'
import { parametersOf, SORTS } from './list-address.ts'
import { ListState } from './list-state.tsx'
import { ProfileCard } from './profile-card.tsx'
import { useList } from './use-list.ts'

type List = ReturnType<typeof useList>
type Viewed = { state: List; view: TableView; onViewChange: (view: TableView) => void }

/** All profiles in the containers that the merchant sees: search, filter, one page of rows. The address is the state. */
export function ProfileList({ merchant, kept }: { merchant: string; kept: TableView }) {
  const state = useList()
  const { address, list, containers, go } = state
  const onSort = useCallback((sort: string) => go({ sort, cursor: undefined }, 'replace'), [go])
  const { view, setView } = useTableView('profiles', kept, { sort: address.sort, sorts: SORTS, onSort })
  const rows = list.data?.data
  return (
    <>
      <PageHeader title="Profiles" context={merchant} />
      <Card flush>
        <Bar state={state} view={view} onViewChange={setView} />
        {list.isError || rows?.length === 0 ? (
          <ListState
            list={list}
            said={state.said}
            q={address.q}
            containers={containers.data?.length}
            onClear={state.clear}
          />
        ) : (
          <Rows state={state} view={view} onViewChange={setView} />
        )}
        {rows && rows.length > 0 && <Pages state={state} />}
      </Card>
    </>
  )
}

function Bar({ state, view, onViewChange }: Viewed) {
  const { address, fields, filters, containers, go, clear } = state
  const { can } = useDesk()
  return (
    <>
      <FilterBar
        search={{
          label: 'Search profiles',
          value: address.q,
          onChange: (q) => go({ q, cursor: undefined }, 'replace'),
        }}
        fields={fields}
        filters={filters}
        onFiltersChange={(next) => go(parametersOf(next), 'replace')}
        onClear={clear}
        end={<ColumnsMenu columns={columns} view={view} onViewChange={onViewChange} />}
      />
      <p role="status" className="px-3 pb-2 text-small text-muted empty:hidden">
        {!can('pii:read') &&
          address.q.trim() !== '' &&
          'Customers are found by their whole name, e-mail or member id only.'}
      </p>
      {containers.isError && (
        <Notice tone="warning" className="mx-3 mb-3">
          The containers to filter by could not be loaded. Search and list work.
        </Notice>
      )}
    </>
  )
}

async function copyGuid(guid: string) {
  await navigator.clipboard.writeText(guid)
  notify({ title: 'Copied', description: guid })
}

function Rows({ state, view, onViewChange }: Viewed) {
  const { m, list, address } = state
  const hrefOf = ({ profileGuid }: ProfileListRow) => `/profiles/${profileGuid}?m=${m}`
  const entriesOf = (row: ProfileListRow): MenuEntry[] => [
    { label: 'Open', icon: ExternalLink, href: hrefOf(row) },
    { label: 'Copy GUID', icon: Copy, onSelect: () => void copyGuid(row.profileGuid) },
    ...(row.customer
      ? [{ label: 'Open customer', icon: User, href: `/customers/${row.customer.id}?m=${m}` } satisfies MenuEntry]
      : []),
  ]
  const row: RowSpec<ProfileListRow> = {
    id: ({ id }) => String(id),
    href: hrefOf,
    label: ({ profileGuid }) => profileGuid,
    actions: (each) => (
      <span className="flex items-center">
        <CopyButton value={each.profileGuid} label={`Copy ${each.profileGuid}`} />
        <ActionMenu label={`Actions for ${each.profileGuid}`} items={entriesOf(each)} size="small" />
      </span>
    ),
  }
  return (
    <DataTable
      caption="Profiles"
      columns={columns}
      rows={list.data?.data}
      row={row}
      card={(each) => <ProfileCard row={each} href={hrefOf(each)} />}
      control={{ view, onViewChange, busy: list.isPlaceholderData, pageSize: address.limit }}
    />
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
