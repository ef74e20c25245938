import type { ReactNode } from 'react'
import { cn } from '#components/ui/cn'

type EntryProps = { id: string; title: string; children: ReactNode; stacked?: boolean; bare?: boolean }

/** One component in all its states, with an address of its own. */
export function Entry({ id, title, children, stacked, bare }: EntryProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="flex scroll-mt-16 flex-col gap-2">
      <h3 id={`${id}-title`} className="font-medium text-muted">
        <a href={`#${id}`} className="rounded-badge hover:underline">
          {title}
        </a>
      </h3>
      <div
        className={cn(
          'min-w-0 rounded-card border bg-surface',
          !bare && 'p-4',
          stacked ? 'flex flex-col gap-4' : !bare && 'flex flex-wrap items-center gap-3',
        )}
      >
        {children}
      </div>
    </section>
  )
}

/** A chapter of the gallery. */
export function Chapter({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-4">
      <h2 className="text-section font-semibold">{title}</h2>
      {children}
    </section>
  )
}
