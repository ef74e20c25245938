'use client'

import { useState } from 'react'
import { z } from 'zod'
import { Form, SubmitButton, useZodForm } from '#components/form'
import { CheckboxField, RadioField, SelectField, SwitchField, TextareaField, TextField } from '#components/form-fields'
import { Field } from '#components/ui/field'
import { Select } from '#components/ui/select'
import { notify } from '#components/ui/toast'
import { Chapter, Entry } from './entry.tsx'

const sample = z.strictObject({
  name: z.string().trim().min(1, 'Enter a name.'),
  email: z.email('Enter an e-mail address like ada@example.com.'),
  phone: z.string(),
  country: z.string().min(1, 'Choose a country.'),
  note: z.string().max(200, 'Keep the note under 200 characters.'),
  contact: z.enum(['email', 'phone'], 'Choose a way.'),
  news: z.boolean(),
  active: z.boolean(),
})

type Answer = 'saved' | 'taken' | 'unreachable'

/** A whole form: summary, errors, pending, unsaved input. */
export function Forms() {
  const [answer, setAnswer] = useState<Answer>('saved')
  return (
    <Chapter title="Forms">
      <Entry id="form" title="Form" stacked>
        <Field label="What the server answers">
          <Select
            value={answer}
            onChange={(event) => {
              const { value } = event.target
              setAnswer(value === 'taken' || value === 'unreachable' ? value : 'saved')
            }}
            options={[
              { value: 'saved', label: 'Saved' },
              { value: 'taken', label: 'The e-mail is taken' },
              { value: 'unreachable', label: 'Nothing' },
            ]}
          />
        </Field>
        <SampleForm answer={answer} />
      </Entry>
    </Chapter>
  )
}

function sayUndone() {
  notify({ title: 'Undone' })
}

function SampleForm({ answer }: { answer: Answer }) {
  const form = useZodForm(sample, {
    name: '',
    email: '',
    phone: '',
    country: '',
    note: '',
    contact: 'email',
    news: false,
    active: true,
  })
  async function save() {
    if (answer === 'unreachable') throw new Error('offline')
    if (answer === 'saved') {
      notify({ title: 'Saved', undo: sayUndone })
      return undefined
    }
    return {
      message: 'The customer was not saved. What you typed is still here.',
      fields: { email: 'Another customer has this e-mail address.' },
      requestId: 'req_5f0b2c',
    }
  }
  return (
    <Form form={form} onSubmit={save} label="Sample customer">
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField name="name" label="Name" input={{ autoComplete: 'off' }} />
        <TextField name="email" label="E-mail" input={{ type: 'email', autoComplete: 'off' }} />
        <TextField name="phone" label="Phone" optional hint="With the country code." input={{ type: 'tel' }} />
        <SelectField
          name="country"
          label="Country"
          placeholder="Choose a country"
          options={[
            { value: 'DE', label: 'Germany' },
            { value: 'GB', label: 'United Kingdom' },
          ]}
        />
      </div>
      <TextareaField name="note" label="Note" optional />
      <RadioField
        name="contact"
        label="Preferred way of contact"
        options={[
          { value: 'email', label: 'E-mail' },
          { value: 'phone', label: 'Phone' },
        ]}
      />
      <CheckboxField name="news" label="Send news" />
      <SwitchField name="active" label="Active" />
      <div>
        <SubmitButton>Save customer</SubmitButton>
      </div>
    </Form>
  )
}
