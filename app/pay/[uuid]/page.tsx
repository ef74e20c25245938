import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { defaultFormat, moneyText } from '#components/ui/format-value'
import { Notice } from '#components/ui/notice'
import { findChallenge } from '#lib/transactions/challenge'
import { findPaymentPage, type PaymentPage } from '#lib/transactions/payment-page'
import { Ended } from './ended.tsx'
import { ChallengeForm } from './form.tsx'
import { PayForm } from './pay-form.tsx'

export const metadata: Metadata = { title: 'Your payment', robots: { index: false } }

type Props = { params: Promise<{ uuid: string }> }
type What = Pick<PaymentPage, 'merchant' | 'amountMinor' | 'currency'> & {
  description?: string | null
  simulated?: boolean
}

function Frame({ title, what, children }: { title: string; what: What; children: ReactNode }) {
  const { merchant, amountMinor, currency, description, simulated = true } = what
  return (
    <div className="flex min-h-dvh flex-col items-center px-4 py-8 sm:py-20">
      <main id="main" className="flex w-full max-w-110 flex-col gap-4 rounded-card border bg-surface p-4 sm:p-6">
        <h1 className="font-semibold text-title">{title}</h1>
        <p>
          {amountMinor !== null && currency !== null ? (
            <>
              <strong>{moneyText(amountMinor, currency, defaultFormat)}</strong> to <strong>{merchant}</strong>
            </>
          ) : (
            <>
              Your payment method is to be saved at <strong>{merchant}</strong>.
            </>
          )}
          {description && <span className="block text-muted wrap-anywhere">{description}</span>}
        </p>
        {simulated && <Notice tone="neutral">This is a simulator. No money moves, whatever you choose.</Notice>}
        {children}
      </main>
    </div>
  )
}

async function Challenge({ uuid }: { uuid: string }) {
  const challenge = await findChallenge(uuid)
  if (!challenge) notFound()
  return (
    <Frame title="Confirm your payment" what={challenge}>
      <ChallengeForm uuid={uuid} open={challenge.state === 'redirect'} />
    </Frame>
  )
}

/** The page of a payment that waits for its person: first the choice of how to pay, then the simulated bank's question. */
export default async function PayPage({ params }: Props) {
  const { uuid } = await params
  const found = await findPaymentPage(uuid)
  if (!found || found.phase === 'challenge') return <Challenge uuid={uuid} />
  const { phase, saved, cards, declined, merchant, type, next } = found
  if (phase !== 'waiting') {
    return (
      <Frame title="Your payment" what={found}>
        <Ended {...{ phase, declined, next, merchant }} registers={type === 'register'} />
      </Frame>
    )
  }
  return (
    <Frame title={type === 'register' ? 'Save a payment method' : 'Pay'} what={found}>
      <PayForm {...{ uuid, saved, cards, declined, merchant }} registers={type === 'register'} />
    </Frame>
  )
}
