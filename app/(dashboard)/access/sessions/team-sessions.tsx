'use client'

import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { ColumnsMenu } from '#components/columns-menu'
import { useConfirm } from '#components/confirm'
import { type DataColumn, DataTable, type RowSpec, type TableView } from '#components/data-table'
import { FilterBar } from '#components/filter-bar'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { Card } from '#components/ui/card'
import { DateTime } from '#components/ui/date-time'
import { NoMatchState } from '#components/ui/no-match-state'
import { useDesk } from '../../desk.tsx'
import { QueryError } from '../../query-error.tsx'
import { useAddress } from '../../use-address.ts'
import { useTableView } from '../../use-table-view.ts'
import { endSessionAction } from '../actions.ts'
import { type TeamSession, teamSessionsRead } from '../reads.ts'
import { sessionText } from '../session-text.ts'
import { useDo } from '../use-act.ts'
import { SORTS, sessionsAddress, shownSessions } from './list-address.ts'

type Who = { me: number | null; currentId: number | undefined }

function columnsFor({ me, currentId }: Who): DataColumn<TeamSession>[] {
  return [
    {
      id: 'person',
      header: 'Person',
      sortable: true,
      cell: (row) => (
        <>
          <bdi>{row.staffName}</bdi>
          {row.staffId === me && <span className="font-normal text-muted"> (you)</span>}
        </>
      ),
    },
    {
      id: 'device',
      header: 'Device',
      cell: (row) => (
        <span className="inline-flex items-center gap-2" title={row.device}>
          {sessionText(row)}
          {row.id === currentId && <Badge tone="accent">This session</Badge>}
        </span>
      ),
    },
    {
      id: 'address',
      header: 'Network address',
      secondary: true,
      cell: (row) => (
        <code dir="ltr" className="font-mono">
          {row.ip || '—'}
        </code>
      ),
    },
    {
      id: 'since',
      header: 'Since',
      sortable: true,
      secondary: true,
      cell: (row) => <DateTime at={row.createdAt} relative />,
    },
    { id: 'active', header: 'Last active', sortable: true, cell: (row) => <DateTime at={row.lastActiveAt} relative /> },
  ]
}

/** Asks, then ends one session of a colleague. */
function useEnd() {
  const ask = useConfirm()
  const run = useDo()
  return (session: TeamSession) =>
    ask({
      title: `End ${sessionText(session)} of ${session.staffName}?`,
      body: 'That device is signed out at once; what is not saved there is lost. They can sign in again.',
      action: 'End session',
      danger: true,
      run: () =>
        run(
          (m) => endSessionAction(m, { sessionId: session.id, staffId: session.staffId }),
          () => ({ title: `A session of ${session.staffName} has ended` }),
        ),
    })
}

/** Everybody who is signed in at this merchant or below it. */
export function TeamSessions({ me, currentId, kept }: Who & { kept: TableView }) {
  const { m } = useDesk()
  const { params, go } = useAddress()
  const address = useMemo(() => sessionsAddress(new URLSearchParams(params)), [params])
  const sessions = useQuery({ ...teamSessionsRead(m), refetchInterval: 60_000 })
  const rows = useMemo(() => sessions.data && shownSessions(sessions.data, address), [sessions.data, address])
  const columns = useMemo(() => columnsFor({ me, currentId }), [me, currentId])
  const onSort = useCallback((sort: string) => go({ sort }, 'replace'), [go])
  const { view, setView } = useTableView('sessions', kept, { sort: address.sort, sorts: SORTS, onSort })
  const clear = () => go({ q: undefined }, 'replace')
  return (
    <Card title="The team’s sessions" flush>
      <FilterBar
        search={{ label: 'Search sessions', value: address.q, onChange: (q) => go({ q }, 'replace') }}
        fields={[]}
        filters={[]}
        onFiltersChange={() => undefined}
        onClear={clear}
        end={<ColumnsMenu columns={columns} view={view} onViewChange={setView} />}
      />
      {sessions.isError && !sessions.data ? (
        <QueryError error={sessions.error} onRetry={() => void sessions.refetch()} retrying={sessions.isFetching} />
      ) : rows?.length === 0 ? (
        <NoMatchState
          filters={[`Search is “${address.q.trim()}”`]}
          clear={<Button onClick={clear}>Clear filters</Button>}
        />
      ) : (
        <Rows rows={rows} columns={columns} currentId={currentId} table={{ view, onViewChange: setView }} />
      )}
    </Card>
  )
}

type RowsProps = {
  rows: readonly TeamSession[] | undefined
  columns: readonly DataColumn<TeamSession>[]
  currentId: number | undefined
  table: { view: TableView; onViewChange: (view: TableView) => void }
}

function Rows({ rows, columns, currentId, table }: RowsProps) {
  const { m, can } = useDesk()
  const end = useEnd()
  const row: RowSpec<TeamSession> = {
    id: ({ id }) => String(id),
    href: ({ staffId }) => `/access/team?m=${m}&tree=1&panel=member&member=${staffId}`,
    label: (session) => `${sessionText(session)} of ${session.staffName}`,
    ...(can('team:write') && {
      actions: (session) =>
        session.id === currentId ? null : (
          <Button
            size="small"
            aria-label={`End ${sessionText(session)} of ${session.staffName}`}
            onClick={() => void end(session)}
          >
            End
          </Button>
        ),
    }),
  }
  return (
    <DataTable
      caption="The team’s sessions"
      columns={columns}
      rows={rows}
      row={row}
      card={(session) => (
        <div className="flex flex-col gap-1">
          <p className="font-medium">
            <bdi>{session.staffName}</bdi> · {sessionText(session)}
          </p>
          <p className="text-small text-muted">
            {session.ip} · since <DateTime at={session.createdAt} relative /> · last active{' '}
            <DateTime at={session.lastActiveAt} relative />
          </p>
        </div>
      )}
      control={{ ...table, pageSize: 5 }}
    />
  )
}
