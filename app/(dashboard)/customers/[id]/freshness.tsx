'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Changes } from '#components/timeline'
import { Button } from '#components/ui/button'
import { Notice } from '#components/ui/notice'
import type { CustomerView } from '#lib/customers/view'
import { useDesk } from '../../desk.tsx'
import { changesRead, type HistoryView } from '../reads.ts'
import { refreshCustomer } from '../use-writes.ts'
import { fieldChanges } from './happenings.tsx'

const everyMs = 60_000

/** Looks for a newer version on focus and every minute; says so and leaves the rest to the reader. */
export function Freshness({ customer }: { customer: CustomerView }) {
  const { m } = useDesk()
  const client = useQueryClient()
  const [seen, setSeen] = useState<readonly HistoryView[]>([])
  const since = useQuery({
    ...changesRead(m, customer.id, customer.version),
    // The page was made a moment ago: the first look is worth it only later.
    initialData: { version: customer.version, updatedAt: customer.updatedAt, changes: [] },
    staleTime: 5000,
    refetchInterval: everyMs,
    refetchOnWindowFocus: 'always',
  })
  const { version, changes } = since.data
  const newer = version > customer.version
  if (!newer && seen.length === 0) return null

  async function show() {
    setSeen(changes)
    await refreshCustomer(client, m, customer.id)
  }

  const action = newer ? (
    <Button size="small" onClick={show}>
      Show changes
    </Button>
  ) : (
    <Button size="small" onClick={() => setSeen([])}>
      Dismiss
    </Button>
  )
  const told = newer ? changes : seen
  return (
    <Notice tone="accent" role="status" className="mb-4" action={action}>
      <p>Changed by {[...new Set(told.map(({ actorName }) => actorName))].join(' and ') || 'somebody'}.</p>
      {!newer && seen.map((change) => <Changes key={change.id} changes={fieldChanges(change.changes)} />)}
    </Notice>
  )
}
