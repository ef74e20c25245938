import type { ReactNode } from 'react'
import { cn } from './cn.tsx'

export type ProgressProps = {
  label: string
  /** Done so far, of `max`; without it nobody knows how long it takes. */
  value?: number
  max?: number
  /** "1,200 of 4,000 rows", spoken as the value too. */
  detail?: string
  action?: ReactNode
}

/** How far a job has come. */
export function Progress({ label, value, max = 100, detail, action }: ProgressProps) {
  const share = value === undefined ? undefined : Math.min(1, Math.max(0, max === 0 ? 1 : value / max))
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-baseline justify-between gap-4">
        <span className="min-w-0 truncate">{label}</span>
        <span data-figures className="text-small text-muted">
          {detail ?? (share === undefined ? 'Running' : `${Math.round(share * 100)} %`)}
        </span>
      </div>
      <div className="flex items-center gap-2">
        <div
          role="progressbar"
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={value === undefined ? undefined : max}
          aria-valuenow={value}
          aria-valuetext={detail}
          className="h-1.5 flex-1 overflow-hidden rounded-full bg-sunken"
        >
          <div
            className={cn(
              'h-full w-full origin-left bg-accent transition-transform rtl:origin-right',
              share === undefined && 'opacity-40',
            )}
            style={{ transform: `scaleX(${share ?? 1})` }}
          />
        </div>
        {action}
      </div>
    </div>
  )
}
