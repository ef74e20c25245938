'use client'

import { useQueryClient } from '@tanstack/react-query'
import { CircleUser, LogOut } from 'lucide-react'
import { useState } from 'react'
import { Button, IconButton, TextLink } from '#components/ui/button'
import { Popover } from '#components/ui/popover'
import { forgetUndo, notify } from '#components/ui/toast'
import { useLeave } from '#components/unsaved'
import { leave as endSession } from '../(auth)/leave.ts'

type AccountProps = { name: string; email: string }

/** Who is signed in, and the way out. */
export function Account({ name, email }: AccountProps) {
  const client = useQueryClient()
  const mayLeave = useLeave()
  const [pending, setPending] = useState(false)

  async function signOut() {
    if (!(await mayLeave())) return
    setPending(true)
    try {
      await endSession()
      forgetUndo()
      client.clear()
    } catch {
      notify({
        title: 'You are still signed in',
        description: 'The server could not be reached. Try again.',
        failed: true,
      })
      setPending(false)
    }
  }

  const trigger = (
    <IconButton label={`Account of ${name}`}>
      <CircleUser aria-hidden strokeWidth={1.5} />
    </IconButton>
  )
  return (
    <>
      <Popover trigger={trigger} title={name} align="end">
        <p className="text-small text-muted wrap-anywhere">{email}</p>
        <TextLink href="/access/sessions">Your sessions</TextLink>
      </Popover>
      <Button variant="ghost" className="px-2" pending={pending} onClick={signOut}>
        <LogOut aria-hidden strokeWidth={1.5} />
        <span className="max-md:sr-only">Sign out</span>
      </Button>
    </>
  )
}
