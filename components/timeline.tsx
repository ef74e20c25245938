import { ArrowRight, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { DateTime } from './ui/date-time.tsx'
import { OrMissing } from './ui/masked-value.tsx'

export type FieldChange = { field: string; before: ReactNode; after: ReactNode }
export type TimelineItem = {
  id: string
  at: string
  icon: LucideIcon
  /** What happened, as a sentence. */
  title: ReactNode
  /** Who did it: a colleague's name, a key, a job. */
  actor?: ReactNode
  changes?: readonly FieldChange[]
  /** Links and details below. */
  more?: ReactNode
}

/** One stream of what happened, the newest first. */
export function Timeline({ label, items }: { label: string; items: readonly TimelineItem[] }) {
  return (
    <ol aria-label={label}>
      {items.map((item) => (
        <Happening key={item.id} item={item} />
      ))}
    </ol>
  )
}

function Happening({ item }: { item: TimelineItem }) {
  const Icon = item.icon
  return (
    <li className="relative flex gap-3 pb-4 not-last:before:absolute not-last:before:top-6 not-last:before:bottom-0 not-last:before:inset-s-3 not-last:before:w-px not-last:before:bg-border">
      <span className="z-1 flex size-6 shrink-0 items-center justify-center rounded-full bg-sunken text-muted">
        <Icon aria-hidden className="size-3.5" strokeWidth={1.5} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="wrap-anywhere">{item.title}</p>
        <p className="text-small text-muted">
          {item.actor && <>{item.actor} · </>}
          <DateTime at={item.at} relative />
        </p>
        {item.changes && item.changes.length > 0 && <Changes changes={item.changes} />}
        {item.more && <div className="mt-1">{item.more}</div>}
      </div>
    </li>
  )
}

/** Fields with what they were and what they are. */
export function Changes({ changes }: { changes: readonly FieldChange[] }) {
  return (
    <dl className="mt-1 flex flex-col gap-1 text-small">
      {changes.map(({ field, before, after }) => (
        <div key={field} className="flex flex-wrap gap-x-2">
          <dt className="text-muted">{field}</dt>
          <dd className="flex min-w-0 flex-wrap items-center gap-x-2">
            <del className="wrap-anywhere text-muted no-underline">
              <span className="sr-only">from </span>
              <OrMissing>{before}</OrMissing>
            </del>
            <ArrowRight aria-hidden className="size-3.5 shrink-0 text-subtle rtl:rotate-180" strokeWidth={1.5} />
            <ins className="wrap-anywhere no-underline">
              <span className="sr-only">to </span>
              <OrMissing>{after}</OrMissing>
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}
