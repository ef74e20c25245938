'use client'

import { Field } from '#components/ui/field'
import { Input, PasswordInput } from '#components/ui/input'
import { AccountForm, NameField, NewPasswordField } from '../../account-form.tsx'
import { acceptInvitationAction } from '../../actions.ts'

type AcceptFormProps = { token: string; email: string; hasAccount: boolean }

export function AcceptForm({ token, email, hasAccount }: AcceptFormProps) {
  return (
    <AccountForm
      button={hasAccount ? 'Sign in and accept' : 'Accept'}
      send={(value) =>
        acceptInvitationAction({ token, password: value('password'), ...(!hasAccount && { name: value('name') }) })
      }
    >
      {(problems) => (
        <>
          <Field label="E-mail">
            <Input name="email" type="email" autoComplete="username" defaultValue={email} readOnly />
          </Field>
          {hasAccount ? (
            <Field
              label="Password"
              hint="This address has an account already: give its password."
              error={problems.password}
            >
              <PasswordInput name="password" />
            </Field>
          ) : (
            <>
              <NameField error={problems.name} />
              <NewPasswordField error={problems.password} />
            </>
          )}
        </>
      )}
    </AccountForm>
  )
}
