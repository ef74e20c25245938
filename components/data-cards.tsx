'use client'

import { type ReactNode, useState } from 'react'
import type { RowSpec, Selection } from './data-table-model.tsx'
import { SelectRow } from './data-table-row.tsx'
import { Button } from './ui/button.tsx'
import { Skeleton } from './ui/skeleton.tsx'

type DataCardsProps<Row> = {
  label: string
  rows: readonly Row[] | undefined
  row: RowSpec<Row>
  card: (row: Row) => ReactNode
  selection?: Selection
}

const frame = 'flex items-start gap-3 border-b p-3 last:border-b-0'

/** Rows as cards, for phones; boxes to select appear in a mode of their own. */
export function DataCards<Row>({ label, rows, row, card, selection }: DataCardsProps<Row>) {
  const [selecting, setSelecting] = useState(false)
  if (rows === undefined) return <SkeletonCards />
  return (
    <>
      {selection && rows.length > 0 && (
        <div className="flex justify-end p-2">
          <Button size="small" variant="ghost" aria-pressed={selecting} onClick={() => setSelecting(!selecting)}>
            Select
          </Button>
        </div>
      )}
      <ul aria-label={label}>
        {rows.map((record) => (
          <li key={row.id(record)} data-row={row.id(record)} className={frame}>
            {selection && selecting && (
              <SelectRow id={row.id(record)} label={row.label(record)} selection={selection} />
            )}
            <div className="min-w-0 flex-1">{card(record)}</div>
            {row.actions?.(record)}
          </li>
        ))}
      </ul>
    </>
  )
}

function SkeletonCards() {
  return Array.from({ length: 6 }, (_, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the cards are alike and never move.
    <div key={index} aria-hidden className={frame}>
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <Skeleton className="w-40" />
        <Skeleton className="w-56" />
      </div>
    </div>
  ))
}
