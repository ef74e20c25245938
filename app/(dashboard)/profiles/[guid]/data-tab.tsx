'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { Card, type DetailItem, DetailList } from '#components/ui/card'
import { IdValue } from '#components/ui/copy-button'
import { DateTime } from '#components/ui/date-time'
import { MaskedValue } from '#components/ui/masked-value'
import { Skeleton } from '#components/ui/skeleton'
import type { Sharing } from '#lib/profiles/sharing'
import type { ProfileView } from '#lib/profiles/view'
import { countryName, GENDER_WORDS } from '../../customers/words.ts'
import { ContainerPlace } from '../columns.tsx'
import { DATA_FIELDS, DATA_WORDS, type DataField } from '../words.ts'

type DataTabProps = { profile: ProfileView; sharing: UseQueryResult<Sharing> }

function shown(field: DataField, value: string) {
  if (value.includes('•')) return <MaskedValue shown={value} />
  if (field === 'billingCountry') return countryName(value)
  if (field === 'gender') return GENDER_WORDS[value as keyof typeof GENDER_WORDS] ?? value
  if (field === 'ipAddress' || field === 'billingPhone') return <bdi dir="ltr">{value}</bdi>
  return <bdi>{value}</bdi>
}

/** What the payments wrote of the customer, who wrote it, and what the profile itself is. */
export function DataTab({ profile, sharing }: DataTabProps) {
  const items: DetailItem[] = DATA_FIELDS.flatMap((field) => {
    const value = profile.customerData[field]
    return value ? [{ label: DATA_WORDS[field], value: shown(field, value) }] : []
  })
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card title="Customer data">
        <p className="pb-2 text-small text-muted">
          <Writer sharing={sharing} />
        </p>
        {items.length > 0 ? (
          <DetailList items={items} />
        ) : (
          <p className="text-muted">No payment has written any customer data into this profile.</p>
        )}
      </Card>
      <Card title="Profile">
        <DetailList
          items={[
            { label: 'Profile GUID', value: <IdValue value={profile.profileGuid} label="profile GUID" whole /> },
            {
              label: 'Identification',
              value: <IdValue value={profile.customerIdentification} label="identification" whole />,
            },
            { label: 'Container', value: <ContainerName profile={profile} /> },
            { label: 'Created', value: <DateTime at={profile.createdAt} /> },
            { label: 'Changed', value: <DateTime at={profile.updatedAt} relative /> },
          ]}
        />
      </Card>
    </div>
  )
}

const ContainerName = ({ profile: { container, owner } }: { profile: ProfileView }) => (
  <ContainerPlace container={{ ...container, own: false, ownerName: owner.name }} />
)

/** The merchant that wrote the data, as far as it may be named here. */
function Writer({ sharing }: { sharing: UseQueryResult<Sharing> }) {
  if (sharing.isError) return 'Which merchant wrote this could not be loaded.'
  if (!sharing.data) return <Skeleton className="w-40" />
  const { writtenBy } = sharing.data
  if (!writtenBy) return 'Written by another merchant that shares the container.'
  return (
    <>
      Written by <bdi>{writtenBy.name}</bdi>.
    </>
  )
}
