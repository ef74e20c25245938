'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { FormProblem } from '#components/form-summary'
import { Drawer } from '#components/ui/drawer'
import { useLeave } from '#components/unsaved'
import { BLANK_FORM, CustomerForm } from '#lib/customers/form'
import { patchOf, tidyForm } from '#lib/customers/form-patch'
import { useDesk } from '../desk.tsx'
import { createCustomerAction } from './actions.ts'
import { CustomerFormFields, type SaveWish } from './customer-form.tsx'
import { problemOf } from './form-problem.ts'
import { useCustomerWrites } from './use-writes.ts'

/** Adding a customer beside the list. */
export function NewCustomerDrawer({ onClose }: { onClose: () => void }) {
  const { m } = useDesk()
  const router = useRouter()
  const leave = useLeave()
  const { afterCreate } = useCustomerWrites()
  const [round, setRound] = useState(0)

  async function save(typed: CustomerForm, { again, anyway }: SaveWish): Promise<FormProblem | undefined> {
    const fields = { ...patchOf(BLANK_FORM, tidyForm(typed)), ...(anyway && { duplicates: 'allow' as const }) }
    const answer = await createCustomerAction(m, { fields, note: typed.note })
    if (!answer.ok) return problemOf(answer.error)
    afterCreate(answer.data)
    // A fresh form for the next one, or the way to the one just made; both after this form has become clean.
    setTimeout(() => (again ? setRound(round + 1) : router.push(`/customers/${answer.data.id}?m=${m}`)))
    return undefined
  }

  async function close(open: boolean) {
    if (!open && (await leave())) onClose()
  }

  return (
    <Drawer open onOpenChange={close} title="Add customer">
      <CustomerFormFields
        key={round}
        opened={BLANK_FORM}
        schema={CustomerForm}
        onSave={save}
        onCancel={() => close(false)}
      />
    </Drawer>
  )
}
