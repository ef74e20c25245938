import { Badge, StateBadge } from '#components/ui/badge'
import { MaskedValue, OrMissing } from '#components/ui/masked-value'
import type { InstrumentView } from '#lib/instruments/view'
import { expiryText } from '../../customers/words.ts'

/** The one word that says whether the reader's merchant can charge an instrument, and why not. */
export function UsableBadge({ instrument }: { instrument: InstrumentView }) {
  const { ok, reason } = instrument.usable
  if (ok) return <StateBadge word="Usable" />
  const expired = reason === 'expired'
  return (
    <Badge tone={expired ? 'danger' : 'neutral'}>
      {expired ? 'Not usable: expired' : 'Not usable: no connector here'}
    </Badge>
  )
}

/** The expiry with the days that are left once they are few. */
export function Expiry({ instrument }: { instrument: InstrumentView }) {
  const { expMonth, expYear, expiry } = instrument
  const text = expiryText(expMonth, expYear)
  return (
    <OrMissing>
      {text && (
        <span className="inline-flex items-center gap-2">
          <span data-figures>{text}</span>
          {expiry.state === 'expired' && <StateBadge word="Expired" />}
          {expiry.state === 'expiring' && <Badge tone="warning">{daysText(expiry.daysLeft)}</Badge>}
        </span>
      )}
    </OrMissing>
  )
}

const daysText = (days: number | null): string => (days === 1 ? 'Expiring today' : `Expiring in ${days} days`)

/** The holder's name, dots where it is hidden. */
export function Holder({ instrument: { holderName } }: { instrument: InstrumentView }) {
  if (holderName?.includes('•')) return <MaskedValue shown={holderName} />
  return <OrMissing>{holderName && <bdi>{holderName}</bdi>}</OrMissing>
}
