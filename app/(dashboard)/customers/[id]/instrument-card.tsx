'use client'

import { CreditCard, Landmark, Wallet } from 'lucide-react'
import { Badge, StateBadge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { DetailList } from '#components/ui/card'
import { IdValue } from '#components/ui/copy-button'
import { OrMissing } from '#components/ui/masked-value'
import type { InstrumentView } from '#lib/instruments/view'
import { expiryText, instrumentText } from '../words.ts'

const ICONS = { card: CreditCard, iban: Landmark, wallet: Wallet, bank: Landmark } as const
const UNUSABLE = { expired: 'Not usable: expired', no_connector: 'Not usable: no connector here' } as const

type InstrumentCardProps = {
  instrument: InstrumentView
  onPrefer: (() => void) | undefined
  onRemove: (() => void) | undefined
}

/** One card, account or wallet. */
export function InstrumentCard({ instrument, onPrefer, onRemove }: InstrumentCardProps) {
  const { type, usable, expiry, isPreferred } = instrument
  const Icon = ICONS[type]
  const name = instrumentText(instrument)
  return (
    <article aria-label={name} className="flex h-full flex-col gap-3 rounded-card border bg-surface p-4">
      <header className="flex flex-wrap items-center gap-2">
        <Icon aria-hidden className="size-5 text-muted" strokeWidth={1.5} />
        <h2 className="min-w-0 text-section font-semibold wrap-anywhere">{name}</h2>
        {isPreferred && <StateBadge word="Preferred" />}
        {expiry.state === 'expired' && <StateBadge word="Expired" />}
        {expiry.state === 'expiring' && (
          <Badge tone="warning">
            Expiring in {expiry.daysLeft} {expiry.daysLeft === 1 ? 'day' : 'days'}
          </Badge>
        )}
        {usable.ok && <StateBadge word="Usable" />}
      </header>
      <DetailList
        className="text-small"
        items={[
          { label: 'Holder', value: <OrMissing>{instrument.holderName}</OrMissing> },
          ...(type === 'card'
            ? [{ label: 'Expires', value: expiryText(instrument.expMonth, instrument.expYear) }]
            : []),
          { label: 'Payment token', value: <IdValue value={instrument.paymentToken} label="payment token" /> },
          ...(instrument.referenceUuid
            ? [{ label: 'Reference', value: <IdValue value={instrument.referenceUuid} label="reference" /> }]
            : []),
          { label: 'Profile', value: <IdValue value={instrument.profileGuid} label="profile guid" /> },
          { label: 'Connector', value: <OrMissing>{instrument.connector?.name}</OrMissing> },
        ]}
      />
      {usable.reason && <p className="text-small text-muted">{UNUSABLE[usable.reason]}</p>}
      {(onPrefer || onRemove) && (
        <footer className="mt-auto flex flex-wrap gap-2">
          {onPrefer && !isPreferred && (
            <Button size="small" onClick={onPrefer}>
              Set preferred<span className="sr-only"> {name}</span>
            </Button>
          )}
          {onRemove && (
            <Button size="small" variant="ghost" onClick={onRemove}>
              Remove<span className="sr-only"> {name}</span>
            </Button>
          )}
        </footer>
      )}
    </article>
  )
}
