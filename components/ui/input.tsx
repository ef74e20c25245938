'use client'

import { Eye, EyeOff } from 'lucide-react'
import { type ComponentPropsWithRef, useState } from 'react'
import { IconButton } from './button.tsx'
import { cn } from './cn.tsx'
import { useControlProps } from './field.tsx'

export type InputProps = ComponentPropsWithRef<'input'>

/** A one-line text control; inside a Field it takes label, hint and error from there. */
export function Input({ className, ...rest }: InputProps) {
  return <input type="text" {...rest} {...useControlProps(rest)} className={cn('control', className)} />
}

/** A password with a show button; paste and password managers work. */
export function PasswordInput(props: InputProps) {
  const [shown, setShown] = useState(false)
  const Icon = shown ? EyeOff : Eye
  return (
    <span className="relative block">
      <Input
        autoComplete="current-password"
        {...props}
        type={shown ? 'text' : 'password'}
        className={cn('pe-9 pointer-coarse:pe-12', props.className)}
      />
      <IconButton
        label={shown ? 'Hide password' : 'Show password'}
        size="small"
        className="absolute inset-e-0.5 top-0.5 pointer-coarse:top-0"
        onClick={() => setShown(!shown)}
      >
        <Icon aria-hidden strokeWidth={1.5} />
      </IconButton>
    </span>
  )
}
