'use client'

import { ChevronDown } from 'lucide-react'
import type { ComponentPropsWithRef } from 'react'
import { cn } from './cn.tsx'
import { useControlProps } from './field.tsx'

export type SelectOption = { value: string; label: string; disabled?: boolean }
export type SelectProps = ComponentPropsWithRef<'select'> & {
  options?: readonly SelectOption[]
  /** The text of the empty choice; without it there is none. */
  placeholder?: string
}

/** The browser's own list: the keyboard, typing ahead and phones all know it. */
export function Select({ options, placeholder, className, children, ...rest }: SelectProps) {
  return (
    <span className="relative block min-w-0">
      <select {...rest} {...useControlProps(rest)} className={cn('control appearance-none pe-8', className)}>
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {options?.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
        {children}
      </select>
      <ChevronDown
        aria-hidden
        strokeWidth={1.5}
        className="pointer-events-none absolute inset-e-2 top-1/2 size-4 -translate-y-1/2 text-muted"
      />
    </span>
  )
}
