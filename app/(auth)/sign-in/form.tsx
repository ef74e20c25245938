'use client'

import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input, PasswordInput } from '#components/ui/input'
import { Notice } from '#components/ui/notice'
import { enter } from '../enter.ts'
import { useReady } from '../use-ready.ts'

export function SignInForm({ next }: { next: string }) {
  const [problem, setProblem] = useState<string>()
  const [pending, setPending] = useState(false)
  const ready = useReady()

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (pending) return
    const data = new FormData(event.currentTarget)
    setPending(true)
    setProblem(undefined)
    const refused = await enter(String(data.get('email')), String(data.get('password')), next)
    if (!refused) return
    setProblem(refused)
    setPending(false)
  }

  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      {problem && (
        <Notice tone="danger" role="alert">
          {problem}
        </Notice>
      )}
      <Field label="E-mail">
        <Input
          name="email"
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus
        />
      </Field>
      <Field label="Password">
        <PasswordInput name="password" required />
      </Field>
      <Button type="submit" variant="primary" pending={pending} disabled={!ready}>
        Sign in
      </Button>
    </form>
  )
}
