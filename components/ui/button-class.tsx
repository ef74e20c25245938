import { cn } from './cn.tsx'

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger'
export type ButtonSize = 'regular' | 'small'

const base =
  'inline-flex max-w-full shrink-0 items-center justify-center gap-1.5 rounded-control border py-1 text-center font-medium select-none transition-opacity ' +
  'pointer-coarse:min-h-11 aria-disabled:not-aria-busy:opacity-60 disabled:opacity-60 [&_svg]:size-4 [&_svg]:shrink-0'

const variants: Record<ButtonVariant, string> = {
  primary: 'border-transparent bg-accent text-white hover:not-aria-disabled:bg-accent-hover active:bg-accent-hover',
  secondary:
    'border-control bg-surface text-text hover:not-aria-disabled:bg-sunken active:bg-sunken data-popup-open:bg-sunken',
  ghost: 'border-transparent text-text hover:not-aria-disabled:bg-sunken active:bg-sunken data-popup-open:bg-sunken',
  danger: 'border-transparent bg-danger-fill text-white hover:not-aria-disabled:bg-danger-hover active:bg-danger-hover',
}

const sizes: Record<ButtonSize, string> = { regular: 'min-h-8 px-3 text-body', small: 'min-h-7 px-2 text-small' }

/** The look of a button, for the few elements that are not one (a link, a file label). */
export function buttonClass(
  variant: ButtonVariant = 'secondary',
  size: ButtonSize = 'regular',
  extra?: string,
): string {
  return cn(base, variants[variant], sizes[size], extra)
}
