'use client'

import { useState } from 'react'
import { z } from 'zod'
import { Form, SubmitButton, useZodForm } from '#components/form'
import { TextField } from '#components/form-fields'
import { Button } from '#components/ui/button'
import { Drawer, DrawerFooter } from '#components/ui/drawer'
import { useLeave } from '#components/unsaved'
import type { InstrumentView } from '#lib/instruments/view'
import type { ProfileView } from '#lib/profiles/view'
import { expiryText, instrumentText } from '../../customers/words.ts'
import { type InstrumentEdit, useProfileWrites } from './use-writes.ts'

const EXPIRY = /^(0[1-9]|1[0-2])\s*\/\s*(?:20)?(\d\d)$/

const holderName = z.string().trim().max(255, 'A name has at most 255 characters.')
const CardForm = z.object({ holderName, expiry: z.string().trim().regex(EXPIRY, 'Write month and year, like 04/27.') })
const OtherForm = z.object({ holderName, expiry: z.string() })
type Typed = z.input<typeof CardForm>

/** The fields that differ from what was opened. */
function changesOf(opened: InstrumentView, { holderName: holder, expiry }: Typed): InstrumentEdit {
  const edit: InstrumentEdit = {}
  if (holder !== (opened.holderName ?? '')) edit.holderName = holder
  const [, month, year] = EXPIRY.exec(expiry) ?? []
  if (!month || !year) return edit
  if (Number(month) !== opened.expMonth) edit.expMonth = Number(month)
  if (2000 + Number(year) !== opened.expYear) edit.expYear = 2000 + Number(year)
  return edit
}

type EditDrawerProps = { profile: ProfileView; instrument: InstrumentView; onClose: () => void }

/** Correcting holder and expiry. What the gateway told of the card itself stays as it is. */
export function EditDrawer({ instrument, onClose }: EditDrawerProps) {
  // The form compares with what it was filled from, also when the page has read a newer version meanwhile.
  const [opened] = useState(instrument)
  const { edit } = useProfileWrites()
  const leave = useLeave()
  const card = opened.type === 'card'
  const form = useZodForm<Typed, Typed>(card ? CardForm : OtherForm, {
    holderName: opened.holderName ?? '',
    expiry: expiryText(opened.expMonth, opened.expYear),
  })

  async function save(typed: Typed) {
    const changes = changesOf(opened, typed)
    const problem = Object.keys(changes).length > 0 ? await edit(opened, changes) : undefined
    if (problem) return problem
    // After the form has become clean, so that leaving asks nothing.
    setTimeout(onClose)
  }

  async function close() {
    if (await leave()) onClose()
  }

  return (
    <Drawer open onOpenChange={(open) => void (open || close())} title={`Edit ${instrumentText(opened)}`}>
      <Form form={form} onSubmit={save} label="Instrument" className="min-h-full">
        <TextField name="holderName" label="Holder" optional input={{ autoComplete: 'off', maxLength: 255 }} />
        {card && (
          <TextField
            name="expiry"
            label="Expires"
            hint="Month and year as they stand on the card, like 04/27."
            input={{ autoComplete: 'off', inputMode: 'numeric', className: 'max-w-32' }}
          />
        )}
        <DrawerFooter sticky>
          <Button onClick={() => void close()}>Cancel</Button>
          <SubmitButton>Save</SubmitButton>
        </DrawerFooter>
      </Form>
    </Drawer>
  )
}
