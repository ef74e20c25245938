import type { ReactNode } from 'react'

/** A value the reader may not see. `shown` is what the server left of it; screen readers hear "hidden". */
export function MaskedValue({ shown = '••••' }: { shown?: string }) {
  return (
    <span className="whitespace-nowrap">
      <span aria-hidden dir="ltr" className="text-muted">
        {shown}
      </span>
      <span className="sr-only">hidden</span>
    </span>
  )
}

/** Stands where there is no value; screen readers hear "none". */
export function MissingValue() {
  return (
    <span>
      <span aria-hidden className="text-subtle">
        —
      </span>
      <span className="sr-only">none</span>
    </span>
  )
}

/** A value, or the dash when there is none. */
export function OrMissing({ children }: { children: ReactNode }) {
  return children === undefined || children === null || children === '' ? <MissingValue /> : children
}
