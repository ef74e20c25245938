'use client'

import { type RefObject, useEffect, useRef } from 'react'
import { type RowSpec, type Selection, selectAll, toggle } from './data-table-model.tsx'
import { type Shortcut, useShortcuts } from './shortcuts.tsx'

type Area = RefObject<HTMLElement | null>
type Subject<Row> = { row: RowSpec<Row>; rows: readonly Row[] | undefined; selection: Selection | undefined }

const group = 'In a list'

/** The keys of a list. The current row is the one that holds the focus, so there is no second cursor to explain. */
export function useRowKeys<Row>(area: Area, { row, rows = [], selection }: Subject<Row>) {
  const anchor = useRef<string>(undefined)

  function current(): Row | undefined {
    const id = focusedId(area.current)
    return rows.find((record) => row.id(record) === id)
  }

  function select(range: boolean) {
    const record = current()
    if (!record || !selection) return
    const id = row.id(record)
    const ids = rows.map(row.id)
    const from = range && anchor.current !== undefined ? ids.indexOf(anchor.current) : -1
    const to = ids.indexOf(id)
    anchor.current = id
    if (from < 0) return selection.onChange(toggle(selection.ids, [id], !selection.ids.has(id)))
    selection.onChange(selectAll(selection.ids, ids.slice(Math.min(from, to), Math.max(from, to) + 1)))
  }

  function withCurrent(act: ((record: Row) => void) | undefined) {
    const record = current()
    if (record) act?.(record)
  }

  // Of several lists on a page the one that holds the focus answers, before that the first one.
  const inside = () => focusedId(area.current) !== undefined
  const when = () => inside() || (focusedId(document.body) === undefined && isFirstList(area.current))
  const keys: Shortcut[] = [
    { keys: 'j', label: 'Next row', group, when, run: () => step(area.current, 1) },
    { keys: 'k', label: 'Previous row', group, when, run: () => step(area.current, -1) },
  ]
  if (row.onPeek) keys.push({ keys: 'p', label: 'Peek', group, when: inside, run: () => withCurrent(row.onPeek) })
  if (row.onEdit) keys.push({ keys: 'e', label: 'Edit', group, when: inside, run: () => withCurrent(row.onEdit) })
  if (selection) {
    keys.push(
      { keys: 'x', label: 'Select', group, when: inside, run: () => select(false) },
      { keys: 'shift+x', label: 'Select range', group, when: inside, run: () => select(true) },
      {
        keys: 'mod+a',
        label: 'Select page',
        group,
        when: inside,
        run: () => selection.onChange(selectAll(selection.ids, rows.map(row.id))),
      },
    )
  }
  useShortcuts(keys)
}

function focusedId(area: HTMLElement | null): string | undefined {
  const element = document.activeElement?.closest<HTMLElement>('[data-row]')
  return element && area?.contains(element) ? element.dataset.row : undefined
}

function isFirstList(area: HTMLElement | null): boolean {
  return area !== null && document.querySelector('[data-row-link]')?.closest('[data-list]') === area
}

function step(area: HTMLElement | null, by: 1 | -1) {
  const links = [...(area?.querySelectorAll<HTMLElement>('[data-row-link]') ?? [])]
  const id = focusedId(area)
  const at = links.findIndex((link) => link.closest<HTMLElement>('[data-row]')?.dataset.row === id)
  const next = links[at < 0 ? 0 : at + by]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}

/** After Back the row that was left has the focus again. */
export function useRestoredFocus(area: Area, ready: boolean) {
  const done = useRef(false)
  useEffect(() => {
    if (!ready || done.current) return
    done.current = true
    const id: unknown = history.state?.row
    if (typeof id !== 'string' || document.activeElement !== document.body) return
    const row = area.current?.querySelector(`[data-row="${CSS.escape(id)}"] [data-row-link]`)
    if (row instanceof HTMLElement) row.focus({ preventScroll: true })
  }, [area, ready])
}
