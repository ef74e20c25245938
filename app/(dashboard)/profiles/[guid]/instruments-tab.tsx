'use client'

import { CreditCard, PanelRight, Pencil, Star, StarOff, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { useMemo } from 'react'
import { type DataColumn, DataTable, type RowSpec } from '#components/data-table'
import { plainView } from '#components/data-table-model'
import { StateBadge } from '#components/ui/badge'
import { Card } from '#components/ui/card'
import { DateTime } from '#components/ui/date-time'
import { EmptyState } from '#components/ui/empty-state'
import { ActionMenu, type MenuEntry } from '#components/ui/menu'
import type { InstrumentView } from '#lib/instruments/view'
import type { ProfileView } from '#lib/profiles/view'
import { instrumentText } from '../../customers/words.ts'
import { useDesk } from '../../desk.tsx'
import type { Address } from '../../use-address.ts'
import { Expiry, Holder, UsableBadge } from './instrument-words.tsx'
import { type ProfileWrites, useProfileWrites } from './use-writes.ts'

function Name({ instrument }: { instrument: InstrumentView }) {
  return (
    <span className="inline-flex max-w-full items-center gap-2">
      <span className="truncate">{instrumentText(instrument)}</span>
      {instrument.isPreferred && <StateBadge word="Preferred" />}
    </span>
  )
}

const columns: DataColumn<InstrumentView>[] = [
  { id: 'instrument', header: 'Instrument', cell: (each) => <Name instrument={each} /> },
  { id: 'expires', header: 'Expires', cell: (each) => <Expiry instrument={each} /> },
  { id: 'usable', header: 'At this merchant', cell: (each) => <UsableBadge instrument={each} /> },
  { id: 'holder', header: 'Holder', secondary: true, cell: (each) => <Holder instrument={each} /> },
  {
    id: 'connector',
    header: 'Connector',
    secondary: true,
    cell: (each) => each.connector?.name ?? <span className="text-muted">Another merchant’s</span>,
  },
  { id: 'saved', header: 'Saved', secondary: true, cell: (each) => <DateTime at={each.createdAt} relative /> },
]

const keepView = () => undefined

type InstrumentsTabProps = { profile: ProfileView; where: Address }

/** The saved cards, accounts and wallets of the profile. */
export function InstrumentsTab({ profile, where }: InstrumentsTabProps) {
  const { can } = useDesk()
  const writes = useProfileWrites()
  const editable = can('instruments:write')
  const row = useMemo<RowSpec<InstrumentView>>(() => {
    const hrefOf = ({ id }: InstrumentView) => where.to({ peek: String(id), panel: undefined })
    const open = (panel: string | undefined) => (each: InstrumentView) => where.go({ peek: String(each.id), panel })
    return {
      id: ({ id }) => String(id),
      href: hrefOf,
      label: instrumentText,
      onPeek: open(undefined),
      onEdit: editable ? open('edit') : undefined,
      actions: (each) => (
        <ActionMenu
          label={`Actions for ${instrumentText(each)}`}
          items={entries({ profile, instrument: each, writes, editable, open: (panel) => open(panel)(each) })}
          size="small"
        />
      ),
    }
  }, [profile, where, writes, editable])
  if (profile.instruments.length === 0) {
    return (
      <Card>
        <EmptyState icon={CreditCard} title="No instruments yet">
          An instrument is saved here when a payment registers it, so that it can be charged again. Clientele never
          takes a card number itself.
        </EmptyState>
      </Card>
    )
  }
  return (
    <Card flush>
      <DataTable
        caption="Instruments"
        columns={columns}
        rows={profile.instruments}
        row={row}
        card={(each) => <InstrumentCard instrument={each} href={row.href(each)} />}
        control={{ view: plainView, onViewChange: keepView }}
      />
    </Card>
  )
}

type Entries = {
  profile: ProfileView
  instrument: InstrumentView
  writes: ProfileWrites
  editable: boolean
  open: (panel: string | undefined) => void
}

function entries({ profile, instrument, writes, editable, open }: Entries): MenuEntry[] {
  const look: MenuEntry = { label: 'Look at', icon: PanelRight, onSelect: () => open(undefined) }
  if (!editable) return [look]
  return [
    look,
    instrument.isPreferred
      ? { label: 'Prefer none', icon: StarOff, onSelect: () => void writes.prefer(profile, null) }
      : { label: 'Set preferred', icon: Star, onSelect: () => void writes.prefer(profile, instrument.id) },
    { label: 'Edit', icon: Pencil, onSelect: () => open('edit') },
    'separator',
    { label: 'Remove', icon: Trash2, danger: true, onSelect: () => open('remove') },
  ]
}

/** An instrument on a phone: brand, last four and expiry first. */
function InstrumentCard({ instrument, href }: { instrument: InstrumentView; href: string }) {
  return (
    <div className="flex flex-col gap-1">
      <Link href={href} prefetch={false} data-row-link className="w-fit max-w-full rounded-badge font-medium">
        <Name instrument={instrument} />
      </Link>
      <p className="text-small">
        <Expiry instrument={instrument} />
      </p>
      <p className="text-small text-muted">
        <Holder instrument={instrument} />
      </p>
      <p>
        <UsableBadge instrument={instrument} />
      </p>
    </div>
  )
}
