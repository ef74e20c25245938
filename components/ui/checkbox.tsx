'use client'

import { type ComponentPropsWithRef, type ReactNode, useEffect, useId, useRef } from 'react'
import { cn } from './cn.tsx'
import { FieldError } from './field.tsx'

/** The look shared by boxes and radios. */
export const box =
  'block size-4 shrink-0 appearance-none border border-control bg-surface bg-center bg-no-repeat checked:border-accent checked:bg-accent ' +
  'disabled:opacity-60 aria-invalid:border-danger-solid forced-colors:appearance-auto'

export type BoxProps = Omit<ComponentPropsWithRef<'input'>, 'type'>
export type CheckboxProps = BoxProps & { label: ReactNode; hint?: ReactNode; error?: string }

/** A checkbox with its words beside it. */
export function Checkbox({ label, hint, error, className, ...rest }: CheckboxProps) {
  const made = useId()
  const id = rest.id ?? made
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
  return (
    <div className={cn('flex flex-col gap-1', className)}>
      <div className="flex items-start gap-2 pointer-coarse:min-h-11 pointer-coarse:items-center">
        <CheckMark {...rest} id={id} aria-describedby={describedBy} aria-invalid={error ? true : undefined} />
        <label htmlFor={id} className="min-w-0">
          {label}
        </label>
      </div>
      {hint && (
        <p id={`${id}-hint`} className="ps-6 text-small text-muted">
          {hint}
        </p>
      )}
      <FieldError id={`${id}-error`} error={error} />
    </div>
  )
}

export type CheckMarkProps = BoxProps & { indeterminate?: boolean }

/** The bare box, for table rows; it needs `aria-label` or a label of its own. */
export function CheckMark({ indeterminate = false, className, ref, ...rest }: CheckMarkProps) {
  const own = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (own.current) own.current.indeterminate = indeterminate
  }, [indeterminate])
  function attach(node: HTMLInputElement | null) {
    own.current = node
    if (typeof ref === 'function') return ref(node)
    if (ref) ref.current = node
  }
  return (
    <input
      type="checkbox"
      {...rest}
      ref={attach}
      className={cn(
        box,
        'my-0.5 rounded-badge checked:tick indeterminate:dash indeterminate:border-accent indeterminate:bg-accent',
        className,
      )}
    />
  )
}
