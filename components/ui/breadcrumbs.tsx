import { ChevronRight } from 'lucide-react'
import Link from 'next/link'

export type Crumb = { label: string; href?: string }

/** The way from the list to this record; the last one is the page itself. */
export function Breadcrumbs({ items }: { items: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="min-w-0 text-small text-muted">
      <ol className="flex min-w-0 flex-wrap items-center gap-1">
        {items.map((crumb, index) => (
          <li key={`${crumb.href ?? ''} ${crumb.label}`} className="flex min-w-0 items-center gap-1">
            {index > 0 && <ChevronRight aria-hidden className="size-3.5 shrink-0 rtl:rotate-180" strokeWidth={1.5} />}
            {crumb.href ? (
              <Link href={crumb.href} className="truncate rounded-badge py-0.5 hover:text-text hover:underline">
                <bdi>{crumb.label}</bdi>
              </Link>
            ) : (
              <span aria-current="page" className="truncate">
                <bdi>{crumb.label}</bdi>
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
