'use client'

import Link from 'next/link'
import { StateBadge } from '#components/ui/badge'
import { IdValue } from '#components/ui/copy-button'
import { DateTime } from '#components/ui/date-time'
import { Money } from '#components/ui/money'
import type { TransactionListRow } from '#lib/transactions/desk'
import { CustomerLink, Method } from './columns.tsx'
import { STATE_WORDS, TYPE_WORDS } from './words.ts'

/** A transaction on a phone: id, amount and state, who and with what. */
export function TransactionCard({ row, href }: { row: TransactionListRow; href: string }) {
  return (
    <div className="flex flex-col gap-1">
      <Link href={href} prefetch={false} data-row-link className="w-fit max-w-full rounded-badge font-medium">
        <IdValue value={row.merchantTransactionId} copy={false} />
      </Link>
      <p className="flex flex-wrap items-center gap-2 text-small">
        {TYPE_WORDS[row.type]}
        <span className="font-medium">
          <Money amountMinor={row.amountMinor} currency={row.currency} />
        </span>
        <StateBadge word={STATE_WORDS[row.state]} />
      </p>
      <p className="flex min-w-0 text-small">
        <CustomerLink row={row} />
      </p>
      <p className="truncate text-small text-muted">
        <Method row={row} /> · <DateTime at={row.createdAt} relative />
      </p>
    </div>
  )
}
