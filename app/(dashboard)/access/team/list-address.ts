// The team list's state is its address. A team is small, so the whole of it is read and filtered where it is shown.
import { z } from 'zod'
import type { Filter } from '#components/filter-bar'
import { ROLES, rolePermissions } from '#lib/core/permissions'
import type { Member } from '../reads.ts'

const first = <T extends z.ZodType>(item: T) =>
  z
    .array(z.unknown())
    .transform((values) => values[0])
    .pipe(item)
const id = first(z.coerce.number().int().positive().optional().catch(undefined))
const roles = z.array(z.unknown()).transform((values) => ROLES.filter((role) => values.includes(role)))

export const TeamAddress = z.object({
  q: first(z.string().max(200).catch('')),
  role: roles,
  pii: first(z.enum(['yes', 'no']).optional().catch(undefined)),
  state: first(z.enum(['active', 'suspended']).optional().catch(undefined)),
  tree: first(z.literal('1').optional().catch(undefined)),
  sort: first(z.enum(['name', '-name', 'lastSeen', '-lastSeen']).catch('name')),
  panel: first(z.enum(['invite', 'role', 'member']).optional().catch(undefined)),
  member: id,
  at: id,
})
export type TeamAddress = z.output<typeof TeamAddress>

type Params = URLSearchParams | Readonly<Record<string, string | string[] | undefined>>

function valuesOf(params: Params, name: string): string[] {
  if (params instanceof URLSearchParams) return params.getAll(name)
  return [params[name] ?? []].flat()
}

/** Reads an address; every field that is missing or broken takes its default. */
export function teamAddress(params: Params): TeamAddress {
  return TeamAddress.parse(
    Object.fromEntries(Object.keys(TeamAddress.shape).map((name) => [name, valuesOf(params, name)])),
  )
}

/** The chips of an address. */
export function filtersOf({ role, pii, state }: TeamAddress): Filter[] {
  return [
    { field: 'role', not: false, values: role },
    { field: 'pii', not: false, values: pii ? [pii] : [] },
    { field: 'state', not: false, values: state ? [state] : [] },
  ].filter(({ values }) => values.length > 0)
}

/** The chips as parameters. */
export function parametersOf(filters: readonly Filter[]): Record<string, readonly string[]> {
  const values = (field: string) => filters.find((filter) => filter.field === field)?.values ?? []
  return { role: values('role'), pii: values('pii').slice(-1), state: values('state').slice(-1) }
}

export const SORTS: Readonly<Record<string, string>> = { name: 'name', lastSeen: 'lastSeen' }

export const seesPersonalData = ({ memberships }: Pick<Member, 'memberships'>): boolean =>
  memberships.some(({ role }) => rolePermissions(role).has('pii:read'))

const plainText = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

function fits(member: Member, { q, role, pii, state }: TeamAddress): boolean {
  const text = plainText(`${member.name} ${member.email}`)
  return (
    plainText(q)
      .split(/\s+/)
      .every((part) => text.includes(part)) &&
    (role.length === 0 || member.memberships.some((one) => role.includes(one.role))) &&
    (pii === undefined || seesPersonalData(member) === (pii === 'yes')) &&
    (state === undefined || (member.suspendedAt !== null) === (state === 'suspended'))
  )
}

/** The members that an address shows, in its order; people who were never seen count as seen longest ago. */
export function shownMembers(members: readonly Member[], address: TeamAddress): Member[] {
  const turn = address.sort.startsWith('-') ? -1 : 1
  const byName = (one: Member, other: Member) => one.name.localeCompare(other.name, 'en')
  const seen = ({ lastSeenAt }: Member) => (lastSeenAt ? Date.parse(lastSeenAt) : 0)
  const order = address.sort.endsWith('lastSeen') ? (one: Member, other: Member) => seen(one) - seen(other) : byName
  return members
    .filter((member) => fits(member, address))
    .toSorted((one, other) => order(one, other) * turn || byName(one, other))
}
