import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { findHostedForm } from '#lib/transactions/hosted-card'
import { CardFrame } from './card-frame.tsx'

export const metadata: Metadata = { title: 'Card number and security code', robots: { index: false } }

type Props = { params: Promise<{ apiKey: string }> }

/** The simulator's own fields, for a frame in our pages. */
export default async function HostedCardPage({ params }: Props) {
  const { apiKey } = await params
  const form = await findHostedForm(apiKey)
  if (!form) notFound()
  return <CardFrame apiKey={apiKey} published={form.published} />
}
