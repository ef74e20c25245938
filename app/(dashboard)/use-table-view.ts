'use client'

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { TableView } from '#components/data-table'
import { useDesk } from './desk.tsx'
import { tablePreferences } from './kept-table.ts'
import { savePreferencesAction } from './preferences.ts'

const pauseMs = 500

/** Sort names of the server by column id; a column that is not here cannot be sorted. */
type Sorts = Readonly<Record<string, string>>

function sortIn(sort: string, sorts: Sorts): TableView['sort'] {
  const name = sort.replace('-', '')
  const found = Object.entries(sorts).find(([, each]) => each === name)
  return found && { id: found[0], desc: sort.startsWith('-') }
}

type Place = { sort: string; sorts: Sorts; onSort: (sort: string) => void }

/** How a table is shown: columns and density kept on the server for this person, the sort in the address. */
export function useTableView(table: string, kept: TableView, { sort, sorts, onSort }: Place) {
  const { m } = useDesk()
  const [columns, setColumns] = useState(kept)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const view = useMemo<TableView>(() => ({ ...columns, sort: sortIn(sort, sorts) }), [columns, sort, sorts])
  const setView = useCallback(
    (next: TableView) => {
      const name = next.sort && sorts[next.sort.id]
      const nextSort = name && `${next.sort?.desc ? '-' : ''}${name}`
      if (nextSort && nextSort !== sort) return onSort(nextSort)
      const { hidden, order, density } = next
      setColumns({ hidden, order, density })
      clearTimeout(timer.current)
      // Several presses in the chooser are one change; a failed save leaves the choice on this screen only.
      timer.current = setTimeout(() => {
        void savePreferencesAction(m, tablePreferences(table, { hidden, order, density })).catch(() => undefined)
      }, pauseMs)
    },
    [m, table, sort, sorts, onSort],
  )
  return { view, setView }
}
