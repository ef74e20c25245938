'use client'

import { CircleAlert } from 'lucide-react'
import { createContext, type ReactNode, use, useId } from 'react'
import { cn } from './cn.tsx'

type ControlIds = { id: string; describedBy: string | undefined; invalid: boolean; required: boolean }

const FieldContext = createContext<ControlIds | undefined>(undefined)

type AriaProps = {
  id?: string
  'aria-describedby'?: string
  'aria-invalid'?: boolean | 'true' | 'false' | 'grammar' | 'spelling'
  'aria-required'?: boolean | 'true' | 'false'
}

/** What a control inside a Field must carry; a control outside one keeps its own attributes. */
export function useControlProps(own: AriaProps): AriaProps {
  const field = use(FieldContext)
  if (!field) return own
  return {
    id: own.id ?? field.id,
    'aria-describedby': [own['aria-describedby'], field.describedBy].filter(Boolean).join(' ') || undefined,
    'aria-invalid': own['aria-invalid'] ?? (field.invalid || undefined),
    'aria-required': own['aria-required'] ?? (field.required || undefined),
  }
}

export type FieldProps = {
  label: string
  hint?: ReactNode
  error?: string
  /** Optional fields say so in words; all others are required and nothing marks them. */
  optional?: boolean
  /** The id of the control, where an error summary must be able to point at it. */
  id?: string
  className?: string
  children: ReactNode
}

/** A visible label, a hint and an error, tied to the one control inside. */
export function Field({ label, hint, error, optional, id, className, children }: FieldProps) {
  const made = useId()
  const controlId = id ?? made
  const hintId = hint ? `${controlId}-hint` : undefined
  const errorId = error ? `${controlId}-error` : undefined
  const describedBy = [hintId, errorId].filter(Boolean).join(' ') || undefined
  return (
    <div className={cn('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={controlId} className="text-body font-medium">
        {label}
        {optional && <span className="font-normal text-muted"> (optional)</span>}
      </label>
      <FieldContext value={{ id: controlId, describedBy, invalid: Boolean(error), required: !optional }}>
        {children}
      </FieldContext>
      {hint && (
        <p id={hintId} className="text-small text-muted">
          {hint}
        </p>
      )}
      <FieldError id={errorId} error={error} />
    </div>
  )
}

/** The sentence beside a field that was refused; renders nothing without one. */
export function FieldError({ id, error }: { id?: string; error?: string }) {
  if (!error) return null
  return (
    <p id={id} className="flex items-start gap-1 text-small text-danger-text">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" strokeWidth={1.5} />
      {error}
    </p>
  )
}
