import type { ReactNode } from 'react'

/** A column of a table. Columns are made once, outside the component or in a memo. */
export type DataColumn<Row> = {
  id: string
  /** The words of its head and of the column chooser. */
  header: string
  cell: (row: Row) => ReactNode
  sortable?: boolean
  /** Numbers and money stand at the end. */
  end?: boolean
  /** A CSS width, `12rem`; without it the content decides. */
  width?: string
  /** Between 640 and 1023 px it hides behind the row's toggle. */
  secondary?: boolean
}

/** What a row is about and what can be done with it. */
export type RowSpec<Row> = {
  id: (row: Row) => string
  /** Where the first column links to. */
  href: (row: Row) => string
  /** The name of the record, for "Select Ada Lovelace". */
  label: (row: Row) => string
  onPeek?: (row: Row) => void
  onEdit?: (row: Row) => void
  /** The menu at the end of the row. */
  actions?: (row: Row) => ReactNode
}

export type Selection = { ids: ReadonlySet<string>; onChange: (ids: ReadonlySet<string>) => void }

/** How a table is shown: part of the address or of a saved view. */
export type TableView = {
  sort?: { id: string; desc: boolean }
  /** Ids of columns not shown. */
  hidden: readonly string[]
  /** Ids of columns in their order; those not named follow. */
  order: readonly string[]
  density: 'regular' | 'compact'
}

export const plainView: TableView = { hidden: [], order: [], density: 'regular' }

/** The ids with some of them put in or taken out. */
export function toggle(ids: ReadonlySet<string>, some: readonly string[], on: boolean): ReadonlySet<string> {
  const next = new Set(ids)
  for (const id of some) {
    if (on) next.add(id)
    else next.delete(id)
  }
  return next
}

/** The ids with all of these. */
export function selectAll(ids: ReadonlySet<string>, page: readonly string[]): ReadonlySet<string> {
  return toggle(ids, page, true)
}

/** The sort after a press on a head: ascending, then descending, then ascending again. */
export function nextSort(view: TableView, id: string): TableView {
  const desc = view.sort?.id === id ? !view.sort.desc : false
  return { ...view, sort: { id, desc } }
}

/** All columns in the order of the view; the first stays the first. */
export function ordered<Column extends { id: string }>(columns: readonly Column[], order: readonly string[]): Column[] {
  const [first, ...rest] = columns
  if (!first) return []
  const place = (column: Column) => (order.includes(column.id) ? order.indexOf(column.id) : order.length)
  return [first, ...rest.toSorted((one, other) => place(one) - place(other))]
}

/** The view with one column moved by one place; the first column and the ends stay where they are. */
export function moved(view: TableView, columns: readonly { id: string }[], id: string, by: -1 | 1): TableView {
  const order = ordered(columns, view.order).map((column) => column.id)
  const from = order.indexOf(id)
  const to = from + by
  const other = order[to]
  if (from < 1 || to < 1 || other === undefined) return view
  order[to] = id
  order[from] = other
  return { ...view, order }
}
