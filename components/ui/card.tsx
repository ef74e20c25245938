import type { ComponentPropsWithRef, ReactNode } from 'react'
import { cn } from './cn.tsx'

export type CardProps = Omit<ComponentPropsWithRef<'section'>, 'title'> & {
  title?: ReactNode
  /** The level the title takes in the outline of the page. */
  level?: 2 | 3
  action?: ReactNode
  /** Content that brings its own edges, a table for one, takes none from the card. */
  flush?: boolean
}

/** A surface with a hairline; cards are never put into cards. */
export function Card({ title, level = 2, action, flush, className, children, ...rest }: CardProps) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section {...rest} className={cn('min-w-0 rounded-card border bg-surface', className)}>
      {title && (
        <header className="flex min-h-12 items-center justify-between gap-4 px-4 pt-2">
          <Heading className="min-w-0 truncate text-section font-semibold">{title}</Heading>
          {action}
        </header>
      )}
      <div className={cn(!flush && 'p-4', title && !flush && 'pt-2')}>{children}</div>
    </section>
  )
}

export type DetailItem = { label: string; value: ReactNode }

/** Names and values in two columns; one on narrow screens. */
export function DetailList({ items, className }: { items: readonly DetailItem[]; className?: string }) {
  return (
    <dl className={cn('flex flex-col', className)}>
      {items.map((item) => (
        <div key={item.label} className="grid gap-x-4 py-1.5 sm:grid-cols-[minmax(8rem,1fr)_2fr]">
          <dt className="text-muted">{item.label}</dt>
          <dd className="min-w-0 wrap-anywhere">{item.value}</dd>
        </div>
      ))}
    </dl>
  )
}
