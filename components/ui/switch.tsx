'use client'

import { type ComponentPropsWithRef, type ReactNode, useId } from 'react'
import { cn } from './cn.tsx'

export type SwitchProps = Omit<ComponentPropsWithRef<'input'>, 'type'> & { label: ReactNode; hint?: ReactNode }

/** Something that is on or off at once, without a save button. */
export function Switch({ label, hint, className, ...rest }: SwitchProps) {
  const made = useId()
  const id = rest.id ?? made
  return (
    <div className={cn('flex items-start gap-2 pointer-coarse:min-h-11 pointer-coarse:items-center', className)}>
      <input
        {...rest}
        type="checkbox"
        // biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox tells its state itself.
        role="switch"
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className={cn(
          'relative h-5 w-9 shrink-0 appearance-none rounded-full border border-control bg-control',
          'before:absolute before:inset-s-0.5 before:top-0.5 before:size-3.5 before:rounded-full before:bg-surface before:transition-transform',
          'checked:border-accent checked:bg-accent checked:before:translate-x-4 checked:before:bg-white',
          'rtl:checked:before:-translate-x-4 disabled:opacity-60 forced-colors:appearance-auto',
        )}
      />
      <span className="min-w-0">
        <label htmlFor={id}>{label}</label>
        {hint && (
          <span id={`${id}-hint`} className="block text-small text-muted">
            {hint}
          </span>
        )}
      </span>
    </div>
  )
}
