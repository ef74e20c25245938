import type { ComponentPropsWithRef, ReactNode } from 'react'
import { cn } from './cn.tsx'

export type Density = 'regular' | 'compact'
export type TableProps = {
  /** What the table holds; spoken, and shown when told. */
  caption: string
  showCaption?: boolean
  density?: Density
  /** Scrolls inside itself below this height, so that the header stays in sight. */
  tall?: boolean
  /** Nothing inside takes the focus, so that what scrolls must, for the keyboard to reach its end. */
  still?: boolean
  children: ReactNode
}

/** A native table. Header row and first column stay while it scrolls. */
export function Table({ caption, showCaption, density = 'regular', tall, still, children }: TableProps) {
  return (
    <div
      {...(still && { role: 'region', 'aria-label': caption, tabIndex: 0 })}
      data-print-whole
      className={cn(
        'relative overflow-x-auto scroll-pt-10 rounded-card',
        tall && 'overflow-y-auto sm:max-h-[max(24rem,calc(100dvh-13rem))]',
      )}
    >
      <table data-density={density} className="group/table w-full border-separate border-spacing-0 text-small">
        <caption className={showCaption ? 'px-3 py-2 text-start font-medium' : 'sr-only'}>{caption}</caption>
        {children}
      </table>
    </div>
  )
}

/** The header row; stays at the top of what scrolls. */
export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead className="sticky top-0 z-10 bg-sunken">
      <tr>{children}</tr>
    </thead>
  )
}

const cell = 'h-10 px-3 text-start align-middle group-data-[density=compact]/table:h-8 pointer-coarse:h-12'
type CellProps = { end?: boolean }

/** The head of a column. */
export function ColumnHeader({ end, className, ...rest }: ComponentPropsWithRef<'th'> & CellProps) {
  return (
    <th
      scope="col"
      {...rest}
      className={cn(
        cell,
        'h-9 border-b bg-sunken font-medium whitespace-nowrap text-muted',
        end && 'text-end',
        className,
      )}
    />
  )
}

/** The head of a row: what the row is about, usually a link. */
export function RowHeader({ className, ...rest }: ComponentPropsWithRef<'th'>) {
  return (
    <th scope="row" {...rest} className={cn(cell, 'sticky inset-s-0 z-1 border-b bg-inherit font-medium', className)} />
  )
}

/** One value; numbers stand at the end with figures of one width. */
export function Cell({ end, className, ...rest }: ComponentPropsWithRef<'td'> & CellProps) {
  return <td {...rest} className={cn(cell, 'border-b', end && 'text-end tabular-nums', className)} />
}

export const rowClass =
  'bg-surface hover:bg-sunken data-[selected=true]:bg-accent-soft last:*:border-b-0 ' +
  'data-[selected=true]:*:first:shadow-[inset_2px_0_var(--accent-text)] rtl:data-[selected=true]:*:first:shadow-[inset_-2px_0_var(--accent-text)]'

/** A row; `data-selected` marks it as chosen. */
export function TableRow({ className, ...rest }: ComponentPropsWithRef<'tr'>) {
  return <tr {...rest} className={cn(rowClass, className)} />
}
