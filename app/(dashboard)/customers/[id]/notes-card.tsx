'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { z } from 'zod'
import { useConfirm } from '#components/confirm'
import { Form, SubmitButton, useZodForm } from '#components/form'
import { TextareaField } from '#components/form-fields'
import type { FormProblem } from '#components/form-summary'
import { Button } from '#components/ui/button'
import { Card } from '#components/ui/card'
import { DateTime } from '#components/ui/date-time'
import { SkeletonText } from '#components/ui/skeleton'
import { notify } from '#components/ui/toast'
import type { CustomerView } from '#lib/customers/view'
import { useDesk } from '../../desk.tsx'
import { QueryError } from '../../query-error.tsx'
import { createNoteAction, deleteNoteAction, updateNoteAction } from '../actions.ts'
import { problemOf } from '../form-problem.ts'
import { type NoteView, notesRead } from '../reads.ts'
import { refreshCustomer } from '../use-writes.ts'

const NoteText = z.object({
  text: z.string().trim().min(1, 'Write something first').max(10_000, 'Must be at most 10,000 characters'),
})

type Answer = { ok: true } | { ok: false; error: Parameters<typeof problemOf>[0] }

/** Remarks for colleagues, the newest first. */
export function NotesCard({ customer }: { customer: CustomerView }) {
  const { m, can } = useDesk()
  const notes = useQuery(notesRead(m, customer.id))
  const client = useQueryClient()
  const editable = can('customers:write') && customer.lifecycle !== 'erased'
  const refresh = () => refreshCustomer(client, m, customer.id)

  async function add(text: string) {
    const answer = await createNoteAction(m, { customerId: customer.id, text })
    if (!answer.ok) return problemOf(answer.error)
    const { id } = answer.data
    await refresh()
    notify({ title: 'Note added', undo: () => deleteNoteAction(m, { noteId: id }).then(refresh) })
    return undefined
  }

  return (
    <Card title="Notes">
      {editable && <NoteForm label="New note" action="Add note" onSave={add} />}
      {notes.isError ? (
        <QueryError error={notes.error} onRetry={() => void notes.refetch()} retrying={notes.isFetching} />
      ) : notes.data === undefined ? (
        <SkeletonText />
      ) : notes.data.length === 0 ? (
        <p className="text-muted">No notes yet. They are for colleagues; customers never see them.</p>
      ) : (
        <ul aria-label="Notes" className="mt-2 flex flex-col divide-y">
          {notes.data.map((note) => (
            <NoteItem key={note.id} note={note} editable={editable} onChanged={refresh} />
          ))}
        </ul>
      )}
    </Card>
  )
}

type NoteItemProps = { note: NoteView; editable: boolean; onChanged: () => Promise<void> }

function NoteItem({ note, editable, onChanged }: NoteItemProps) {
  const { m } = useDesk()
  const confirm = useConfirm()
  const [editing, setEditing] = useState(false)

  async function save(text: string) {
    const answer = await updateNoteAction(m, { noteId: note.id, text })
    if (!answer.ok) return problemOf(answer.error)
    setEditing(false)
    await onChanged()
    const before = note.text
    notify({ title: 'Note saved', undo: () => updateNoteAction(m, { noteId: note.id, text: before }).then(onChanged) })
    return undefined
  }

  async function remove() {
    const sure = await confirm({
      title: 'Delete this note?',
      body: 'The note leaves the customer. That it was there, and by whom it was deleted, stays in the history.',
      action: 'Delete note',
      danger: true,
    })
    if (!sure) return
    const answer: Answer = await deleteNoteAction(m, { noteId: note.id })
    if (!answer.ok) notify({ title: 'The note was not deleted', description: answer.error.message, failed: true })
    else
      notify({
        title: 'Note deleted',
        undo: () => createNoteAction(m, { customerId: note.customerId, text: note.text }).then(onChanged),
      })
    await onChanged()
  }

  if (editing) {
    return (
      <li className="py-3">
        <NoteForm label="Note" action="Save" start={note.text} onSave={save} onCancel={() => setEditing(false)} />
      </li>
    )
  }
  return (
    <li className="flex items-start gap-3 py-3">
      <div className="min-w-0 flex-1">
        <p dir="auto" className="whitespace-pre-line wrap-anywhere">
          {note.text}
        </p>
        <p className="text-small text-muted">
          {note.authorName} · <DateTime at={note.createdAt} relative />
          {note.history.length > 0 && (
            <>
              {' '}
              · changed by {note.history.at(-1)?.editorName} <DateTime at={note.updatedAt} relative />
            </>
          )}
        </p>
      </div>
      {editable && (
        <div className="flex gap-1">
          <Button size="small" variant="ghost" onClick={() => setEditing(true)}>
            Change<span className="sr-only"> note of {note.authorName}</span>
          </Button>
          <Button size="small" variant="ghost" onClick={remove}>
            Delete<span className="sr-only"> note of {note.authorName}</span>
          </Button>
        </div>
      )}
    </li>
  )
}

type NoteFormProps = {
  label: string
  action: string
  start?: string
  onSave: (text: string) => Promise<FormProblem | undefined>
  onCancel?: () => void
}

function NoteForm({ label, action, start = '', onSave, onCancel }: NoteFormProps) {
  const form = useZodForm(NoteText, { text: start })
  async function save({ text }: { text: string }) {
    const problem = await onSave(text)
    // The field empties only once the note is stored.
    if (!problem) form.reset({ text: '' })
    return problem
  }
  return (
    <Form form={form} onSubmit={save} className="gap-2">
      <TextareaField name="text" label={label} textarea={{ rows: 2, className: 'min-h-14' }} />
      <div className="flex gap-2">
        <SubmitButton size="small" variant="secondary">
          {action}
        </SubmitButton>
        {onCancel && (
          <Button size="small" variant="ghost" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
    </Form>
  )
}
