'use client'

import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useId } from 'react'
import { Button, LinkButton } from './button.tsx'
import { Select } from './select.tsx'

export const pageSizes = [25, 50, 100] as const
export type PageSize = (typeof pageSizes)[number]

/** Where a page link goes: an address, a function, or nowhere because there is no such page. */
type Way = string | (() => void) | undefined

export type PaginationProps = {
  /** Rows shown now. */
  count: number
  /** All rows, exact to 10,000, "10,000+" above; left out when nobody counted. */
  total?: { count: number; more: boolean }
  previous: Way
  next: Way
  size: PageSize
  onSizeChange: (size: PageSize) => void
}

/** Pages by cursor: there is a next and a previous one, and no page numbers. */
export function Pagination({ count, total, previous, next, size, onSizeChange }: PaginationProps) {
  const id = useId()
  return (
    <nav
      aria-label="Pages"
      className="flex flex-wrap items-center justify-between gap-3 px-3 py-2 text-small text-muted"
    >
      <p role="status" data-figures>
        {summary(count, total)}
      </p>
      <div className="flex flex-wrap items-center gap-3">
        <label htmlFor={id} className="whitespace-nowrap">
          Rows per page
        </label>
        <Select
          id={id}
          value={size}
          className="min-h-7 w-18 py-0.5 text-small"
          onChange={(event) => onSizeChange(pageSizes.find((each) => String(each) === event.target.value) ?? 25)}
          options={pageSizes.map((each) => ({ value: String(each), label: String(each) }))}
        />
        <div className="flex flex-wrap gap-1">
          <PageLink way={previous} label="Previous page" />
          <PageLink way={next} label="Next page" forward />
        </div>
      </div>
    </nav>
  )
}

function summary(count: number, total: PaginationProps['total']): string {
  const number = new Intl.NumberFormat('en')
  if (!total) return `${number.format(count)} shown`
  return `${number.format(count)} of ${number.format(total.count)}${total.more ? '+' : ''}`
}

function PageLink({ way, label, forward }: { way: Way; label: string; forward?: boolean }) {
  const Icon = forward ? ChevronRight : ChevronLeft
  const content = (
    <>
      {!forward && <Icon aria-hidden strokeWidth={1.5} className="rtl:rotate-180" />}
      {forward ? 'Next' : 'Previous'}
      {forward && <Icon aria-hidden strokeWidth={1.5} className="rtl:rotate-180" />}
    </>
  )
  if (typeof way === 'string') {
    return (
      <LinkButton href={way} size="small" aria-label={label} rel={forward ? 'next' : 'prev'}>
        {content}
      </LinkButton>
    )
  }
  return (
    <Button size="small" aria-label={label} disabled={!way} onClick={way}>
      {content}
    </Button>
  )
}
