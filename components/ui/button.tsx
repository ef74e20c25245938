'use client'

import Link from 'next/link'
import type { ComponentPropsWithRef, MouseEvent, ReactNode } from 'react'
import { type ButtonSize, type ButtonVariant, buttonClass } from './button-class.tsx'
import { cn } from './cn.tsx'
import { Spinner } from './spinner.tsx'
import { Tip } from './tooltip.tsx'

type Look = { variant?: ButtonVariant; size?: ButtonSize }
export type ButtonProps = ComponentPropsWithRef<'button'> & Look & { pending?: boolean }

/** A native button, `type="button"` unless told. While pending it keeps the focus but answers no click. */
export function Button({ variant, size, pending, className, onClick, children, ...rest }: ButtonProps) {
  function press(event: MouseEvent<HTMLButtonElement>) {
    if (pending) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <button
      type="button"
      {...rest}
      onClick={press}
      aria-disabled={pending || rest['aria-disabled'] || undefined}
      aria-busy={pending || undefined}
      className={buttonClass(variant, size, className)}
    >
      {pending && <Spinner />}
      {children}
    </button>
  )
}

export type IconButtonProps = Omit<ButtonProps, 'children' | 'aria-label'> & { label: string; children: ReactNode }

/** A button that shows an icon alone; its label is spoken and appears as a tip. */
export function IconButton({ label, variant = 'ghost', size, className, children, ...rest }: IconButtonProps) {
  const square = size === 'small' ? 'size-7 p-0' : 'size-8 p-0'
  return (
    <Tip text={label}>
      <Button
        {...rest}
        aria-label={label}
        variant={variant}
        size={size}
        className={cn(square, 'pointer-coarse:min-w-11', className)}
      >
        {children}
      </Button>
    </Tip>
  )
}

export type LinkButtonProps = ComponentPropsWithRef<typeof Link> & Look

/** A link that looks like a button: it goes somewhere, it does nothing else. */
export function LinkButton({ variant, size, className, ...rest }: LinkButtonProps) {
  return <Link {...rest} className={buttonClass(variant, size, className)} />
}

export type TextLinkProps = ComponentPropsWithRef<typeof Link>

/** A link inside text, underlined so that colour is not its only sign. */
export function TextLink({ className, ...rest }: TextLinkProps) {
  return <Link {...rest} className={cn('rounded-badge text-accent-text underline underline-offset-2', className)} />
}
