import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { defaultFormat, moneyText } from '#components/ui/format-value'
import { Notice } from '#components/ui/notice'
import { findChallenge } from '#lib/transactions/challenge'
import { ChallengeForm } from './form.tsx'

export const metadata: Metadata = { title: 'Confirm your payment', robots: { index: false } }

type Props = { params: Promise<{ uuid: string }> }

/** The simulated bank's page of a payment that needs its person. */
export default async function PayPage({ params }: Props) {
  const { uuid } = await params
  const challenge = await findChallenge(uuid)
  if (!challenge) notFound()
  const { merchant, amountMinor, currency, state } = challenge
  return (
    <div className="flex min-h-dvh flex-col items-center px-4 py-12 sm:py-20">
      <main id="main" className="flex w-full max-w-100 flex-col gap-4 rounded-card border bg-surface p-6">
        <h1 className="font-semibold text-title">Confirm your payment</h1>
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
        </p>
        <Notice tone="neutral">This is a simulator. No money moves, whatever you choose.</Notice>
        <ChallengeForm uuid={uuid} open={state === 'redirect'} />
      </main>
    </div>
  )
}
