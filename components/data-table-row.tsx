'use client'

import { ChevronDown } from 'lucide-react'
import Link from 'next/link'
import { type MouseEvent, useState } from 'react'
import { type DataColumn, type RowSpec, type Selection, toggle } from './data-table-model.tsx'
import { IconButton } from './ui/button.tsx'
import { DetailList } from './ui/card.tsx'
import { CheckMark } from './ui/checkbox.tsx'
import { cn } from './ui/cn.tsx'
import { Cell, RowHeader, TableRow } from './ui/table.tsx'

type DataRowProps<Row> = {
  record: Row
  columns: readonly DataColumn<Row>[]
  row: RowSpec<Row>
  selection?: Selection
  /** Some columns hide behind a toggle on narrow screens. */
  more: boolean
}

// What tells rows apart and what acts on them stay in sight while the rest scrolls sideways.
const stickyStart = 'sticky inset-s-0 z-1 bg-inherit'
const stickyEnd = 'sticky inset-e-0 z-1 bg-inherit'

/** A row: its first column is the header and a link, so that a middle click opens it in a new tab. */
export function DataRow<Row>({ record, columns, row, selection, more }: DataRowProps<Row>) {
  const [open, setOpen] = useState(false)
  const id = row.id(record)
  const selected = selection?.ids.has(id) ?? false
  const secondary = columns.filter((column) => column.secondary)
  return (
    <>
      <TableRow data-row={id} data-selected={selected || undefined}>
        {selection && (
          <Cell className={cn(stickyStart, 'w-9 min-w-9 pe-0')}>
            <SelectRow id={id} label={row.label(record)} selection={selection} />
          </Cell>
        )}
        {columns.map((column, index) =>
          index === 0 ? (
            <RowHeader key={column.id} className={cn('max-w-64', selection && 'inset-s-9')}>
              <RowLink record={record} row={row} column={column} />
            </RowHeader>
          ) : (
            <Cell
              key={column.id}
              end={column.end}
              onMouseEnter={nameWhenCut}
              className={cn('max-w-60 truncate', column.secondary && 'max-lg:hidden')}
            >
              {column.cell(record)}
            </Cell>
          ),
        )}
        {more && (
          <Cell className="w-9 px-1 lg:hidden">
            <IconButton
              size="small"
              label={`${open ? 'Less' : 'More'} about ${row.label(record)}`}
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            >
              <ChevronDown aria-hidden strokeWidth={1.5} className={cn(open && 'rotate-180')} />
            </IconButton>
          </Cell>
        )}
        {row.actions && <Cell className={cn(stickyEnd, 'w-9 px-1')}>{row.actions(record)}</Cell>}
      </TableRow>
      {more && open && (
        <TableRow className="lg:hidden">
          <Cell colSpan={columns.length + 3} className="h-auto whitespace-normal">
            <DetailList items={secondary.map(({ header, cell }) => ({ label: header, value: cell(record) }))} />
          </Cell>
        </TableRow>
      )}
    </>
  )
}

type RowLinkProps<Row> = { record: Row; row: RowSpec<Row>; column: DataColumn<Row> }

/** The link of a row; remembers in this entry of the history which row was left. */
export function RowLink<Row>({ record, row, column }: RowLinkProps<Row>) {
  function remember() {
    history.replaceState({ ...history.state, row: row.id(record) }, '')
  }
  return (
    <Link
      href={row.href(record)}
      prefetch={false}
      data-row-link
      onClick={remember}
      className="block truncate rounded-badge py-0.5 text-text hover:underline"
    >
      {column.cell(record)}
    </Link>
  )
}

type SelectRowProps = { id: string; label: string; selection: Selection }

/** The checkbox of a row. */
export function SelectRow({ id, label, selection }: SelectRowProps) {
  const selected = selection.ids.has(id)
  return (
    <CheckMark
      aria-label={`Select ${label}`}
      checked={selected}
      onChange={() => selection.onChange(toggle(selection.ids, [id], !selected))}
    />
  )
}

// A title on every cell would be read twice by screen readers; only text that is cut needs one.
function nameWhenCut({ currentTarget: cell }: MouseEvent<HTMLTableCellElement>) {
  if (cell.scrollWidth > cell.clientWidth) cell.title = cell.textContent
  else cell.removeAttribute('title')
}
