import { LoaderCircle } from 'lucide-react'
import { cn } from './cn.tsx'

type SpinnerProps = { label?: string; className?: string }

/** Turns while something runs. Give a label where no other text says what is running. */
export function Spinner({ label, className }: SpinnerProps) {
  return (
    <span role={label ? 'status' : undefined} className={cn('inline-flex items-center gap-2', label && 'text-muted')}>
      <LoaderCircle aria-hidden className={cn('size-4 animate-spin', className)} strokeWidth={1.5} />
      {label}
    </span>
  )
}
