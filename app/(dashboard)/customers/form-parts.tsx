'use client'

import { Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useFieldArray, useWatch } from 'react-hook-form'
import { TextareaField, TextField } from '#components/form-fields'
import { Button, IconButton } from '#components/ui/button'
import type { InputProps } from '#components/ui/input'
import { LIMITS } from '#lib/customers/form'

/** A part of the form under its heading. */
export function Section({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-3">
      <header>
        <h3 className="text-section font-semibold">{title}</h3>
        {hint && <p className="text-small text-muted">{hint}</p>}
      </header>
      {children}
    </section>
  )
}

/** Two fields side by side where there is room. */
export const Pair = ({ children }: { children: ReactNode }) => (
  <div className="grid gap-3 sm:grid-cols-2">{children}</div>
)

const NEAR = 0.8

/** "93 of 100", once a text comes near its limit. */
function Counter({ name }: { name: string }) {
  const value: unknown = useWatch({ name })
  const limit = LIMITS[name]
  const length = typeof value === 'string' ? [...value.trim()].length : 0
  if (limit === undefined || length < limit * NEAR) return null
  return (
    <span data-figures className={length > limit ? 'text-danger-text' : undefined}>
      {length} of {limit} characters
    </span>
  )
}

type LineProps = {
  name: string
  label: string
  hint?: ReactNode
  input?: Omit<InputProps, 'name' | 'id'>
  className?: string
}

// Nothing but a name or an e-mail is required, which the first section says once instead of every label.
const free = { 'aria-required': false, autoComplete: 'off' } as const

/** A line of text with its counter. */
export function Line({ name, label, hint, input, className }: LineProps) {
  return (
    <TextField
      name={name}
      label={label}
      className={className}
      input={{ ...free, dir: 'auto', ...input }}
      hint={
        <>
          {hint} <Counter name={name} />
        </>
      }
    />
  )
}

/** Text of several lines with its counter. */
export function Lines({ name, label, hint }: Omit<LineProps, 'input' | 'className'>) {
  return (
    <TextareaField
      name={name}
      label={label}
      textarea={free}
      hint={
        <>
          {hint} <Counter name={name} />
        </>
      }
    />
  )
}

type PairsProps = { name: 'subscription' | 'customFields'; noun: string }

/** Fields with names of somebody's own. */
export function Pairs({ name, noun }: PairsProps) {
  const { fields, append, remove } = useFieldArray({ name })
  return (
    <div className="flex flex-col gap-2">
      {fields.map((field, index) => (
        <div key={field.id} className="flex items-start gap-2">
          <Line name={`${name}.${index}.name`} label={`${noun} ${index + 1} name`} className="flex-1" />
          <Line name={`${name}.${index}.value`} label={`${noun} ${index + 1} value`} className="flex-1" />
          <IconButton
            label={`Remove ${noun.toLowerCase()} ${index + 1}`}
            className="mt-6"
            onClick={() => remove(index)}
          >
            <Trash2 aria-hidden strokeWidth={1.5} />
          </IconButton>
        </div>
      ))}
      <Button size="small" className="self-start" onClick={() => append({ name: '', value: '' })}>
        <Plus aria-hidden strokeWidth={1.5} />
        Add {noun.toLowerCase()}
      </Button>
    </div>
  )
}
