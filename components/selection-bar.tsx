'use client'

import type { ReactNode } from 'react'
import { Button } from './ui/button.tsx'

export type SelectionBarProps = {
  count: number
  /** "customers": the plural of what is selected. */
  noun: string
  onClear: () => void
  /** Offered when the whole page is selected and the filter matches more. */
  all?: { total: string; active: boolean; onSelectAll: () => void }
  /** Buttons of what can be done with them. */
  children: ReactNode
}

/** Says how many are selected and what can be done with them; announced whenever the count changes. */
export function SelectionBar({ count, noun, onClear, all, children }: SelectionBarProps) {
  const said = all?.active ? `All ${all.total} matching ${noun} selected` : count > 0 ? `${count} ${noun} selected` : ''
  const shown = said !== ''
  return (
    <>
      <p role="status" className="sr-only">
        {said}
      </p>
      {shown && (
        <section
          aria-label="Selection"
          className="sticky bottom-2 z-10 m-2 flex flex-wrap items-center gap-2 rounded-card border bg-accent-soft px-3 py-2"
        >
          <span aria-hidden className="font-medium">
            {said}
          </span>
          {all && !all.active && (
            <Button size="small" variant="ghost" onClick={all.onSelectAll}>
              Select all {all.total} matching
            </Button>
          )}
          <div className="ms-auto flex flex-wrap gap-2">
            {children}
            <Button size="small" variant="ghost" onClick={onClear}>
              Clear selection
            </Button>
          </div>
        </section>
      )}
    </>
  )
}
