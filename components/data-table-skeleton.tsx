import type { DataColumn } from './data-table-model.tsx'
import { cn } from './ui/cn.tsx'
import { Skeleton } from './ui/skeleton.tsx'
import { Cell, TableRow } from './ui/table.tsx'

type SkeletonRowsProps<Row> = {
  rows: number
  columns: readonly DataColumn<Row>[]
  selectable: boolean
  more: boolean
  actions: boolean
}

/** Rows of the height and columns that will come. */
export function SkeletonRows<Row>({ rows, columns, selectable, more, actions }: SkeletonRowsProps<Row>) {
  return Array.from({ length: rows }, (_, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move.
    <TableRow key={index} aria-hidden>
      {selectable && <Cell className="w-9 pe-0" />}
      {columns.map((column, place) => (
        <Cell key={column.id} className={cn(column.secondary && 'max-lg:hidden')}>
          <Skeleton className={cn(column.end && 'ms-auto', place === 0 ? 'w-36' : index % 2 === 0 ? 'w-20' : 'w-16')} />
        </Cell>
      ))}
      {more && <Cell className="w-9 lg:hidden" />}
      {actions && <Cell className="w-9" />}
    </TableRow>
  ))
}
