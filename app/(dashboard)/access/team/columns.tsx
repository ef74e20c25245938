'use client'

import type { DataColumn } from '#components/data-table'
import { StateBadge } from '#components/ui/badge'
import { DateTime } from '#components/ui/date-time'
import type { Member } from '../reads.ts'
import { roleName } from '../words.ts'

const unique = (words: readonly string[]): string => [...new Set(words)].join(', ')

export const rolesText = ({ memberships }: Member): string => unique(memberships.map(({ role }) => roleName(role)))

export const MemberState = ({ member }: { member: Member }) => (
  <StateBadge word={member.suspendedAt ? 'Suspended' : 'Active'} />
)

/** "Northwind Group and below": a membership reaches every merchant under its own. */
export function reachText({ memberships }: Member, parents: readonly number[]): string {
  return unique(
    memberships.map(
      ({ merchantId, merchantName }) => merchantName + (parents.includes(merchantId) ? ' and below' : ''),
    ),
  )
}

/** `me` is marked, so that nobody takes their own row for another's. */
export function columnsFor(me: number | null, parents: readonly number[]): DataColumn<Member>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      sortable: true,
      cell: (row) => (
        <>
          <bdi>{row.name}</bdi>
          {row.id === me && <span className="font-normal text-muted"> (you)</span>}
        </>
      ),
    },
    { id: 'email', header: 'E-mail', cell: (row) => <bdi>{row.email}</bdi> },
    { id: 'role', header: 'Role', cell: rolesText },
    { id: 'reach', header: 'Merchants', secondary: true, cell: (row) => <bdi>{reachText(row, parents)}</bdi> },
    {
      id: 'lastSeen',
      header: 'Last seen',
      sortable: true,
      secondary: true,
      cell: (row) => <DateTime at={row.lastSeenAt} relative />,
    },
    { id: 'added', header: 'Added', secondary: true, cell: (row) => <DateTime at={row.createdAt} relative /> },
    { id: 'state', header: 'State', cell: (row) => <MemberState member={row} /> },
  ]
}
