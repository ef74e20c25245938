'use client'

import { useQuery } from '@tanstack/react-query'
import { Timeline } from '#components/timeline'
import { TextLink } from '#components/ui/button'
import { Card, type DetailItem, DetailList } from '#components/ui/card'
import { DateOnly, DateTime } from '#components/ui/date-time'
import { MaskedValue, MissingValue, OrMissing } from '#components/ui/masked-value'
import { SkeletonText } from '#components/ui/skeleton'
import type { CustomerView } from '#lib/customers/view'
import { useDesk } from '../../desk.tsx'
import { QueryError } from '../../query-error.tsx'
import { historyRead } from '../reads.ts'
import { countryName, GENDER_WORDS, languageName } from '../words.ts'
import { RECENT } from './detail-address.ts'
import { timelineItem } from './happenings.tsx'
import { NotesCard } from './notes-card.tsx'
import { TagsCard } from './tags-card.tsx'

/** The first tab: what is known, and the last that happened. */
export function Overview({ customer }: { customer: CustomerView }) {
  return (
    <>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <DetailsCard customer={customer} />
          <PreferencesCard customer={customer} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <AddressCard customer={customer} />
          <ComplianceCard customer={customer} />
          {customer.customFields && (
            <Card title="Custom fields">
              <DetailList
                items={Object.entries(customer.customFields).map(([label, value]) => ({ label, value: text(value) }))}
              />
            </Card>
          )}
          <TagsCard customer={customer} />
        </div>
      </div>
      <NotesCard customer={customer} />
      <RecentCard customer={customer} />
    </>
  )
}

/** A value, the dash, or the dots that the server left of it. */
function text(value: string | null | undefined) {
  if (!value) return <MissingValue />
  return value.includes('••') ? <MaskedValue shown={value} /> : <bdi className="whitespace-pre-line">{value}</bdi>
}

function DetailsCard({ customer }: { customer: CustomerView }) {
  const items: DetailItem[] = [
    { label: 'Name', value: text(customer.name) },
    { label: 'First name', value: text(customer.firstName) },
    { label: 'Last name', value: text(customer.lastName) },
    { label: 'Company', value: text(customer.company) },
    { label: 'E-mail', value: text(customer.email) },
    { label: 'Phone', value: text(customer.phone) },
    { label: 'Reference', value: text(customer.reference) },
    { label: 'Description', value: text(customer.description) },
  ]
  if (customer.ccEmails) items.push({ label: 'Further addresses', value: text(customer.ccEmails.join('\n')) })
  if (customer.ccPhones) items.push({ label: 'Further numbers', value: text(customer.ccPhones.join('\n')) })
  return (
    <Card title="Details">
      <DetailList items={items} />
    </Card>
  )
}

function addressLines(address: CustomerView['billingAddress']) {
  if (!address) return <MissingValue />
  const { line, street, street2, zipCode, city, state, region, country } = address
  const place = [zipCode, city].filter(Boolean).join(' ')
  const lines = [line, street, street2, place, state, region, country && countryName(country)].filter(Boolean)
  return <span className="whitespace-pre-line">{lines.join('\n')}</span>
}

function AddressCard({ customer }: { customer: CustomerView }) {
  return (
    <Card title="Addresses">
      <DetailList
        items={[
          { label: 'Billing', value: addressLines(customer.billingAddress) },
          { label: 'Shipping', value: addressLines(customer.shippingAddress) },
        ]}
      />
    </Card>
  )
}

const CHANNELS: Readonly<Record<string, string>> = {
  email: 'e-mail',
  sms: 'text message',
  push: 'push',
  phone: 'phone',
  post: 'post',
}

function channels(setting: boolean | Readonly<Record<string, boolean | undefined>> | undefined) {
  if (setting === undefined) return <MissingValue />
  if (typeof setting === 'boolean') return setting ? 'Yes' : 'No'
  const said = Object.entries(setting).map(([name, on]) => `${CHANNELS[name] ?? name}: ${on ? 'yes' : 'no'}`)
  return <OrMissing>{said.join(', ')}</OrMissing>
}

function PreferencesCard({ customer }: { customer: CustomerView }) {
  const { currency, language, timeZone, paymentMethod, notifications, communication } = customer.preferences ?? {}
  const subscription = Object.entries(customer.subscription ?? {}).map(([label, value]) => ({
    label,
    value: text(value),
  }))
  return (
    <Card title="Preferences">
      <DetailList
        items={[
          { label: 'Currency', value: text(currency) },
          { label: 'Language', value: text(language && languageName(language)) },
          ...(timeZone ? [{ label: 'Time zone', value: timeZone }] : []),
          ...(paymentMethod ? [{ label: 'Payment method', value: paymentMethod }] : []),
          { label: 'Notifications', value: channels(notifications) },
          { label: 'Communication', value: channels(communication) },
          ...subscription,
        ]}
      />
    </Card>
  )
}

function consentText(customer: CustomerView) {
  const states = customer.consents ?? []
  if (states.length === 0) return <MissingValue />
  return (
    <ul>
      {states.map(({ purpose, granted, recordedAt }) => (
        <li key={purpose}>
          <bdi>{purpose}</bdi>: {granted ? 'given' : 'withdrawn'}, <DateOnly date={recordedAt.slice(0, 10)} />
        </li>
      ))}
    </ul>
  )
}

function ComplianceCard({ customer }: { customer: CustomerView }) {
  return (
    <Card title="Compliance">
      <DetailList
        items={[
          { label: 'Date of birth', value: text(customer.dateOfBirth) },
          { label: 'Gender', value: text(customer.gender && GENDER_WORDS[customer.gender]) },
          { label: 'Tax id', value: text(customer.taxId) },
          { label: 'National id', value: text(customer.nationalId) },
          { label: 'Consents', value: consentText(customer) },
          { label: 'Created', value: <DateTime at={customer.createdAt} /> },
          { label: 'Changed', value: <DateTime at={customer.updatedAt} relative /> },
        ]}
      />
    </Card>
  )
}

function RecentCard({ customer }: { customer: CustomerView }) {
  const { m } = useDesk()
  const history = useQuery(historyRead(m, { id: customer.id, changesOnly: true, limit: RECENT }))
  const all = <TextLink href={`/customers/${customer.id}?m=${m}&tab=activity`}>All activity</TextLink>
  return (
    <Card title="Last changes" action={all}>
      {history.isError ? (
        <QueryError error={history.error} onRetry={() => void history.refetch()} retrying={history.isFetching} />
      ) : history.data ? (
        <Timeline label="Last changes" items={history.data.map((entry) => timelineItem(entry))} />
      ) : (
        <SkeletonText lines={RECENT} />
      )}
    </Card>
  )
}
