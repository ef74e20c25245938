'use client'

import { StateBadge } from '#components/ui/badge'
import { TextLink } from '#components/ui/button'
import { Card } from '#components/ui/card'
import { DateTime } from '#components/ui/date-time'
import { Money } from '#components/ui/money'
import { Cell, ColumnHeader, RowHeader, Table, TableHead, TableRow } from '#components/ui/table'
import type { TransactionDetail, TransactionListRow } from '#lib/transactions/desk'
import { useDesk } from '../../desk.tsx'
import { STATE_WORDS, TYPE_WORDS } from '../words.ts'

/** The first movement and everything that continued it, oldest first, and what is left. */
export function ChainCard({ transaction }: { transaction: TransactionDetail }) {
  const { first, followers, remaining, currency } = transaction
  const rows = [...(first ? [first] : []), transaction, ...followers]
  return (
    <Card title="Chain" flush>
      <Table caption="Chain">
        <TableHead>
          <ColumnHeader>Type</ColumnHeader>
          <ColumnHeader>State</ColumnHeader>
          <ColumnHeader className="text-end">Amount</ColumnHeader>
          <ColumnHeader className="max-sm:hidden">Time</ColumnHeader>
        </TableHead>
        <tbody>
          {rows.map((row) => (
            <ChainRow key={row.id} row={row} current={row.id === transaction.id} />
          ))}
        </tbody>
      </Table>
      {(remaining.toCapture > 0 || remaining.toRefund > 0) && (
        <p className="border-t px-3 py-2 text-small text-muted">
          {remaining.toCapture > 0 && (
            <>
              <Money amountMinor={remaining.toCapture} currency={currency} /> can be captured.{' '}
            </>
          )}
          {remaining.toRefund > 0 && (
            <>
              <Money amountMinor={remaining.toRefund} currency={currency} /> can be refunded.
            </>
          )}
        </p>
      )}
    </Card>
  )
}

function ChainRow({ row, current }: { row: TransactionListRow; current: boolean }) {
  const { m } = useDesk()
  const word = TYPE_WORDS[row.type]
  return (
    <TableRow>
      <RowHeader>
        {current ? (
          <span aria-current="true">{word}</span>
        ) : (
          <TextLink href={`/transactions/${row.uuid}?m=${m}`} prefetch={false}>
            {word}
          </TextLink>
        )}
      </RowHeader>
      <Cell>
        <StateBadge word={STATE_WORDS[row.state]} />
      </Cell>
      <Cell className="text-end">
        <Money amountMinor={row.amountMinor} currency={row.currency} />
      </Cell>
      <Cell className="max-sm:hidden">
        <DateTime at={row.createdAt} relative />
      </Cell>
    </TableRow>
  )
}
