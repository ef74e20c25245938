'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { FormProblem } from '#components/form-summary'
import { Drawer } from '#components/ui/drawer'
import { notify } from '#components/ui/toast'
import { useLeave } from '#components/unsaved'
import { type CustomerForm, customerFormSchema } from '#lib/customers/form'
import { formOf, patchOf, SENSITIVE, tidyForm } from '#lib/customers/form-patch'
import type { CustomerView } from '#lib/customers/view'
import { useDesk } from '../../desk.tsx'
import { CustomerFormFields } from '../customer-form.tsx'
import { problemOf } from '../form-problem.ts'
import { customerRead } from '../reads.ts'
import { saveEdit } from '../save-edit.ts'
import { useCustomerWrites } from '../use-writes.ts'

type EditDrawerProps = { customer: CustomerView; start: string | undefined; onClose: () => void }

const AT_ONCE = [
  'name',
  'firstName',
  'lastName',
  'company',
  'email',
  'phone',
  'memberId',
  'status',
  'verificationStatus',
] as const

/** What the page shows while the server still works: the plain fields of the edit. */
function optimistic(view: CustomerView, typed: CustomerForm): CustomerView {
  const fields = AT_ONCE.map((key) => [key, typed[key] || (key === 'name' ? view.name : null)])
  return { ...view, ...Object.fromEntries(fields) }
}

/** Changing a customer beside its page. What was opened stays as it was, whatever happens to the record meanwhile. */
export function EditDrawer({ customer, start, onClose }: EditDrawerProps) {
  const { m } = useDesk()
  const client = useQueryClient()
  const leave = useLeave()
  const { afterEdit } = useCustomerWrites()
  const [view] = useState(customer)
  const opened = useMemo(() => formOf(view), [view])
  const schema = useMemo(() => customerFormSchema(opened), [opened])

  async function save(typed: CustomerForm): Promise<FormProblem | undefined> {
    const { queryKey } = customerRead(m, view.id)
    const before = client.getQueryData<CustomerView>(queryKey)
    if (before) client.setQueryData(queryKey, optimistic(before, typed))
    const edit = { m, id: view.id, opened: { form: opened, version: view.version }, typed: tidyForm(typed) }
    const result = await saveEdit(edit).catch((err: unknown) => {
      client.setQueryData(queryKey, before)
      throw err
    })
    if (result.kind !== 'saved') client.setQueryData(queryKey, before)
    if (result.kind === 'failed') return problemOf(result.error)
    if (result.kind === 'undecided') {
      return {
        message: `Not saved yet: ${result.by || 'somebody'} changed the same fields. What you typed is still here.`,
      }
    }
    if (result.kind === 'same') notify({ title: 'Nothing was changed' })
    else afterEdit(result, { before: result.before, after: formOf(result.customer), undoable: undoable(typed) })
    // The form has to become clean first, or closing would ask about it.
    setTimeout(onClose)
    return undefined
  }

  /** Values that nobody sees cannot be put back, so an edit that replaced one has no Undo. */
  function undoable(typed: CustomerForm): boolean {
    const patch = patchOf(opened, typed)
    return !SENSITIVE.some((field) => patch[field] !== undefined && view[field] !== null)
  }

  async function close(open: boolean) {
    if (!open && (await leave())) onClose()
  }

  const { dateOfBirth, taxId, nationalId } = view
  return (
    <Drawer open onOpenChange={close} title={`Edit ${view.name}`}>
      <CustomerFormFields
        opened={opened}
        schema={schema}
        editing={{ id: view.id, hidden: { dateOfBirth, taxId, nationalId } }}
        start={start}
        onSave={save}
        onCancel={() => close(false)}
      />
    </Drawer>
  )
}
