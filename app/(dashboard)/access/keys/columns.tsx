'use client'

import { KeyRound, TriangleAlert } from 'lucide-react'
import type { DataColumn } from '#components/data-table'
import { Badge, StateBadge } from '#components/ui/badge'
import { DateTime } from '#components/ui/date-time'
import { useNow } from '#components/ui/format-provider'
import type { ApiKey } from '../reads.ts'
import { scopeSentence } from '../words.ts'
import { type KeyMark, marksOf, UNUSED_DAYS } from './key-marks.ts'

const Mark = ({ mark }: { mark: KeyMark }) => {
  switch (mark) {
    case 'revoked':
      return <Badge tone="neutral">Revoked</Badge>
    case 'expired':
      return <StateBadge word="Expired" />
    case 'expiring':
      return <StateBadge word="Expiring" />
    case 'unused':
      return (
        <Badge tone="warning" icon={TriangleAlert}>
          Unused {UNUSED_DAYS} days
        </Badge>
      )
    case 'rotating':
      return (
        <Badge tone="accent" icon={KeyRound}>
          Old secret works
        </Badge>
      )
  }
}

/** Active, or everything about a key that deserves a look. */
export function KeyMarks({ apiKey }: { apiKey: ApiKey }) {
  const now = useNow()
  const marks = now ? marksOf(apiKey, now) : []
  return (
    <span className="inline-flex gap-1">
      {marks.length === 0 && <StateBadge word="Active" />}
      {marks.map((mark) => (
        <Mark key={mark} mark={mark} />
      ))}
    </span>
  )
}

/** The beginning of the key, which stands in clear; the rest is known to its holder alone. */
export const KeyPrefix = ({ prefix }: { prefix: string }) => (
  <code dir="ltr" className="font-mono whitespace-nowrap">
    {prefix}…
  </code>
)

export const ScopeCodes = ({ scopes }: { scopes: readonly string[] }) => (
  <code dir="ltr" className="font-mono wrap-anywhere">
    {scopes.join(' ')}
  </code>
)

export const networksText = (networks: readonly string[]): string =>
  networks.length === 0 ? 'Any address' : networks.join(', ')

/** When, and from which address. */
export const LastUsed = ({ apiKey: { lastUsedAt, lastUsedIp } }: { apiKey: ApiKey }) =>
  lastUsedAt ? (
    <>
      <DateTime at={lastUsedAt} relative />
      {lastUsedIp && (
        <>
          {' from '}
          <code dir="ltr" className="font-mono">
            {lastUsedIp}
          </code>
        </>
      )}
    </>
  ) : (
    'Never'
  )

export const Expires = ({ at }: { at: string | null }) => (at ? <DateTime at={at} relative /> : 'Never')

export const columns: DataColumn<ApiKey>[] = [
  { id: 'name', header: 'Name', cell: (row) => <bdi>{row.name}</bdi> },
  { id: 'state', header: 'State', cell: (row) => <KeyMarks apiKey={row} /> },
  { id: 'prefix', header: 'Key', cell: (row) => <KeyPrefix prefix={row.prefix} /> },
  { id: 'scopes', header: 'What it can do', secondary: true, cell: (row) => scopeSentence(row.scopes) },
  { id: 'codes', header: 'Scopes', secondary: true, cell: (row) => <ScopeCodes scopes={row.scopes} /> },
  { id: 'by', header: 'Created by', secondary: true, cell: (row) => <bdi>{row.createdBy}</bdi> },
  { id: 'created', header: 'Created', secondary: true, cell: (row) => <DateTime at={row.createdAt} relative /> },
  { id: 'used', header: 'Last used', cell: (row) => <LastUsed apiKey={row} /> },
  { id: 'expires', header: 'Expires', secondary: true, cell: (row) => <Expires at={row.expiresAt} /> },
  { id: 'networks', header: 'Networks', secondary: true, cell: (row) => networksText(row.networks) },
  {
    id: 'compat',
    header: 'Stax create answers',
    secondary: true,
    cell: (row) => (row.compatStatus200 ? '200' : '201'),
  },
]
