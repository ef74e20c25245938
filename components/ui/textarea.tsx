'use client'

import type { ComponentPropsWithRef } from 'react'
import { cn } from './cn.tsx'
import { useControlProps } from './field.tsx'

export type TextareaProps = ComponentPropsWithRef<'textarea'>

/** Text of several lines; grows with its content where the browser can. */
export function Textarea({ className, ...rest }: TextareaProps) {
  return (
    <textarea
      rows={3}
      dir="auto"
      {...rest}
      {...useControlProps(rest)}
      className={cn('control field-sizing-content max-h-80 min-h-20 resize-y', className)}
    />
  )
}
