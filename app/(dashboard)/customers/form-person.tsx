'use client'

import { CheckboxField, SelectField } from '#components/form-fields'
import { Line, Lines, Pair, Section } from './form-parts.tsx'
import { GENDER_WORDS } from './words.ts'

export type Hidden = { dateOfBirth: string | null; taxId: string | null; nationalId: string | null }

type HiddenLineProps = { name: keyof Hidden; label: string; stored: string | null | undefined; type?: 'date' | 'text' }

/** A sensitive value: never shown, only replaced or removed. */
export function HiddenLine({ name, label, stored, type = 'text' }: HiddenLineProps) {
  return (
    <div className="flex flex-col gap-1">
      <Line
        name={name}
        label={label}
        input={{ type }}
        hint={stored ? `Kept and hidden (${stored}). What you type here replaces it.` : undefined}
      />
      {stored && <CheckboxField name={`remove.${name}`} label={`Remove the kept ${label.toLowerCase()}`} />}
    </div>
  )
}

const genders = [
  { value: '', label: 'Not known' },
  ...Object.entries(GENDER_WORDS).map(([value, label]) => ({ value, label })),
]

export function PersonSection({ hidden }: { hidden: Hidden | undefined }) {
  return (
    <Section title="Person" hint="Only a name, a company or an e-mail is required.">
      <Line name="name" label="Name" hint="As it is shown everywhere." />
      <Pair>
        <Line name="firstName" label="First name" />
        <Line name="lastName" label="Last name" />
      </Pair>
      <Line name="company" label="Company" />
      <Pair>
        <HiddenLine name="dateOfBirth" label="Date of birth" type="date" stored={hidden?.dateOfBirth} />
        <SelectField name="gender" label="Gender" options={genders} />
      </Pair>
      <Line name="memberId" label="Member id" hint="Your own number for this customer." />
    </Section>
  )
}

export function ContactSection() {
  return (
    <Section title="Contact">
      <Pair>
        <Line name="email" label="E-mail" input={{ type: 'email', inputMode: 'email', dir: 'ltr' }} />
        <Line
          name="phone"
          label="Phone"
          input={{ type: 'tel', inputMode: 'tel', dir: 'ltr' }}
          hint="With the country: +44 20 …"
        />
      </Pair>
      <Pair>
        <Lines name="ccEmails" label="Further addresses" hint="One per line; each gets a copy." />
        <Lines name="ccPhones" label="Further numbers" hint="One per line." />
      </Pair>
    </Section>
  )
}
