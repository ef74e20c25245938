'use client'

import { type FormEvent, useId, useState } from 'react'
import type { Prove } from './step-up.tsx'
import { Button } from './ui/button.tsx'
import { Dialog } from './ui/dialog.tsx'
import { Field } from './ui/field.tsx'
import { PasswordInput } from './ui/input.tsx'

type StepUpDialogProps = { email: string; prove: Prove; onClose: (proven: boolean) => void }
type Refusal = Extract<Awaited<ReturnType<Prove>>, { ok: false }>['error']

/** Why the password was not taken, as a sentence. */
function reasonOf({ code, message, details }: Refusal): string {
  if (code === 'CREDENTIALS_INVALID') return 'This is not your password. Try again.'
  if (code === 'CREDENTIALS_MISSING') return 'Your session has ended. Sign in again; nothing was changed.'
  if (code === 'RATE_LIMITED') {
    const minutes = Math.ceil(Number(details.retryAfterSeconds ?? 60) / 60)
    return `Too many tries. Wait ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} and try again.`
  }
  return `${message}. Nothing was changed; try again.`
}

/** Asks for the password before something that only its owner may do. */
export function StepUpDialog({ email, prove, onClose }: StepUpDialogProps) {
  const form = useId()
  const input = useId()
  const [password, setPassword] = useState('')
  const [error, setError] = useState<string>()
  const [pending, setPending] = useState(false)

  async function submit(event: FormEvent) {
    event.preventDefault()
    event.stopPropagation()
    if (pending) return
    if (!password) return refuse('Type your password.')
    setPending(true)
    const answer = await prove(password)
    setPending(false)
    if (answer.ok) onClose(true)
    else refuse(reasonOf(answer.error))
  }

  function refuse(sentence: string) {
    setError(sentence)
    document.getElementById(input)?.focus()
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose(false)}
      title="Confirm it is you"
      description="This step needs a fresh proof that it is you. Type your password to go on; you are not asked again for five minutes."
      footer={
        <>
          <Button onClick={() => onClose(false)}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" pending={pending}>
            Confirm
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate>
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <Field id={input} label="Password" error={error}>
          <PasswordInput
            name="password"
            autoFocus
            value={password}
            onChange={(event) => {
              setPassword(event.target.value)
              setError(undefined)
            }}
          />
        </Field>
        <span role="alert" className="sr-only">
          {error}
        </span>
      </form>
    </Dialog>
  )
}
