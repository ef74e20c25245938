'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { FilterField } from '#components/filter-bar'
import { filterText } from '#components/filter-model'
import { ROLES } from '#lib/core/permissions'
import { useDesk } from '../../desk.tsx'
import { useAddress } from '../../use-address.ts'
import { type Member, teamRead } from '../reads.ts'
import { roleName } from '../words.ts'
import { filtersOf, parametersOf, seesPersonalData, shownMembers, teamAddress } from './list-address.ts'

function fieldsOf(members: readonly Member[]): FilterField[] {
  const count = (fits: (member: Member) => boolean) => members.filter(fits).length
  return [
    {
      id: 'role',
      label: 'Role',
      kind: 'choice',
      options: ROLES.map((role) => ({
        value: role,
        label: roleName(role),
        count: count(({ memberships }) => memberships.some((one) => one.role === role)),
      })),
    },
    {
      id: 'pii',
      label: 'Sees personal data in clear',
      kind: 'choice',
      options: [
        { value: 'yes', label: 'Yes', count: count(seesPersonalData) },
        { value: 'no', label: 'No', count: count((member) => !seesPersonalData(member)) },
      ],
    },
    {
      id: 'state',
      label: 'State',
      kind: 'choice',
      options: [
        { value: 'active', label: 'Active', count: count(({ suspendedAt }) => suspendedAt === null) },
        { value: 'suspended', label: 'Suspended', count: count(({ suspendedAt }) => suspendedAt !== null) },
      ],
    },
  ]
}

const nobody: readonly Member[] = []

/** The team as the address shows it. */
export function useTeam() {
  const { m } = useDesk()
  const { params, to, go } = useAddress()
  const address = useMemo(() => teamAddress(new URLSearchParams(params)), [params])
  const team = useQuery({ ...teamRead(m, address.tree !== undefined), placeholderData: keepPreviousData })
  const members = team.data ?? nobody
  const rows = useMemo(() => team.data && shownMembers(team.data, address), [team.data, address])
  const fields = useMemo(() => fieldsOf(members), [members])
  const filters = useMemo(() => filtersOf(address), [address])
  const said = filters.flatMap((filter) => {
    const field = fields.find(({ id }) => id === filter.field)
    return field ? [filterText(filter, field)] : []
  })
  const clear = () => go({ ...parametersOf([]), q: undefined })
  return { m, address, team, members, rows, fields, filters, said, clear, to, go }
}

export type Team = ReturnType<typeof useTeam>
