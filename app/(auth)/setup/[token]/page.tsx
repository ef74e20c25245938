import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { isSetUp, isSetUpLink } from '#lib/access/first-owner'
import { countryCodes } from '#lib/core/countries'
import { currencyCodes } from '#lib/core/money'
import { LinkGone } from '../../link-gone.tsx'
import { SetUpForm } from './form.tsx'

export const metadata: Metadata = { title: 'Set up' }

type Props = { params: Promise<{ token: string }> }

/** The codes by their English names, in the order of those. */
function named(codes: readonly string[], type: 'region' | 'currency') {
  const names = new Intl.DisplayNames('en', { type })
  const options = codes.map((value) => ({ value, label: `${names.of(value) ?? value} (${value})` }))
  return options.sort((a, b) => a.label.localeCompare(b.label, 'en'))
}

export default async function SetUpPage({ params }: Props) {
  if (await isSetUp()) notFound()
  const { token } = await params
  if (!(await isSetUpLink(token))) {
    return <LinkGone how="Start the server again: it prints a new link as long as nobody can sign in." />
  }
  const timeZones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-title font-semibold">Set up Clientele</h1>
      <p className="text-muted">This makes your merchant and its first owner. The link works once.</p>
      <SetUpForm
        token={token}
        countries={named(countryCodes, 'region')}
        currencies={named(currencyCodes, 'currency')}
        timeZones={timeZones.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
      />
    </div>
  )
}
