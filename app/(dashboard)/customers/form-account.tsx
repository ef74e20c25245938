'use client'

import { SelectField } from '#components/form-fields'
import { CustomerStatus, VerificationStatus } from '#lib/customers/schema'
import { Line, Lines, Pair, Pairs, Section } from './form-parts.tsx'
import { type Hidden, HiddenLine } from './form-person.tsx'
import { STATUS_WORDS, VERIFICATION } from './words.ts'

const statuses = CustomerStatus.options.map((value) => ({ value, label: STATUS_WORDS[value] }))
const verifications = VerificationStatus.options.map((value) => ({ value, label: VERIFICATION[value].word }))

export function AccountSection({ hidden }: { hidden: Hidden | undefined }) {
  return (
    <Section title="Account">
      <Pair>
        <SelectField name="status" label="Status" options={statuses} />
        <SelectField name="verificationStatus" label="Verification" options={verifications} />
      </Pair>
      <Pair>
        <HiddenLine name="taxId" label="Tax id" stored={hidden?.taxId} />
        <HiddenLine name="nationalId" label="National id" stored={hidden?.nationalId} />
      </Pair>
      <Line name="reference" label="Reference" />
      <Lines name="description" label="Description" hint="Systems that read this customer get it, too." />
    </Section>
  )
}

export function MoreSection() {
  return (
    <Section title="Custom fields">
      <Pairs name="customFields" noun="Custom field" />
    </Section>
  )
}

export function NoteSection() {
  return (
    <Section title="Notes">
      <Lines name="note" label="Note" hint="For colleagues; customers never see it." />
    </Section>
  )
}
