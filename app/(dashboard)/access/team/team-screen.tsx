'use client'

import { UserPlus } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useCallback, useMemo } from 'react'
import { ColumnsMenu } from '#components/columns-menu'
import { DataTable, type RowSpec, type TableView } from '#components/data-table'
import { FilterBar } from '#components/filter-bar'
import { useShortcuts } from '#components/shortcuts'
import { Button } from '#components/ui/button'
import { Card } from '#components/ui/card'
import { EmptyState } from '#components/ui/empty-state'
import { ActionMenu } from '#components/ui/menu'
import { NoMatchState } from '#components/ui/no-match-state'
import { Switch } from '#components/ui/switch'
import { useDesk } from '../../desk.tsx'
import { QueryError } from '../../query-error.tsx'
import { useTableView } from '../../use-table-view.ts'
import { AccessHeader } from '../access-header.tsx'
import type { Member } from '../reads.ts'
import { columnsFor } from './columns.tsx'
import { InvitationsCard } from './invitations-card.tsx'
import { parametersOf, SORTS } from './list-address.ts'
import { MemberCard } from './member-card.tsx'
import { useMemberActs } from './use-member-acts.ts'
import { type Team, useTeam } from './use-team.ts'

const InviteDrawer = dynamic(() => import('./invite-drawer.tsx').then((module) => module.InviteDrawer), { ssr: false })
const RoleDrawer = dynamic(() => import('./role-drawer.tsx').then((module) => module.RoleDrawer), { ssr: false })
const MemberDrawer = dynamic(() => import('./member-drawer.tsx').then((module) => module.MemberDrawer), { ssr: false })

type TeamScreenProps = {
  merchant: string
  /** The reader's own id; null for none. */
  me: number | null
  /** Merchants that have others below them. */
  parents: readonly number[]
  kept: TableView
}

/** Everybody who works here, and who is invited. The address is the state. */
export function TeamScreen({ merchant, me, parents, kept }: TeamScreenProps) {
  const state = useTeam()
  const { m, address, go } = state
  const { can } = useDesk()
  const onSort = useCallback((sort: string) => go({ sort }, 'replace'), [go])
  const { view, setView } = useTableView('team', kept, { sort: address.sort, sorts: SORTS, onSort })
  const columns = useMemo(() => columnsFor(me, parents), [me, parents])
  const invite = () => go({ panel: 'invite' })
  useShortcuts(can('team:write') ? [{ keys: 'c', label: 'Invite people', group: 'This list', run: invite }] : [])
  const primary = can('team:write') && (
    <Button variant="primary" onClick={invite}>
      <UserPlus aria-hidden strokeWidth={1.5} />
      Invite people
    </Button>
  )
  return (
    <>
      <AccessHeader current="team" context={merchant} primary={primary || undefined} />
      <Card flush>
        <FilterBar
          search={{ label: 'Search the team', value: address.q, onChange: (q) => go({ q }, 'replace') }}
          fields={state.fields}
          filters={state.filters}
          onFiltersChange={(next) => go(parametersOf(next), 'replace')}
          onClear={state.clear}
          end={
            <>
              {parents.includes(m) && <Below tree={address.tree !== undefined} go={go} />}
              <ColumnsMenu columns={columns} view={view} onViewChange={setView} />
            </>
          }
        />
        <Rows state={state} me={me} table={{ columns, view, onViewChange: setView }} />
      </Card>
      <InvitationsCard />
      <Panels state={state} merchant={merchant} me={me} parents={parents} />
    </>
  )
}

function Below({ tree, go }: { tree: boolean; go: Team['go'] }) {
  return (
    <Switch
      label="Include sub-merchants"
      className="items-center"
      checked={tree}
      onChange={(event) => go({ tree: event.target.checked ? '1' : undefined }, 'replace')}
    />
  )
}

type RowsProps = {
  state: Team
  me: number | null
  table: { columns: ReturnType<typeof columnsFor>; view: TableView; onViewChange: (view: TableView) => void }
}

function Rows({ state, me, table }: RowsProps) {
  const { team, rows, said, address, members, to, go } = state
  const actsOf = useMemberActs(me)
  if (team.isError && !team.data) {
    return <QueryError error={team.error} onRetry={() => void team.refetch()} retrying={team.isFetching} />
  }
  if (rows?.length === 0) {
    const filters = [...(address.q.trim() ? [`Search is “${address.q.trim()}”`] : []), ...said]
    if (filters.length > 0)
      return <NoMatchState filters={filters} clear={<Button onClick={state.clear}>Clear filters</Button>} />
    return (
      <EmptyState title="Nobody here">
        Whoever works at this merchant does so through a merchant above it. People invited here appear in this list.
      </EmptyState>
    )
  }
  const hrefOf = ({ id }: Member) => to({ panel: 'member', member: String(id) })
  const row: RowSpec<Member> = {
    id: ({ id }) => String(id),
    href: hrefOf,
    label: ({ name }) => name,
    onPeek: ({ id }) => go({ panel: 'member', member: String(id) }),
    actions: (member) => {
      const open = { label: 'Open', onSelect: () => go({ panel: 'member', member: String(member.id) }) }
      const onChangeRole = (at: Member['memberships'][number]) =>
        go({ panel: 'role', member: String(member.id), at: String(at.merchantId) })
      const acts = actsOf({ member, team: members, onChangeRole })
      return (
        <ActionMenu
          label={`Actions for ${member.name}`}
          items={acts.length > 0 ? [open, 'separator', ...acts] : [open]}
          size="small"
        />
      )
    },
  }
  return (
    <DataTable
      caption="Team"
      columns={table.columns}
      rows={rows}
      row={row}
      card={(member) => <MemberCard member={member} href={hrefOf(member)} own={member.id === me} />}
      control={{ view: table.view, onViewChange: table.onViewChange, busy: team.isPlaceholderData, pageSize: 10 }}
    />
  )
}

type PanelsProps = Omit<TeamScreenProps, 'kept'> & { state: Team }

/** The drawer that the address opens; one of somebody who is no member stays closed. */
function Panels({ state, merchant, me, parents }: PanelsProps) {
  const { address, members, go } = state
  const { can } = useDesk()
  const actsOf = useMemberActs(me)
  const close = () => go({ panel: undefined, member: undefined, at: undefined })
  if (address.panel === 'invite') return can('team:write') ? <InviteDrawer merchant={merchant} onClose={close} /> : null
  const member = members.find(({ id }) => id === address.member)
  if (!member) return null
  const at = member.memberships.find(({ merchantId }) => merchantId === address.at) ?? member.memberships[0]
  if (address.panel === 'role') {
    return can('team:write') && at ? (
      <RoleDrawer member={member} at={at} own={member.id === me} onClose={close} />
    ) : null
  }
  const onChangeRole = ({ merchantId }: { merchantId: number }) => go({ panel: 'role', at: String(merchantId) })
  const acts = actsOf({ member, team: members, onChangeRole })
  return address.panel === 'member' ? (
    <MemberDrawer member={member} parents={parents} acts={acts} onClose={close} />
  ) : null
}
