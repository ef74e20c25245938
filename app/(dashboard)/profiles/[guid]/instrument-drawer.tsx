'use client'

import { Button } from '#components/ui/button'
import { DetailList } from '#components/ui/card'
import { IdValue } from '#components/ui/copy-button'
import { DateTime } from '#components/ui/date-time'
import { Drawer } from '#components/ui/drawer'
import { MaskedValue } from '#components/ui/masked-value'
import type { InstrumentView } from '#lib/instruments/view'
import type { ProfileView } from '#lib/profiles/view'
import { brandName, instrumentText } from '../../customers/words.ts'
import { useDesk } from '../../desk.tsx'
import type { Address } from '../../use-address.ts'
import { Expiry, Holder, UsableBadge } from './instrument-words.tsx'
import { useProfileWrites } from './use-writes.ts'

const TYPES = { card: 'Card', iban: 'Bank account', wallet: 'Wallet', bank: 'Bank account' } as const

type InstrumentDrawerProps = { profile: ProfileView; instrument: InstrumentView; where: Address }

/** A saved instrument beside the list: what it is, where it works, and what can be done with it. */
export function InstrumentDrawer({ profile, instrument, where }: InstrumentDrawerProps) {
  const { can } = useDesk()
  const writes = useProfileWrites()
  const close = () => where.go({ peek: undefined, panel: undefined })
  return (
    <Drawer open onOpenChange={(open) => open || close()} title={instrumentText(instrument)}>
      {can('instruments:write') && (
        // At the top, because what a toast says of them stands at the bottom.
        <div className="flex flex-wrap gap-2 pb-3">
          <Button onClick={() => void writes.prefer(profile, instrument.isPreferred ? null : instrument.id)}>
            {instrument.isPreferred ? 'Prefer none' : 'Set preferred'}
          </Button>
          <Button onClick={() => where.go({ panel: 'edit' })}>Edit</Button>
          <Button onClick={() => where.go({ panel: 'remove' })}>Remove</Button>
        </div>
      )}
      <Facts instrument={instrument} />
    </Drawer>
  )
}

function Facts({ instrument }: { instrument: InstrumentView }) {
  const { type, brand, firstSix, paymentToken, referenceUuid, connector, own } = instrument
  return (
    <DetailList
      items={[
        { label: 'Type', value: [TYPES[type], brandName(brand)].filter(Boolean).join(', ') },
        { label: 'At this merchant', value: <UsableBadge instrument={instrument} /> },
        { label: 'Preferred', value: instrument.isPreferred ? 'Yes' : 'No' },
        { label: 'Holder', value: <Holder instrument={instrument} /> },
        ...(type === 'card' ? [{ label: 'Expires', value: <Expiry instrument={instrument} /> }] : []),
        ...(firstSix ? [{ label: 'First six', value: <MaskedValue shown={firstSix} /> }] : []),
        {
          label: 'Payment token',
          value: (
            <>
              <IdValue value={paymentToken} label="payment token" whole />
              <p className="text-small text-muted">Pays at every merchant that sees this container.</p>
            </>
          ),
        },
        {
          label: 'Reference UUID',
          value: (
            <>
              {referenceUuid && <IdValue value={referenceUuid} label="reference UUID" whole />}
              <p className="text-small text-muted">
                {own
                  ? 'The transaction that saved it; pays at this merchant only.'
                  : 'Pays only at the merchant that saved it, so it is not shown here.'}
              </p>
            </>
          ),
        },
        { label: 'Connector', value: connector?.name ?? 'Of the merchant that saved it' },
        { label: 'Instrument id', value: <IdValue value={instrument.instrumentId} label="instrument id" whole /> },
        { label: 'Saved', value: <DateTime at={instrument.createdAt} /> },
        { label: 'Changed', value: <DateTime at={instrument.updatedAt} relative /> },
      ]}
    />
  )
}
