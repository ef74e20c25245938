'use client'

import {
  columnOrderingFeature,
  columnVisibilityFeature,
  type RowData,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { type ReactNode, useMemo, useRef } from 'react'
import { DataCards } from './data-cards.tsx'
import { useRestoredFocus, useRowKeys } from './data-table-keys.tsx'
import {
  type DataColumn,
  type RowSpec,
  type Selection,
  selectAll,
  type TableView,
  toggle,
} from './data-table-model.tsx'
import { DataRow } from './data-table-row.tsx'
import { SkeletonRows } from './data-table-skeleton.tsx'
import { SortHeader } from './data-table-sort.tsx'
import { useScreen } from './screen.tsx'
import { CheckMark } from './ui/checkbox.tsx'
import { cn } from './ui/cn.tsx'
import { DenseContext } from './ui/format-provider.tsx'
import { ColumnHeader, Table, TableHead } from './ui/table.tsx'

export type { DataColumn, RowSpec, Selection, TableView } from './data-table-model.tsx'

// Sorting, filtering and paging are the server's; the table only needs to know what is shown, in which order.
const features = tableFeatures({
  columnOrderingFeature,
  columnVisibilityFeature,
  rowSelectionFeature,
  rowSortingFeature,
})

export type DataTableProps<Row extends RowData> = {
  /** What the rows are: "Customers". */
  caption: string
  /** Stable between renders. The first one is the row header and always shown. */
  columns: readonly DataColumn<Row>[]
  /** At most 100; undefined while the first page loads. */
  rows: readonly Row[] | undefined
  row: RowSpec<Row>
  /** What a row is below 640 px. */
  card: (row: Row) => ReactNode
  /** The view, who keeps it, and what runs. */
  control: {
    view: TableView
    onViewChange: (view: TableView) => void
    /** Other rows are on their way: the old ones stay, dimmed. */
    busy?: boolean
    /** Rows of the skeleton. */
    pageSize?: number
  }
  selection?: Selection
}

/**
 * The list of every screen: a native table whose first column links to the record; cards on phones. `j` `k` move,
 * Enter opens, `p` peeks, `e` edits, `x` selects, Shift with `x` selects a range.
 */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { caption, columns, rows, row, card, control, selection } = props
  const area = useRef<HTMLDivElement>(null)
  const screen = useScreen()
  useRowKeys(area, { row, rows, selection })
  useRestoredFocus(area, rows !== undefined)
  return (
    <div ref={area} data-list className="relative" aria-busy={control.busy || rows === undefined}>
      {control.busy && <BusyBar />}
      {rows === undefined && (
        <span role="status" className="sr-only">
          Loading {caption}
        </span>
      )}
      <DenseContext value={true}>
        {screen !== 'phone' && (
          <div className={cn('max-sm:hidden', control.busy && '[&_tbody]:opacity-85')}>
            <DataGrid {...props} columns={columns} rows={rows} />
          </div>
        )}
        {screen !== 'wide' && (
          <div className={cn('sm:hidden', control.busy && 'opacity-85')}>
            <DataCards rows={rows} row={row} card={card} selection={selection} label={caption} />
          </div>
        )}
      </DenseContext>
    </div>
  )
}

const noRows: readonly never[] = []

function DataGrid<Row extends RowData>({ caption, columns, rows, row, control, selection }: DataTableProps<Row>) {
  const { view, onViewChange } = control
  const table = useDataTable(columns, rows ?? noRows, row, view, selection)
  const shown = table.getVisibleLeafColumns().flatMap((column) => columns.find(({ id }) => id === column.id) ?? [])
  const more = shown.some((column) => column.secondary)
  const ids = table.getRowModel().rows.map((each) => each.id)
  return (
    <Table caption={caption} density={view.density} tall>
      <TableHead>
        {selection && (
          <ColumnHeader className="sticky inset-s-0 z-1 w-9 min-w-9 pe-0">
            <SelectPage ids={ids} selection={selection} />
          </ColumnHeader>
        )}
        {shown.map((column, index) => (
          <SortHeader
            key={column.id}
            column={column}
            view={view}
            onViewChange={onViewChange}
            className={cn(index === 0 && 'sticky z-1', index === 0 && (selection ? 'inset-s-9' : 'inset-s-0'))}
          />
        ))}
        {more && (
          <ColumnHeader className="w-9 lg:hidden">
            <span className="sr-only">More</span>
          </ColumnHeader>
        )}
        {row.actions && (
          <ColumnHeader className="sticky inset-e-0 z-1 w-9">
            <span className="sr-only">Actions</span>
          </ColumnHeader>
        )}
      </TableHead>
      <tbody>
        {rows === undefined ? (
          <SkeletonRows
            rows={control.pageSize ?? 25}
            columns={shown}
            selectable={selection !== undefined}
            more={more}
            actions={row.actions !== undefined}
          />
        ) : (
          table
            .getRowModel()
            .rows.map((each) => (
              <DataRow
                key={each.id}
                record={each.original}
                columns={shown}
                row={row}
                selection={selection}
                more={more}
              />
            ))
        )}
      </tbody>
    </Table>
  )
}

function useDataTable<Row extends RowData>(
  columns: readonly DataColumn<Row>[],
  rows: readonly Row[],
  row: RowSpec<Row>,
  view: TableView,
  selection: Selection | undefined,
) {
  const definitions = useMemo(
    () => columns.map(({ id, header }) => ({ id, header, accessorFn: (record: Row) => record })),
    [columns],
  )
  const first = columns[0]?.id
  const state = useMemo(
    () => ({
      sorting: view.sort ? [view.sort] : [],
      columnVisibility: Object.fromEntries(view.hidden.filter((id) => id !== first).map((id) => [id, false])),
      columnOrder: first === undefined ? [] : [first, ...view.order.filter((id) => id !== first)],
      rowSelection: Object.fromEntries(Array.from(selection?.ids ?? [], (id) => [id, true as const])),
    }),
    [view, first, selection?.ids],
  )
  return useTable({ features, columns: definitions, data: rows, getRowId: row.id, manualSorting: true, state })
}

function SelectPage({ ids, selection }: { ids: readonly string[]; selection: Selection }) {
  const count = ids.filter((id) => selection.ids.has(id)).length
  const all = ids.length > 0 && count === ids.length
  return (
    <CheckMark
      aria-label="Select all on this page"
      checked={all}
      indeterminate={count > 0 && !all}
      onChange={() => selection.onChange(all ? toggle(selection.ids, ids, false) : selectAll(selection.ids, ids))}
    />
  )
}

/** Appears after 300 ms, so that a fast answer shows nothing. */
function BusyBar() {
  return (
    <div
      aria-hidden
      className="absolute inset-x-0 top-0 z-11 h-0.5 animate-late overflow-hidden rounded-full bg-accent"
    />
  )
}
