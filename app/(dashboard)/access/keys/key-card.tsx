'use client'

import Link from 'next/link'
import type { ApiKey } from '../reads.ts'
import { scopeSentence } from '../words.ts'
import { KeyMarks, KeyPrefix, LastUsed } from './columns.tsx'

/** A key on a phone. */
export function KeyCard({ apiKey, href }: { apiKey: ApiKey; href: string }) {
  return (
    <div className="flex flex-col gap-1">
      <p className="flex flex-wrap items-center gap-2">
        <Link href={href} prefetch={false} data-row-link className="rounded-badge font-medium">
          <bdi>{apiKey.name}</bdi>
        </Link>
        <KeyMarks apiKey={apiKey} />
      </p>
      <p className="text-small">
        <KeyPrefix prefix={apiKey.prefix} />
      </p>
      <p className="line-clamp-2 text-small text-muted">{scopeSentence(apiKey.scopes)}</p>
      <p className="text-small text-muted">
        Last used: <LastUsed apiKey={apiKey} />
      </p>
    </div>
  )
}
