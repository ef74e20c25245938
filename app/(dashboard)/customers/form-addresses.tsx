'use client'

import { useWatch } from 'react-hook-form'
import { CheckboxField, SelectField } from '#components/form-fields'
import { countryCodes } from '#lib/core/countries'
import { Line, Pair, Section } from './form-parts.tsx'
import { countryName } from './words.ts'

const collator = new Intl.Collator('en')
const countries = countryCodes
  .map((value) => ({ value, label: countryName(value) }))
  .toSorted((a, b) => collator.compare(a.label, b.label))

function AddressFields({ name }: { name: 'billing' | 'shipping' }) {
  const line: unknown = useWatch({ name: `${name}.line` })
  const region: unknown = useWatch({ name: `${name}.region` })
  const what = name === 'billing' ? 'Billing' : 'Shipping'
  return (
    <>
      {Boolean(line) && (
        <Line name={`${name}.line`} label={`${what} address as written`} hint="Empty it to enter the parts below." />
      )}
      <Line name={`${name}.street`} label={`${what} street`} />
      <Line name={`${name}.street2`} label={`${what} second line`} />
      <Pair>
        <Line name={`${name}.zipCode`} label={`${what} postcode`} />
        <Line name={`${name}.city`} label={`${what} city`} />
      </Pair>
      <Pair>
        <Line name={`${name}.state`} label={`${what} state`} />
        <SelectField name={`${name}.country`} label={`${what} country`} options={countries} placeholder="Not known" />
      </Pair>
      {Boolean(region) && <Line name={`${name}.region`} label={`${what} region`} />}
    </>
  )
}

export function AddressSections() {
  const same: unknown = useWatch({ name: 'sameAddress' })
  return (
    <>
      <Section title="Billing address">
        <AddressFields name="billing" />
      </Section>
      <Section title="Shipping address">
        <CheckboxField name="sameAddress" label="Same as billing" />
        {!same && <AddressFields name="shipping" />}
      </Section>
    </>
  )
}
