'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useMemo } from 'react'
import { z } from 'zod'
import { Form, SubmitButton, useZodForm } from '#components/form'
import { TextField } from '#components/form-fields'
import { IconButton } from '#components/ui/button'
import { Card } from '#components/ui/card'
import { MissingValue } from '#components/ui/masked-value'
import { notify } from '#components/ui/toast'
import { fold } from '#lib/core/text'
import type { CustomerView } from '#lib/customers/view'
import { useDesk } from '../../desk.tsx'
import { tagCustomerAction, untagCustomerAction } from '../actions.ts'
import { customerRead } from '../reads.ts'
import { refreshCustomer } from '../use-writes.ts'

type Change = { tag: string; on: boolean }

function useTagging(customer: CustomerView) {
  const { m } = useDesk()
  const client = useQueryClient()
  const { queryKey } = customerRead(m, customer.id)
  return useMutation({
    mutationFn: async ({ tag, on }: Change) => {
      const answer = await (on ? tagCustomerAction : untagCustomerAction)(m, { id: customer.id, tag })
      if (!answer.ok) throw answer.error
      return answer.data.customer
    },
    onMutate: ({ tag, on }) => {
      const before = client.getQueryData<CustomerView>(queryKey)
      const tags = before?.tags ?? []
      if (before)
        client.setQueryData(queryKey, { ...before, tags: on ? [...tags, tag] : tags.filter((each) => each !== tag) })
      return before
    },
    onError: (_err, _change, before) => client.setQueryData(queryKey, before),
    onSuccess: async (saved) => {
      client.setQueryData(queryKey, saved)
      await refreshCustomer(client, m, customer.id)
    },
  })
}

/** Free words on a customer; each goes on and off at once. */
export function TagsCard({ customer }: { customer: CustomerView }) {
  const { can } = useDesk()
  const tagging = useTagging(customer)
  const editable = can('customers:write') && customer.lifecycle === 'current'
  const tags = customer.tags ?? []

  function change(what: Change) {
    const undo = () => change({ ...what, on: !what.on })
    tagging.mutate(what, {
      onSuccess: () => notify({ title: `Tag “${what.tag}” ${what.on ? 'added' : 'removed'}`, undo }),
    })
  }

  return (
    <Card title="Tags">
      {tags.length === 0 ? (
        <MissingValue />
      ) : (
        <ul aria-label="Tags" className="flex flex-wrap gap-2">
          {tags.map((tag) => (
            <li key={tag} className="inline-flex items-center rounded-control bg-sunken ps-2 pe-1 text-small">
              <bdi className="wrap-anywhere">{tag}</bdi>
              {editable && (
                <IconButton size="small" label={`Remove tag ${tag}`} onClick={() => change({ tag, on: false })}>
                  <X aria-hidden strokeWidth={1.5} />
                </IconButton>
              )}
            </li>
          ))}
        </ul>
      )}
      {editable && <AddTag known={tags} onAdd={(tag) => change({ tag, on: true })} />}
      {tagging.isError && (
        <p role="alert" className="mt-2 text-small text-danger-text">
          The tag was not saved: {(tagging.error as { message?: string }).message ?? 'the server could not be reached'}.
        </p>
      )}
    </Card>
  )
}

const noCard = { 'aria-required': false, autoComplete: 'off' } as const

/** What may become a tag of a customer that has these already. */
const tagSchema = (known: readonly string[]) =>
  z.object({
    tag: z
      .string()
      .trim()
      .min(1, 'Write a tag first')
      .max(100, 'Must be at most 100 characters')
      .refine((tag) => !known.some((each) => fold(each) === fold(tag)), 'This tag is there already'),
  })

function AddTag({ known, onAdd }: { known: readonly string[]; onAdd: (tag: string) => void }) {
  const schema = useMemo(() => tagSchema(known), [known])
  const form = useZodForm(schema, { tag: '' })
  async function add({ tag }: { tag: string }) {
    onAdd(tag)
    // After the form has become clean, or the emptied field would count as typed.
    setTimeout(() => form.reset({ tag: '' }))
  }
  return (
    <Form form={form} onSubmit={add} label="Add tag" className="mt-3 gap-2">
      <div className="flex items-start gap-2">
        <TextField name="tag" label="New tag" className="flex-1" input={noCard} />
        <SubmitButton variant="secondary" className="mt-6">
          Add tag
        </SubmitButton>
      </div>
    </Form>
  )
}
