'use client'

import Link from 'next/link'
import { Badge } from '#components/ui/badge'
import type { CustomerListRow } from '#lib/customers/list'
import { StatusBadge } from './badges.tsx'
import { Preferred } from './columns.tsx'
import { Highlight } from './highlight.tsx'
import { LIFECYCLE_WORDS } from './words.ts'

type CustomerCardProps = { row: CustomerListRow; href: string; words: readonly string[] }

/** A customer on a phone: name, status, instrument. */
export function CustomerCard({ row, href, words }: CustomerCardProps) {
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-start justify-between gap-2">
        <Link href={href} prefetch={false} data-row-link className="min-w-0 rounded-badge font-medium wrap-anywhere">
          <Highlight text={row.name} words={words} />
        </Link>
        {row.lifecycle === 'current' ? (
          <StatusBadge status={row.status} />
        ) : (
          <Badge>{LIFECYCLE_WORDS[row.lifecycle]}</Badge>
        )}
      </div>
      {row.email && row.email !== row.name && (
        <p className="truncate text-small text-muted">
          <Highlight text={row.email} words={words} />
        </p>
      )}
      <p className="truncate text-small">
        <Preferred row={row} />
      </p>
    </div>
  )
}
