'use client'

import { type ReactNode, useId } from 'react'
import { type BoxProps, box } from './checkbox.tsx'
import { cn } from './cn.tsx'
import { FieldError } from './field.tsx'

export type RadioOption = { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean }
export type RadioGroupProps = {
  legend: string
  options: readonly RadioOption[]
  /** Spread onto every radio: `name`, and either `register(…)` of a form or `onChange` with `value`. */
  input: Omit<BoxProps, 'value'> & { name: string }
  value?: string
  hint?: ReactNode
  error?: string
}

/** One choice of a few, all of them visible. */
export function RadioGroup({ legend, options, input, value, hint, error }: RadioGroupProps) {
  const id = useId()
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
  return (
    <fieldset className="flex min-w-0 flex-col gap-2" aria-describedby={describedBy}>
      <legend className="mb-1 font-medium">{legend}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="flex items-start gap-2 pointer-coarse:min-h-11 pointer-coarse:items-center"
        >
          <input
            {...input}
            type="radio"
            value={option.value}
            checked={value === undefined ? undefined : value === option.value}
            disabled={option.disabled ?? input.disabled}
            aria-invalid={error ? true : undefined}
            className={cn(box, 'my-0.5 rounded-full checked:border-5 checked:bg-white')}
          />
          <span className="min-w-0">
            {option.label}
            {option.hint && <span className="block text-small text-muted">{option.hint}</span>}
          </span>
        </label>
      ))}
      {hint && (
        <p id={`${id}-hint`} className="text-small text-muted">
          {hint}
        </p>
      )}
      <FieldError id={`${id}-error`} error={error} />
    </fieldset>
  )
}
