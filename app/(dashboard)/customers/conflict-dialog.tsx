'use client'

import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button'
import { DateTime } from '#components/ui/date-time'
import { Dialog } from '#components/ui/dialog'
import { OrMissing } from '#components/ui/masked-value'
import type { FieldConflict, Leaf, Side } from '#lib/customers/conflict'
import { fieldLabel } from '#lib/customers/form-patch'
import type { ConflictQuestion, Decision } from './conflict-store.ts'

type ConflictDialogProps = { question: ConflictQuestion; onAnswer: (decision: Decision | undefined) => void }

const formId = 'conflict-choices'

/** One row per field that two people changed. Closing it writes nothing and loses nothing. */
export function ConflictDialog({ question, onAnswer }: ConflictDialogProps) {
  const { who, conflicts, by, kept } = question
  const [choices, setChoices] = useState<Record<string, Side>>({})
  const [incomplete, setIncomplete] = useState(false)
  const all = (side: Side) => onAnswer(Object.fromEntries(conflicts.map(({ path }) => [path, side])))

  function save(event: FormEvent) {
    event.preventDefault()
    if (conflicts.every(({ path }) => choices[path])) onAnswer(choices)
    else setIncomplete(true)
  }

  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => open || onAnswer(undefined)}
      title={`You and ${who} changed the same ${conflicts.length === 1 ? 'field' : 'fields'}`}
      description="Choose what to keep. Closing this keeps what you typed, and saves nothing."
      footer={
        <>
          <Button onClick={() => all('theirs')}>Use theirs for all</Button>
          <Button onClick={() => all('mine')}>Use mine for all</Button>
          <Button variant="primary" type="submit" form={formId}>
            Save choices
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={save} className="flex flex-col gap-4">
        {conflicts.map((conflict) => (
          <ConflictField
            key={conflict.path}
            conflict={conflict}
            author={by[conflict.path]}
            choice={choices[conflict.path]}
            onChoose={(side) => setChoices({ ...choices, [conflict.path]: side })}
          />
        ))}
        <p role="alert" className="text-danger-text empty:hidden">
          {incomplete && conflicts.some(({ path }) => !choices[path]) && 'Choose one value for each field.'}
        </p>
        {kept.length > 0 && (
          <p className="text-small text-muted">Also changed meanwhile and kept: {kept.join(', ')}.</p>
        )}
      </form>
    </Dialog>
  )
}

type ConflictFieldProps = {
  conflict: FieldConflict
  author: { actor: string; at: string } | undefined
  choice: Side | undefined
  onChoose: (side: Side) => void
}

function ConflictField({ conflict, author, choice, onChoose }: ConflictFieldProps) {
  const { path, opened, now, yours } = conflict
  const label = fieldLabel(path)
  return (
    <fieldset className="rounded-card border">
      <legend className="ms-2 px-1 font-medium">{label}</legend>
      <div className="grid gap-px sm:grid-cols-3">
        <div className="p-3">
          <p className="text-small text-muted">When you opened it</p>
          <Value value={opened} />
        </div>
        <Choice name={path} checked={choice === 'theirs'} onChoose={() => onChoose('theirs')} title="Now" value={now}>
          {author && (
            <>
              {author.actor}, <DateTime at={author.at} relative />
            </>
          )}
        </Choice>
        <Choice name={path} checked={choice === 'mine'} onChoose={() => onChoose('mine')} title="Yours" value={yours} />
      </div>
    </fieldset>
  )
}

type ChoiceProps = {
  name: string
  title: string
  value: Leaf
  checked: boolean
  onChoose: () => void
  children?: React.ReactNode
}

function Choice({ name, title, value, checked, onChoose, children }: ChoiceProps) {
  return (
    <label className="flex cursor-pointer gap-2 rounded-control p-3 hover:bg-sunken has-checked:bg-accent-soft">
      <input
        type="radio"
        name={name}
        checked={checked}
        onChange={onChoose}
        className="my-0.5 size-4 shrink-0 accent-accent"
      />
      <span className="min-w-0">
        <span className="block text-small text-muted">{title}</span>
        <Value value={value} />
        {children && <span className="block text-small text-muted">{children}</span>}
      </span>
    </label>
  )
}

function Value({ value }: { value: Leaf }) {
  const text = typeof value === 'boolean' ? (value ? 'Yes' : 'No') : value
  return (
    <span className="block whitespace-pre-line wrap-anywhere">
      <OrMissing>{text}</OrMissing>
    </span>
  )
}
