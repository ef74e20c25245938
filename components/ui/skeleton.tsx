import type { ReactNode } from 'react'
import { cn } from './cn.tsx'

/** A grey shape with the geometry of what is coming. It does not move: nothing decorative does. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden data-skeleton className={cn('block h-4 max-w-full rounded-badge bg-sunken', className)} />
}

/** Lines of text that are coming; the last one is shorter. */
export function SkeletonText({ lines = 3 }: { lines?: number }) {
  return (
    <span className="flex flex-col gap-2">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and never move.
        <Skeleton key={line} className={line === lines - 1 ? 'w-2/3' : 'w-full'} />
      ))}
    </span>
  )
}

/** Wraps skeletons and says once, politely, what is being loaded. */
export function Loading({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div aria-busy="true">
      <span role="status" className="sr-only">
        Loading {label}
      </span>
      {children}
    </div>
  )
}
