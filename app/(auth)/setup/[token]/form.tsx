'use client'

import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Select, type SelectOption } from '#components/ui/select'
import { AccountForm, NameField, NewPasswordField } from '../../account-form.tsx'
import { setUpAction } from '../../actions.ts'

type Options = readonly SelectOption[]
type SetUpFormProps = { token: string; countries: Options; currencies: Options; timeZones: Options }

export function SetUpForm({ token, countries, currencies, timeZones }: SetUpFormProps) {
  return (
    <AccountForm
      button="Create merchant and owner"
      send={(value) =>
        setUpAction({
          token,
          merchant: {
            name: value('merchant'),
            country: value('country') || null,
            currency: value('currency'),
            timeZone: value('timeZone'),
          },
          name: value('name'),
          email: value('email'),
          password: value('password'),
        })
      }
    >
      {(problems) => (
        <>
          <Field label="Merchant" error={problems['merchant.name']}>
            <Input name="merchant" autoComplete="organization" />
          </Field>
          <Field label="Country" optional error={problems['merchant.country']}>
            <Select name="country" options={countries} placeholder="Not set" />
          </Field>
          <Field label="Currency" error={problems['merchant.currency']}>
            <Select name="currency" options={currencies} defaultValue="EUR" />
          </Field>
          <Field label="Time zone" error={problems['merchant.timeZone']}>
            <Select name="timeZone" options={timeZones} defaultValue="UTC" />
          </Field>
          <NameField error={problems.name} />
          <Field label="E-mail" error={problems.email}>
            <Input name="email" type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} />
          </Field>
          <NewPasswordField error={problems.password} />
        </>
      )}
    </AccountForm>
  )
}
