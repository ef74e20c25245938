'use client'

import type { z } from 'zod'
import { Form, SubmitButton, useZodForm } from '#components/form'
import type { FormProblem } from '#components/form-summary'
import { Button } from '#components/ui/button'
import { Drawer, DrawerFooter } from '#components/ui/drawer'
import { notify } from '#components/ui/toast'
import { useLeave } from '#components/unsaved'
import { updateKeyAction } from '../actions.ts'
import { problemOf, sentenceOf } from '../outcome.ts'
import type { ApiKey } from '../reads.ts'
import { sayNotUndone, useAct } from '../use-act.ts'
import { LimitFields, NameField } from './key-fields.tsx'
import { EditKeyForm, editForm, expiresAt } from './key-form.ts'

/** Name, networks, expiry and answer style of a key. What it may do never changes: that is another key. */
export function EditKeyDrawer({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const act = useAct()
  const leave = useLeave()
  const form = useZodForm(EditKeyForm, editForm(apiKey))
  const keyId = apiKey.id

  async function save(typed: z.output<typeof EditKeyForm>): Promise<FormProblem | undefined> {
    const { name, networks, compatStatus200 } = typed
    const input = { keyId, name, networks, compatStatus200, expiresAt: expiresAt(typed, new Date()) }
    const outcome = await act((m) => updateKeyAction(m, { ...input, expectedVersion: apiKey.version }))
    if (!outcome.ok) return problemOf(outcome.error)
    const { version } = outcome.data
    if (version !== apiKey.version) notify({ title: `${name} was saved`, undo: () => undo(version) })
    setTimeout(onClose)
    return undefined
  }

  async function undo(expectedVersion: number) {
    const { name, networks, compatStatus200 } = apiKey
    const before = { keyId, name, networks, compatStatus200, expiresAt: apiKey.expiresAt, expectedVersion }
    const outcome = await act((m) => updateKeyAction(m, before))
    sayNotUndone(outcome.ok ? undefined : sentenceOf(outcome.error))
  }

  async function close(open: boolean) {
    if (!open && (await leave())) onClose()
  }

  return (
    <Drawer open onOpenChange={close} title={`Edit ${apiKey.name}`}>
      <Form form={form} onSubmit={save} label="Edit API key" className="flex-1">
        <NameField />
        <LimitFields existing />
        <DrawerFooter sticky>
          <Button onClick={() => close(false)}>Cancel</Button>
          <SubmitButton>Save</SubmitButton>
        </DrawerFooter>
      </Form>
    </Drawer>
  )
}
