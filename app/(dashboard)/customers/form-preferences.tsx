'use client'

import { useWatch } from 'react-hook-form'
import { SelectField } from '#components/form-fields'
import { currencyCodes } from '#lib/core/money'
import { Pair, Pairs, Section } from './form-parts.tsx'
import { languageName } from './words.ts'

const LANGUAGES =
  'ar bg bn ca cs cy da de de-AT de-CH el en en-GB en-US es es-MX et eu fa fi fr fr-CA ga gl he hi hr hu id is it ja ka ko lt lv mk mt ms nb nl nl-BE nn pl pt pt-BR ro ru sk sl sq sr sv sw th tr uk ur vi zh zh-Hant'.split(
    ' ',
  )

const currencies = currencyCodes.map((value) => ({ value, label: value }))
const answers = [
  { value: '', label: 'Not asked' },
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
]

const NOTIFY = [
  { name: 'email', label: 'Notify by e-mail' },
  { name: 'sms', label: 'Notify by text message' },
  { name: 'push', label: 'Notify by push' },
]
const CONTACT = [
  { name: 'email', label: 'Contact by e-mail' },
  { name: 'sms', label: 'Contact by text message' },
  { name: 'phone', label: 'Contact by phone' },
  { name: 'post', label: 'Contact by post' },
]

export function PreferenceSection() {
  const language: unknown = useWatch({ name: 'language' })
  const known = typeof language === 'string' && language !== '' && !LANGUAGES.includes(language) ? [language] : []
  const languages = [...LANGUAGES, ...known].map((value) => ({ value, label: languageName(value) }))
  return (
    <Section title="Preferences">
      <Pair>
        <SelectField name="currency" label="Currency" options={currencies} placeholder="Not known" />
        <SelectField name="language" label="Language" options={languages} placeholder="Not known" />
      </Pair>
      <Pair>
        {NOTIFY.map(({ name, label }) => (
          <SelectField key={name} name={`notify.${name}`} label={label} options={answers} />
        ))}
      </Pair>
      <Pair>
        {CONTACT.map(({ name, label }) => (
          <SelectField key={name} name={`contact.${name}`} label={label} options={answers} />
        ))}
      </Pair>
      <h4 className="font-medium">Subscription</h4>
      <Pairs name="subscription" noun="Subscription" />
    </Section>
  )
}
