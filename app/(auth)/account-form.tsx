'use client'

import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input, PasswordInput } from '#components/ui/input'
import { Notice } from '#components/ui/notice'
import type { ActionResult } from '#lib/web/action'
import { enter } from './enter.ts'
import { useReady } from './use-ready.ts'

/** Sentences by field name, as the server said them. */
export type Problems = Readonly<Record<string, string>>

type AccountFormProps = {
  /** Sends what was typed; answers with the address to sign in with. */
  send: (value: (name: string) => string) => Promise<ActionResult<{ email: string }>>
  button: string
  children: (problems: Problems) => ReactNode
}

const upper = (sentence: string) => `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`

/** A form that makes or confirms an account and then signs in with it. */
export function AccountForm({ send, button, children }: AccountFormProps) {
  const [problem, setProblem] = useState<string>()
  const [problems, setProblems] = useState<Problems>({})
  const [pending, setPending] = useState(false)
  const ready = useReady()

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (pending) return
    const data = new FormData(event.currentTarget)
    const value = (name: string) => String(data.get(name) ?? '')
    setPending(true)
    setProblem(undefined)
    setProblems({})
    const answer = await send(value).catch(() => undefined)
    if (answer?.ok) {
      setProblem(await enter(answer.data.email, value('password'), '/'))
    } else if (!answer) {
      setProblem('The server could not be reached. What you typed is still here; try again.')
    } else {
      const { message, details } = answer.error
      setProblem(details.retryAfterSeconds ? `${message}. Wait ${details.retryAfterSeconds} seconds.` : `${message}.`)
      setProblems(Object.fromEntries((details.fields ?? []).map((field) => [field.path, upper(field.message)])))
    }
    setPending(false)
  }

  return (
    <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
      {problem && (
        <Notice tone="danger" role="alert">
          {problem}
        </Notice>
      )}
      {children(problems)}
      <Button type="submit" variant="primary" pending={pending} disabled={!ready}>
        {button}
      </Button>
    </form>
  )
}

export function NameField({ error }: { error: string | undefined }) {
  return (
    <Field label="Your name" error={error}>
      <Input name="name" autoComplete="name" />
    </Field>
  )
}

/** A new password with how long it is already; whether it is easy to guess is said when it is sent. */
export function NewPasswordField({ error }: { error: string | undefined }) {
  const [length, setLength] = useState(0)
  const hint =
    length === 0
      ? 'At least 15 characters. A few unrelated words are easy to keep and hard to guess.'
      : length < 15
        ? `${length} of at least 15 characters`
        : 'Long enough'
  return (
    <Field label="Password" hint={hint} error={error}>
      <PasswordInput
        name="password"
        autoComplete="new-password"
        onChange={(event) => setLength([...event.target.value.normalize('NFC')].length)}
      />
    </Field>
  )
}
