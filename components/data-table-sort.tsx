'use client'

import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import { type DataColumn, nextSort, type TableView } from './data-table-model.tsx'
import { cn } from './ui/cn.tsx'
import { ColumnHeader } from './ui/table.tsx'

type SortHeaderProps<Row> = {
  column: DataColumn<Row>
  view: TableView
  onViewChange: (view: TableView) => void
  className?: string
}

/** The head of a column; a button where the server can sort by it. */
export function SortHeader<Row>({ column, view, onViewChange, className }: SortHeaderProps<Row>) {
  const { id, header, sortable, end, width, secondary } = column
  const sorted = view.sort?.id === id ? (view.sort.desc ? 'descending' : 'ascending') : 'none'
  const Icon = { none: ChevronsUpDown, ascending: ArrowUp, descending: ArrowDown }[sorted]
  return (
    <ColumnHeader
      end={end}
      style={{ width }}
      aria-sort={sortable ? sorted : undefined}
      className={cn(secondary && 'max-lg:hidden', className)}
    >
      {sortable ? (
        <button
          type="button"
          onClick={() => onViewChange(nextSort(view, id))}
          className={cn(
            '-mx-1.5 inline-flex min-h-6 items-center gap-1 rounded-control px-1.5 hover:text-text pointer-coarse:min-h-11',
            sorted !== 'none' && 'text-text',
            end && 'flex-row-reverse',
          )}
        >
          {header}
          <Icon aria-hidden strokeWidth={1.5} className="size-3.5 shrink-0" />
        </button>
      ) : (
        header
      )}
    </ColumnHeader>
  )
}
