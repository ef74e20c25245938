'use client'

import { useQuery } from '@tanstack/react-query'
import { Terminal } from 'lucide-react'
import { IconButton } from '#components/ui/button'
import { Card } from '#components/ui/card'
import { IdValue } from '#components/ui/copy-button'
import { MissingValue } from '#components/ui/masked-value'
import { Skeleton } from '#components/ui/skeleton'
import { notify } from '#components/ui/toast'
import type { CustomerView } from '#lib/customers/view'
import { useDesk } from '../../desk.tsx'
import { readError } from '../../internal.ts'
import { profilesOfRead } from '../reads.ts'

type IdentityCardProps = { customer: CustomerView; apiBase: string }
type Identity = { label: string; value: string | null; path: string }

const callOf = (apiBase: string, path: string) => `curl -H "X-API-Key: $CLIENTELE_API_KEY" "${apiBase}${path}"`

/** Every id by which a system may know this customer, each with the call that fetches it. */
export function IdentityCard({ customer, apiBase }: IdentityCardProps) {
  const { m } = useDesk()
  const profiles = useQuery({ ...profilesOfRead(m, customer.id), staleTime: 60_000 })
  const identities: Identity[] = [
    { label: 'Id', value: String(customer.id), path: `/customers/${customer.id}` },
    { label: 'Customer id', value: customer.customerId, path: `/customers/${customer.customerId}` },
    {
      label: 'Member id',
      value: customer.memberId,
      path: `/customers?memberId=${encodeURIComponent(customer.memberId ?? '')}`,
    },
    ...(profiles.data ?? []).map(({ profileGuid, container }) => ({
      label: `Profile in ${container}`,
      value: profileGuid,
      path: `/profiles/${profileGuid}`,
    })),
  ]
  return (
    <Card title="Identities">
      <dl className="flex flex-col gap-3">
        {identities.map((identity) => (
          <IdentityRow key={`${identity.label} ${identity.value}`} identity={identity} apiBase={apiBase} />
        ))}
        {profiles.isPending && <Skeleton className="w-48" />}
        {profiles.data?.length === 0 && (
          <div>
            <dt className="text-small text-muted">Profile</dt>
            <dd>
              <MissingValue />
            </dd>
          </div>
        )}
      </dl>
      {profiles.isError && (
        <p role="alert" className="mt-3 text-small text-danger-text">
          The profiles could not be loaded. {readError(profiles.error).message}
        </p>
      )}
    </Card>
  )
}

function IdentityRow({ identity, apiBase }: { identity: Identity; apiBase: string }) {
  const { label, value, path } = identity
  async function copyCall() {
    await navigator.clipboard.writeText(callOf(apiBase, path))
    notify({ title: 'Call copied', description: 'Put an API key into CLIENTELE_API_KEY before you run it.' })
  }
  return (
    <div>
      <dt className="text-small text-muted">{label}</dt>
      <dd className="flex items-center">
        {value === null ? (
          <MissingValue />
        ) : (
          <>
            <IdValue value={value} label={label.toLowerCase()} />
            <IconButton
              size="small"
              label={`Copy the call that fetches it by ${label.toLowerCase()}`}
              onClick={copyCall}
            >
              <Terminal aria-hidden strokeWidth={1.5} />
            </IconButton>
          </>
        )}
      </dd>
    </div>
  )
}
