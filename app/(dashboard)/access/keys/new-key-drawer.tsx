'use client'

import type { z } from 'zod'
import { Form, SubmitButton, useZodForm } from '#components/form'
import type { FormProblem } from '#components/form-summary'
import { Button } from '#components/ui/button'
import { Drawer, DrawerFooter } from '#components/ui/drawer'
import { useLeave } from '#components/unsaved'
import { useDesk } from '../../desk.tsx'
import { createKeyAction } from '../actions.ts'
import { problemOf } from '../outcome.ts'
import { useAct } from '../use-act.ts'
import { LimitFields, NameField } from './key-fields.tsx'
import { expiresAt, NewKeyForm } from './key-form.ts'
import { ScopePicker } from './scope-picker.tsx'
import { presetScopes } from './scope-presets.ts'
import type { Secret } from './secret-dialog.tsx'

type NewKeyDrawerProps = { onMade: (secret: Secret) => void; onClose: () => void }

/** Making a key; its secret is handed to whoever opened the drawer. */
export function NewKeyDrawer({ onMade, onClose }: NewKeyDrawerProps) {
  const { can } = useDesk()
  const act = useAct()
  const leave = useLeave()
  const form = useZodForm(NewKeyForm, {
    name: '',
    networks: '',
    expires: '365',
    day: '',
    compatStatus200: false,
    preset: 'read',
    scopes: presetScopes('read', can),
  })

  async function save(typed: z.output<typeof NewKeyForm>): Promise<FormProblem | undefined> {
    const { name, scopes, networks, compatStatus200 } = typed
    const input = { name, scopes, networks, compatStatus200, expiresAt: expiresAt(typed, new Date()) ?? null }
    const outcome = await act((m) => createKeyAction(m, input))
    if (!outcome.ok) return problemOf(outcome.error)
    // After the form has become clean, so that nothing asks about unsaved input.
    setTimeout(() => onMade({ name, key: outcome.data.key }))
    return undefined
  }

  async function close(open: boolean) {
    if (!open && (await leave())) onClose()
  }

  return (
    <Drawer open onOpenChange={close} title="Create API key">
      <Form form={form} onSubmit={save} label="Create API key" className="flex-1">
        <NameField />
        <ScopePicker />
        <LimitFields />
        <DrawerFooter sticky>
          <Button onClick={() => close(false)}>Cancel</Button>
          <SubmitButton>Create key</SubmitButton>
        </DrawerFooter>
      </Form>
    </Drawer>
  )
}
