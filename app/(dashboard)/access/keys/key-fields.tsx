'use client'

import { useWatch } from 'react-hook-form'
import { SelectField, SwitchField, TextareaField, TextField } from '#components/form-fields'

const EXPIRY_OPTIONS = [
  { value: 'never', label: 'Never' },
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
  { value: 'on', label: 'At the end of a day…' },
]

export const NameField = () => (
  <TextField
    name="name"
    label="Name"
    hint="Which system uses it: “Web shop”, “Nightly export”."
    input={{ autoComplete: 'off' }}
  />
)

/** Where the key works from, how long, and how it answers. */
export function LimitFields({ existing }: { existing?: boolean }) {
  const expires = useWatch({ name: 'expires' })
  const options = existing ? [{ value: 'keep', label: 'As it is' }, ...EXPIRY_OPTIONS] : EXPIRY_OPTIONS
  return (
    <>
      <SelectField name="expires" label="Expires" options={options} />
      {expires === 'on' && (
        <TextField
          name="day"
          label="Last day"
          hint="It works until the end of this day, UTC."
          input={{ type: 'date' }}
        />
      )}
      <TextareaField
        name="networks"
        label="Allowed networks"
        optional
        hint="IP addresses or networks such as 203.0.113.0/24, one on each line. Without any it works from everywhere."
        textarea={{ spellCheck: false, dir: 'ltr' }}
      />
      <SwitchField
        name="compatStatus200"
        label="Answer a Stax create with 200"
        hint="For older Stax clients, which take the usual 201 for a failure."
      />
    </>
  )
}
