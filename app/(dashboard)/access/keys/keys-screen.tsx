'use client'

import { KeyRound, Plus } from 'lucide-react'
import dynamic from 'next/dynamic'
import { ColumnsMenu } from '#components/columns-menu'
import { DataTable, type RowSpec, type TableView } from '#components/data-table'
import { PageHeader } from '#components/page-header'
import { useShortcuts } from '#components/shortcuts'
import { Button } from '#components/ui/button'
import { Card } from '#components/ui/card'
import { EmptyState } from '#components/ui/empty-state'
import { ActionMenu } from '#components/ui/menu'
import { Pagination } from '#components/ui/pagination'
import { Switch } from '#components/ui/switch'
import { useDesk } from '../../desk.tsx'
import { QueryError } from '../../query-error.tsx'
import { useTableView } from '../../use-table-view.ts'
import type { ApiKey } from '../reads.ts'
import { columns } from './columns.tsx'
import { KeyCard } from './key-card.tsx'
import { type Keys, useKeyActs, useKeys } from './use-keys.ts'

const NewKeyDrawer = dynamic(() => import('./new-key-drawer.tsx').then((module) => module.NewKeyDrawer), { ssr: false })
const EditKeyDrawer = dynamic(() => import('./edit-key-drawer.tsx').then((module) => module.EditKeyDrawer), {
  ssr: false,
})
const KeyDrawer = dynamic(() => import('./key-drawer.tsx').then((module) => module.KeyDrawer), { ssr: false })
const RotateDialog = dynamic(() => import('./rotate-dialog.tsx').then((module) => module.RotateDialog), { ssr: false })
const SecretDialog = dynamic(() => import('./secret-dialog.tsx').then((module) => module.SecretDialog), { ssr: false })

// Keys come in the order they were made.
const unsorted = { sort: '', sorts: {}, onSort: () => undefined }

/** The merchant's API keys. The address is the state, but for a secret, which is never in it. */
export function KeysScreen({ merchant, kept }: { merchant: string; kept: TableView }) {
  const state = useKeys()
  const { can } = useDesk()
  const { view, setView } = useTableView('keys', kept, unsorted)
  const create = () => state.go({ panel: 'new' })
  useShortcuts(can('keys:write') ? [{ keys: 'c', label: 'Create API key', group: 'This list', run: create }] : [])
  const primary = (
    <Button variant="primary" onClick={create}>
      <Plus aria-hidden strokeWidth={1.5} />
      Create API key
    </Button>
  )
  return (
    <>
      <PageHeader title="API keys" context={merchant} primary={can('keys:write') ? primary : undefined} />
      <Card flush>
        <div data-screen-only className="flex flex-wrap items-center justify-between gap-3 p-3">
          <Switch
            label="Show revoked and expired keys"
            className="items-center"
            checked={state.address.state === 'all'}
            onChange={(event) =>
              state.go({ state: event.target.checked ? 'all' : undefined, cursor: undefined }, 'replace')
            }
          />
          <ColumnsMenu columns={columns} view={view} onViewChange={setView} />
        </div>
        <Rows state={state} view={view} onViewChange={setView} />
      </Card>
      <Panels state={state} />
    </>
  )
}

function Nothing({ all, create }: { all: boolean; create: (() => void) | undefined }) {
  return (
    <EmptyState
      icon={KeyRound}
      title={all ? 'No API keys yet' : 'No active API keys'}
      action={create && <Button onClick={create}>Create API key</Button>}
    >
      A key lets a system of yours read and write through the APIs, and never more than you allow it.
    </EmptyState>
  )
}

type RowsProps = { state: Keys; view: TableView; onViewChange: (view: TableView) => void }

function Rows({ state, view, onViewChange }: RowsProps) {
  const { list, address, to, go } = state
  const { can } = useDesk()
  const actsOf = useKeyActs(state)
  const page = list.data
  if (list.isError && !page) {
    return <QueryError error={list.error} onRetry={() => void list.refetch()} retrying={list.isFetching} />
  }
  if (page?.data.length === 0) {
    const create = can('keys:write') ? () => go({ panel: 'new' }) : undefined
    return <Nothing all={address.state === 'all'} create={create} />
  }
  const open = ({ id }: ApiKey) => ({ panel: 'key', key: String(id) })
  const row: RowSpec<ApiKey> = {
    id: ({ id }) => String(id),
    href: (key) => to(open(key)),
    label: ({ name }) => name,
    onPeek: (key) => go(open(key)),
    ...(can('keys:write') && {
      onEdit: ({ id, state: alive }) => alive !== 'revoked' && go({ panel: 'edit', key: String(id) }),
    }),
    actions: (key) => {
      const acts = actsOf(key)
      const first = { label: 'Open', onSelect: () => go(open(key)) }
      return (
        <ActionMenu
          label={`Actions for ${key.name}`}
          items={acts.length > 0 ? [first, 'separator', ...acts] : [first]}
          size="small"
        />
      )
    },
  }
  return (
    <>
      <DataTable
        caption="API keys"
        columns={columns}
        rows={page?.data}
        row={row}
        card={(key) => <KeyCard apiKey={key} href={to(open(key))} />}
        control={{ view, onViewChange, busy: list.isPlaceholderData, pageSize: 10 }}
      />
      {page && <Pages page={page} size={address.limit} go={go} />}
    </>
  )
}

type PagesProps = { page: NonNullable<Keys['list']['data']>; size: 25 | 50 | 100; go: Keys['go'] }

function Pages({ page: { data, nextCursor, prevCursor }, size, go }: PagesProps) {
  if (!nextCursor && !prevCursor && data.length <= 25) return null
  return (
    <Pagination
      count={data.length}
      previous={prevCursor ? () => go({ cursor: prevCursor }) : undefined}
      next={nextCursor ? () => go({ cursor: nextCursor }) : undefined}
      size={size}
      onSizeChange={(limit) => go({ limit: String(limit), cursor: undefined }, 'replace')}
    />
  )
}

/** The drawer that the address opens, or the dialog over it. */
function Panels({ state }: { state: Keys }) {
  const { address, opened, secret, rotating, close, show, setSecret, setRotating } = state
  const { can } = useDesk()
  const actsOf = useKeyActs(state)
  const drawer = () => {
    if (address.panel === 'new') return can('keys:write') && <NewKeyDrawer onMade={show} onClose={close} />
    if (!opened) return null
    if (address.panel === 'edit' && can('keys:write') && opened.state !== 'revoked') {
      return <EditKeyDrawer key={opened.id} apiKey={opened} onClose={close} />
    }
    return address.panel && <KeyDrawer apiKey={opened} acts={actsOf(opened)} onClose={close} />
  }
  return (
    <>
      {drawer()}
      {rotating && <RotateDialog apiKey={rotating} onMade={show} onClose={() => setRotating(undefined)} />}
      {secret && <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />}
    </>
  )
}
