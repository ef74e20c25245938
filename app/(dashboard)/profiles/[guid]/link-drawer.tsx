'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { SearchBox } from '#components/search-box'
import { Button, TextLink } from '#components/ui/button'
import { Drawer } from '#components/ui/drawer'
import { Notice } from '#components/ui/notice'
import { Loading, SkeletonText } from '#components/ui/skeleton'
import type { CustomerListRow } from '#lib/customers/list'
import type { ProfileView } from '#lib/profiles/view'
import { customersRead } from '../../customers/reads.ts'
import { useDesk } from '../../desk.tsx'
import { QueryError } from '../../query-error.tsx'
import { type Failure, useProfileWrites } from './use-writes.ts'

const SHOWN = 10

type LinkDrawerProps = { profile: ProfileView; onClose: () => void }

/** Choosing the merchant's customer whose profile this is. */
export function LinkDrawer({ profile, onClose }: LinkDrawerProps) {
  const { m } = useDesk()
  const { link } = useProfileWrites()
  const [q, setQ] = useState('')
  const [pending, setPending] = useState<number>()
  const [failure, setFailure] = useState<Failure>()
  const found = useQuery({
    ...customersRead(m, { q, sort: '-createDate', limit: SHOWN }),
    placeholderData: keepPreviousData,
  })

  async function choose({ id, name }: CustomerListRow) {
    if (pending !== undefined) return
    setPending(id)
    const refused = await link({ profileGuid: profile.profileGuid, customerId: id }, name)
    setPending(undefined)
    setFailure(refused)
    if (!refused) onClose()
  }

  return (
    <Drawer
      open
      onOpenChange={(open) => open || onClose()}
      title="Link customer"
      description="One customer of this merchant can be linked to the profile."
    >
      <div className="flex flex-col gap-4">
        <div className="flex">
          <SearchBox label="Search customers" value={q} onChange={setQ} />
        </div>
        {failure && <Refusal failure={failure} />}
        {found.isError ? (
          <QueryError error={found.error} onRetry={() => void found.refetch()} retrying={found.isFetching} />
        ) : found.data ? (
          <Choices rows={found.data.data} pending={pending} onChoose={choose} />
        ) : (
          <Loading label="customers">
            <SkeletonText lines={6} />
          </Loading>
        )}
      </div>
    </Drawer>
  )
}

type ChoicesProps = {
  rows: readonly CustomerListRow[]
  pending: number | undefined
  onChoose: (row: CustomerListRow) => Promise<void>
}

function Choices({ rows, pending, onChoose }: ChoicesProps) {
  if (rows.length === 0) {
    return (
      <p role="status" className="text-muted">
        No customer of this merchant matches.
      </p>
    )
  }
  return (
    <ul aria-label="Customers" className="flex flex-col">
      {rows.map((row) => (
        <li key={row.id} className="flex items-center justify-between gap-4 border-b py-2 last:border-b-0">
          <span className="min-w-0">
            <bdi className="block truncate font-medium">{row.name}</bdi>
            <bdi className="block truncate text-small text-muted">{row.email ?? row.memberId}</bdi>
          </span>
          <Button size="small" pending={pending === row.id} onClick={() => void onChoose(row)}>
            Link<span className="sr-only"> {row.name}</span>
          </Button>
        </li>
      ))}
    </ul>
  )
}

/** Why it was not linked, with the way to what stands in between. */
function Refusal({ failure: { code, message, details, requestId } }: { failure: Failure }) {
  const { m } = useDesk()
  if (code === 'CUSTOMER_HAS_PROFILE') {
    const guid = String(details.profileGuid)
    return (
      <Notice tone="danger" role="alert">
        Nothing was linked: the customer has{' '}
        <TextLink href={`/profiles/${guid}?m=${m}`} prefetch={false}>
          another profile
        </TextLink>{' '}
        in this container.
      </Notice>
    )
  }
  return (
    <Notice tone="danger" role="alert">
      Nothing was linked: {message}. Request {requestId}
    </Notice>
  )
}
