'use client'

import type { DataColumn } from '#components/data-table'
import { StateBadge } from '#components/ui/badge'
import { TextLink } from '#components/ui/button'
import { IdValue } from '#components/ui/copy-button'
import { DateTime } from '#components/ui/date-time'
import { useNow } from '#components/ui/format-provider'
import { OrMissing } from '#components/ui/masked-value'
import { Money } from '#components/ui/money'
import type { TransactionListRow } from '#lib/transactions/desk'
import { InstrumentLine } from '../customers/badges.tsx'
import { useDesk } from '../desk.tsx'
import { STATE_WORDS, TYPE_WORDS } from './words.ts'

type Row = { row: TransactionListRow }

/** What it was paid with, or the dash. */
export function Method({ row }: Row) {
  const now = useNow()
  return <OrMissing>{row.instrument && <InstrumentLine instrument={row.instrument} now={now} />}</OrMissing>
}

export function CustomerLink({ row }: Row) {
  const { m } = useDesk()
  return (
    <OrMissing>
      {row.customer && (
        <TextLink href={`/customers/${row.customer.id}?m=${m}`} prefetch={false} className="truncate">
          <bdi>{row.customer.name}</bdi>
        </TextLink>
      )}
    </OrMissing>
  )
}

/** The connector's name, and that nothing real happened there. */
export function ConnectorText({ row: { connector } }: Row) {
  return (
    <span className="inline-flex max-w-full items-center gap-2">
      <bdi className="truncate">{connector.name}</bdi>
      {connector.adapter === 'simulator' && <StateBadge word="Simulator" />}
    </span>
  )
}

export const columns: DataColumn<TransactionListRow>[] = [
  { id: 'reference', header: 'Your id', cell: (row) => <IdValue value={row.merchantTransactionId} copy={false} /> },
  { id: 'created', header: 'Time', secondary: true, cell: (row) => <DateTime at={row.createdAt} relative /> },
  { id: 'type', header: 'Type', cell: (row) => TYPE_WORDS[row.type] },
  { id: 'state', header: 'State', cell: (row) => <StateBadge word={STATE_WORDS[row.state]} /> },
  {
    id: 'amount',
    header: 'Amount',
    end: true,
    cell: (row) => <Money amountMinor={row.amountMinor} currency={row.currency} />,
  },
  { id: 'method', header: 'Method', secondary: true, cell: (row) => <Method row={row} /> },
  { id: 'customer', header: 'Customer', cell: (row) => <CustomerLink row={row} /> },
  { id: 'connector', header: 'Connector', secondary: true, cell: (row) => <ConnectorText row={row} /> },
  { id: 'error', header: 'Error', secondary: true, cell: (row) => <OrMissing>{row.errorMessage}</OrMissing> },
]
