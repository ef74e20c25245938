'use client'

import { useState } from 'react'
import { Checkbox, CheckMark } from '#components/ui/checkbox'
import { Field } from '#components/ui/field'
import { Input, PasswordInput } from '#components/ui/input'
import { RadioGroup } from '#components/ui/radio-group'
import { Select } from '#components/ui/select'
import { Switch } from '#components/ui/switch'
import { Textarea } from '#components/ui/textarea'
import { Chapter, Entry } from './entry.tsx'

const countries = [
  { value: 'DE', label: 'Germany' },
  { value: 'GB', label: 'United Kingdom' },
  { value: 'XX', label: 'Not to be chosen', disabled: true },
]

/** Controls, alone and in their fields. */
export function Fields() {
  return (
    <Chapter title="Fields">
      <Entry id="field" title="Field with input" stacked>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Name">
            <Input defaultValue="Ada Lovelace" />
          </Field>
          <Field label="Company" optional hint="As it stands on invoices.">
            <Input placeholder="Analytical Engines Ltd" />
          </Field>
          <Field label="E-mail" hint="One address." error="This is no e-mail address: the part after @ is missing.">
            <Input type="email" defaultValue="ada@" />
          </Field>
          <Field label="Member id">
            <Input disabled defaultValue="M-1001" />
          </Field>
          <Field label="Customer id" hint="Given by Clientele.">
            <Input readOnly defaultValue="48299" />
          </Field>
          <Field label="Password">
            <PasswordInput defaultValue="correct horse" />
          </Field>
          <Field label="Country">
            <Select options={countries} placeholder="Choose a country" />
          </Field>
          <Field label="Region" error="Choose a region of the country above.">
            <Select options={countries} />
          </Field>
          <Field label="Name from right to left">
            <Input dir="auto" defaultValue="عائشة بنت عبد الرحمن" />
          </Field>
          <Field label="A label that is much longer than anybody would like it to be, because some languages need the room">
            <Input defaultValue="Wolfeschlegelsteinhausenbergerdorff, Hubert Blaine" />
          </Field>
        </div>
        <Field label="Note" hint="Colleagues see it, the customer does not.">
          <Textarea defaultValue="Prefers to be called in the morning." />
        </Field>
      </Entry>
      <Entry id="checkbox" title="Checkbox" stacked>
        <Checkbox label="Send receipts" defaultChecked />
        <Checkbox label="Send news" hint="At most once a month." />
        <Checkbox
          label="I kept the recovery codes"
          error="Keep the codes first; without them a lost phone locks you out."
        />
        <Checkbox label="Not now" disabled />
        <div className="flex gap-3">
          <CheckMark aria-label="Some are selected" indeterminate />
          <CheckMark aria-label="All are selected" defaultChecked />
          <CheckMark aria-label="All are selected, and nobody may change it" defaultChecked disabled />
        </div>
      </Entry>
      <Entry id="radio-group" title="Radio group" stacked>
        <Radios />
      </Entry>
      <Entry id="switch" title="Switch" stacked>
        <Switch label="Compact rows" defaultChecked />
        <Switch label="Single-key shortcuts" hint="Press ? to see them all." />
        <Switch label="Not yours to change" disabled />
      </Entry>
    </Chapter>
  )
}

function Radios() {
  const [value, setValue] = useState('warn')
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <RadioGroup
        legend="When a customer looks like another"
        hint="Applies from the next customer on."
        value={value}
        input={{ name: 'policy', onChange: (event) => setValue(event.target.value) }}
        options={[
          { value: 'allow', label: 'Allow' },
          { value: 'warn', label: 'Warn', hint: 'Whoever creates it decides.' },
          { value: 'reject', label: 'Refuse', disabled: true },
        ]}
      />
      <RadioGroup
        legend="Reason"
        error="Choose a reason; it is written into the audit."
        input={{ name: 'reason' }}
        options={[
          { value: 'ticket', label: 'Ticket' },
          { value: 'request', label: 'Request of the customer' },
        ]}
      />
    </div>
  )
}
