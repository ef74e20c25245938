'use client'

import type { DataColumn } from '#components/data-table'
import { StateBadge } from '#components/ui/badge'
import { TextLink } from '#components/ui/button'
import { IdValue } from '#components/ui/copy-button'
import { DateTime } from '#components/ui/date-time'
import { useNow } from '#components/ui/format-provider'
import { OrMissing } from '#components/ui/masked-value'
import type { ProfileListRow } from '#lib/profiles/list'
import { InstrumentLine } from '../customers/badges.tsx'
import { useDesk } from '../desk.tsx'

/** The preferred instrument, or the dash. */
export function Preferred({ row }: { row: ProfileListRow }) {
  const now = useNow()
  return <OrMissing>{row.instrument && <InstrumentLine instrument={row.instrument} now={now} />}</OrMissing>
}

type Place = Pick<ProfileListRow, 'container'>

const foreign = ({ own, ownerName }: ProfileListRow['container']): boolean => !own && ownerName !== ''

/** The container's name, and its owner's when that is another merchant, in one line. */
export function ContainerText({ container }: Place) {
  return (
    <span className="block max-w-44 truncate">
      <bdi>{container.name}</bdi>
      {foreign(container) && (
        <span className="text-muted">
          {' '}
          of <bdi>{container.ownerName}</bdi>
        </span>
      )}
    </span>
  )
}

/** The same with room, and with the word that it is shared. */
export function ContainerPlace({ container }: Place) {
  return (
    <span className="inline-flex max-w-full flex-wrap items-center gap-x-2">
      <bdi>{container.name}</bdi>
      {foreign(container) && (
        <span className="text-muted">
          of <bdi>{container.ownerName}</bdi>
        </span>
      )}
      {container.shared && <StateBadge word="Shared" />}
    </span>
  )
}

/** "at 2 other merchants". */
const othersText = (count: number): string => `at ${count} other ${count === 1 ? 'merchant' : 'merchants'}`

/** The merchant's own customer as a link, and how many other merchants have one. */
export function LinkedCell({ row }: { row: ProfileListRow }) {
  const { m } = useDesk()
  const { customer, otherMerchants } = row
  if (!customer && otherMerchants === 0) return <OrMissing>{null}</OrMissing>
  return (
    <span className="inline-flex max-w-full items-center gap-1">
      {customer && (
        <TextLink href={`/customers/${customer.id}?m=${m}`} prefetch={false} className="truncate">
          <bdi>{customer.name}</bdi>
        </TextLink>
      )}
      {otherMerchants > 0 && (
        <span className="shrink-0 text-muted">
          {customer && 'and '}
          {othersText(otherMerchants)}
        </span>
      )}
    </span>
  )
}

export const columns: DataColumn<ProfileListRow>[] = [
  { id: 'guid', header: 'Profile GUID', cell: (row) => <IdValue value={row.profileGuid} copy={false} /> },
  {
    id: 'identification',
    header: 'Identification',
    cell: (row) => <IdValue value={row.customerIdentification} copy={false} />,
  },
  { id: 'customer', header: 'Linked customers', cell: (row) => <LinkedCell row={row} /> },
  { id: 'preferred', header: 'Preferred method', cell: (row) => <Preferred row={row} /> },
  { id: 'instruments', header: 'Instruments', end: true, secondary: true, cell: (row) => row.instruments },
  {
    id: 'created',
    header: 'Created',
    sortable: true,
    secondary: true,
    cell: (row) => <DateTime at={row.createdAt} relative />,
  },
  {
    id: 'container',
    header: 'Container',
    secondary: true,
    cell: (row) => <ContainerText container={row.container} />,
  },
]
