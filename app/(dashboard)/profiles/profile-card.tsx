'use client'

import Link from 'next/link'
import { IdValue } from '#components/ui/copy-button'
import type { ProfileListRow } from '#lib/profiles/list'
import { ContainerPlace, LinkedCell, Preferred } from './columns.tsx'

/** A profile on a phone: guid, customer, preferred method, container. */
export function ProfileCard({ row, href }: { row: ProfileListRow; href: string }) {
  return (
    <div className="flex flex-col gap-1">
      <Link href={href} prefetch={false} data-row-link className="w-fit max-w-full rounded-badge font-medium">
        <IdValue value={row.profileGuid} copy={false} />
      </Link>
      <p className="flex min-w-0 text-small">
        <LinkedCell row={row} />
      </p>
      <p className="truncate text-small">
        <Preferred row={row} />
      </p>
      <p className="truncate text-small text-muted">
        <ContainerPlace container={row.container} />
      </p>
    </div>
  )
}
