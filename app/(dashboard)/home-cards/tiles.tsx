'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { Card } from '#components/ui/card'
import { useFormat } from '#components/ui/format-provider'
import { type Format, numberText } from '#components/ui/format-value'
import { OrMissing } from '#components/ui/masked-value'
import { Loading, Skeleton } from '#components/ui/skeleton'
import type { Count, HomeFigures } from '#lib/analytics/home'
import { addedHref, currentHref, foundHref, withInstrumentHref } from './links.ts'

type Tile = { label: string; href: string | undefined; figure: ReactNode; exact: string; note: string }

const exactText = ({ value, relation }: Count, format: Format): string =>
  `${numberText(value, format)}${relation === 'gte' ? '+' : ''}`

const shortText = (count: Count, format: Format): string =>
  count.relation === 'gte' || count.value < 10_000
    ? exactText(count, format)
    : numberText(count.value, format, 'compact')

/** "12 more than in the 30 days before"; nothing is said about two numbers that were not counted to their end. */
function changeText({ count, before }: HomeFigures['added'], format: Format): string {
  if (count.relation === 'gte' || before.relation === 'gte') return 'In the last 30 days'
  const difference = count.value - before.value
  if (difference === 0) return 'As many as in the 30 days before'
  const word = difference > 0 ? 'more' : 'fewer'
  return `${numberText(Math.abs(difference), format)} ${word} than in the 30 days before`
}

function shareText(part: Count, whole: Count, format: Format): string {
  if (part.relation === 'gte' || whole.relation === 'gte' || whole.value === 0) return 'Of the current customers'
  return `${numberText(part.value / whole.value, format, 'percent')} of the current customers`
}

function tilesOf(figures: HomeFigures, m: number, format: Format): Tile[] {
  const { added, current, completeness, withInstrument, expiring } = figures
  const counted = (count: Count) => ({ figure: shortText(count, format), exact: exactText(count, format) })
  const tiles: Tile[] = [
    {
      label: 'New customers, 30 days',
      href: addedHref(m, added),
      note: changeText(added, format),
      ...counted(added.count),
    },
    { label: 'Current customers', href: currentHref(m), note: 'Neither archived nor erased', ...counted(current) },
  ]
  if (withInstrument) {
    const note = shareText(withInstrument, current, format)
    tiles.push({ label: 'With an instrument', href: withInstrumentHref(m), note, ...counted(withInstrument) })
  }
  if (expiring) {
    const href = expiring.q === null ? undefined : foundHref(m, expiring.q)
    const note = 'Customers whose card ends within 30 days'
    tiles.push({ label: 'Expiring in 30 days', href, note, ...counted(expiring.count) })
  }
  const percent = completeness === null ? '' : `${completeness} %`
  tiles.push({
    label: 'Completeness',
    href: currentHref(m),
    figure: <OrMissing>{percent}</OrMissing>,
    exact: percent,
    note: 'On average over current customers',
  })
  return tiles
}

const grid = 'grid grid-cols-1 gap-4 min-[26rem]:grid-cols-2 md:grid-cols-3 lg:grid-cols-5'

/** The figures, each of them a link to the list that it counts. */
export function Tiles({ figures, m }: { figures: HomeFigures; m: number }) {
  const format = useFormat()
  return (
    <section aria-label="Figures" className={grid}>
      {tilesOf(figures, m, format).map(({ label, href, figure, exact, note }) => (
        <div
          key={label}
          className="relative flex flex-col rounded-card border bg-surface p-4 has-[a:hover]:bg-sunken has-[a:focus-visible]:border-control"
        >
          <h2 className="text-small text-muted">
            {href ? (
              <Link
                href={href}
                prefetch={false}
                className="rounded-badge after:absolute after:inset-0 after:rounded-card"
              >
                {label}
              </Link>
            ) : (
              label
            )}
          </h2>
          <p data-figures title={exact} className="text-figure font-semibold">
            {figure}
          </p>
          <p className="text-small text-muted">{note}</p>
        </div>
      ))}
    </section>
  )
}

/** The same shapes while the figures are on their way. */
export function TilesLoading() {
  return (
    <Loading label="figures">
      <div className={grid}>
        {[0, 1, 2, 3, 4].map((key) => (
          <Card key={key}>
            <div className="flex flex-col gap-2">
              <Skeleton className="w-28" />
              <Skeleton className="h-6 w-16" />
              <Skeleton className="w-36" />
            </div>
          </Card>
        ))}
      </div>
    </Loading>
  )
}
