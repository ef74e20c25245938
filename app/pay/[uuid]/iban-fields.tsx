import { Checkbox } from '#components/ui/checkbox'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import type { PageChoice } from '#lib/transactions/payment-page'

type Problems = Readonly<Record<string, string>>

/** The account as the form has it, or what is missing by field. */
export function ibanChoice(form: FormData): { choice?: PageChoice; faults: Problems } {
  const value = (name: string) => String(form.get(name) ?? '').trim()
  const [iban, holderName] = [value('iban'), value('holderName')]
  const faults = {
    ...(!holderName && { holderName: 'Enter the name of the account holder.' }),
    ...(!iban && { iban: 'Enter the IBAN of the account.' }),
    ...(!form.has('mandateAccepted') && { mandateAccepted: 'The account cannot be debited without the mandate.' }),
  }
  if (Object.keys(faults).length > 0) return { faults }
  return { choice: { kind: 'iban', iban, holderName, mandateAccepted: true }, faults }
}

/** A bank account with the mandate to debit it. */
export function IbanFields({ merchant, problems }: { merchant: string; problems: Problems }) {
  return (
    <div className="flex flex-col gap-4">
      <Field label="Account holder" error={problems.holderName}>
        <Input name="holderName" autoComplete="name" />
      </Field>
      <Field label="IBAN" error={problems.iban}>
        <Input name="iban" autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={60} />
      </Field>
      <p className="rounded-card bg-sunken p-3 text-small">
        I authorise {merchant} to send instructions to my bank to debit my account, and my bank to debit my account in
        accordance with these instructions. I am entitled to a refund from my bank under the terms of my agreement with
        it. A refund must be claimed within eight weeks from the date on which my account was debited.
      </p>
      <Checkbox name="mandateAccepted" label="I give this mandate" error={problems.mandateAccepted} />
    </div>
  )
}
