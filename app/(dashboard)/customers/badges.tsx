import { Badge, StateBadge } from '#components/ui/badge'
import type { PreferredInstrument } from '#lib/customers/list'
import type { CustomerView } from '#lib/customers/view'
import { expiryOf } from '#lib/instruments/rules'
import { expiryText, instrumentText, STATUS_WORDS, VERIFICATION } from './words.ts'

export const StatusBadge = ({ status }: Pick<CustomerView, 'status'>) => <StateBadge word={STATUS_WORDS[status]} />

export function VerificationBadge({ verificationStatus }: Pick<CustomerView, 'verificationStatus'>) {
  const { word, tone } = VERIFICATION[verificationStatus]
  return <Badge tone={tone}>{word}</Badge>
}

type ExpiryBadgeProps = { expMonth: number | null; expYear: number | null; now: Date | undefined }

/** Says nothing while a card is good for longer than a month. */
export function ExpiryBadge({ expMonth, expYear, now }: ExpiryBadgeProps) {
  if (!now) return null
  const { state } = expiryOf(expMonth, expYear, now)
  if (state === 'expired') return <StateBadge word="Expired" />
  return state === 'expiring' ? <StateBadge word="Expiring" /> : null
}

/** Brand, last four and expiry in one line. */
export function InstrumentLine({ instrument, now }: { instrument: PreferredInstrument; now: Date | undefined }) {
  const expiry = expiryText(instrument.expMonth, instrument.expYear)
  return (
    <span className="inline-flex max-w-full items-center gap-2">
      <span className="truncate">
        {instrumentText(instrument)}
        {expiry && <span className="text-muted"> · {expiry}</span>}
      </span>
      <ExpiryBadge expMonth={instrument.expMonth} expYear={instrument.expYear} now={now} />
    </span>
  )
}
