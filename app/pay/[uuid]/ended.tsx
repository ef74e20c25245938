import type { Tone } from '#components/ui/badge'
import { buttonClass } from '#components/ui/button-class'
import { Notice } from '#components/ui/notice'

type Phase = 'success' | 'pending' | 'error' | 'cancelled' | 'expired'

const SAID: Record<Phase, { tone: Tone; text: string }> = {
  success: { tone: 'success', text: 'This is paid. Nothing more is to be done.' },
  pending: { tone: 'accent', text: 'Your payment is being processed. The shop is told as soon as it is through.' },
  error: { tone: 'danger', text: 'This payment was declined, and cannot be tried again here.' },
  cancelled: { tone: 'neutral', text: 'This payment was cancelled. Nothing was taken.' },
  expired: { tone: 'warning', text: 'This payment link has expired. Nothing was taken.' },
}

type Props = { phase: Phase; declined: string | null; next: string | null; merchant: string; registers: boolean }

/** How a payment ended, and the way back to the shop. */
export function Ended({ phase, declined, next, merchant, registers }: Props) {
  const { tone, text } = SAID[phase]
  return (
    <>
      <Notice tone={tone} role="status">
        {registers && phase === 'success' ? 'Your payment method is saved.' : text}
        {declined && phase === 'error' && ` ${declined}.`}
      </Notice>
      {next ? (
        <a className={buttonClass('primary')} href={next} rel="noreferrer">
          Back to {merchant}
        </a>
      ) : (
        <p className="text-muted">You can close this page.</p>
      )}
    </>
  )
}
