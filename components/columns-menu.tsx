'use client'

import { ChevronDown, ChevronUp, Columns3, Rows3, Rows4 } from 'lucide-react'
import { moved, ordered, type TableView } from './data-table-model.tsx'
import { Button, IconButton } from './ui/button.tsx'
import { Checkbox } from './ui/checkbox.tsx'
import { Popover } from './ui/popover.tsx'

export type ColumnsMenuProps = {
  columns: readonly { id: string; header: string }[]
  view: TableView
  onViewChange: (view: TableView) => void
}

/** Which columns are shown, in which order, and how tall rows are. The first column always stays. */
export function ColumnsMenu({ columns, view, onViewChange }: ColumnsMenuProps) {
  const list = ordered(columns, view.order)
  function show(id: string, shown: boolean) {
    const hidden = view.hidden.filter((each) => each !== id)
    onViewChange({ ...view, hidden: shown ? hidden : [...hidden, id] })
  }
  const trigger = (
    <Button>
      <Columns3 aria-hidden strokeWidth={1.5} />
      Columns
    </Button>
  )
  return (
    <Popover trigger={trigger} title="Columns" align="end">
      <ul className="flex flex-col">
        {list.slice(1).map(({ id, header }, index) => (
          <li key={id} className="flex items-center justify-between gap-2">
            <Checkbox
              label={header}
              checked={!view.hidden.includes(id)}
              onChange={(event) => show(id, event.target.checked)}
              className="min-w-0"
            />
            <span className="flex">
              <IconButton
                size="small"
                label={`Move ${header} up`}
                disabled={index === 0}
                onClick={() => onViewChange(moved(view, columns, id, -1))}
              >
                <ChevronUp aria-hidden strokeWidth={1.5} />
              </IconButton>
              <IconButton
                size="small"
                label={`Move ${header} down`}
                disabled={index === list.length - 2}
                onClick={() => onViewChange(moved(view, columns, id, 1))}
              >
                <ChevronDown aria-hidden strokeWidth={1.5} />
              </IconButton>
            </span>
          </li>
        ))}
      </ul>
      <DensityButtons view={view} onViewChange={onViewChange} />
    </Popover>
  )
}

const densities = [
  { value: 'regular', label: 'Regular rows', icon: Rows3 },
  { value: 'compact', label: 'Compact rows', icon: Rows4 },
] as const

function DensityButtons({ view, onViewChange }: Omit<ColumnsMenuProps, 'columns'>) {
  return (
    <fieldset className="flex gap-2 border-t pt-3">
      <legend className="sr-only">Row height</legend>
      {densities.map(({ value, label, icon: Icon }) => (
        <Button
          key={value}
          size="small"
          aria-pressed={view.density === value}
          className="flex-1 aria-pressed:border-accent-text aria-pressed:bg-accent-soft"
          onClick={() => onViewChange({ ...view, density: value })}
        >
          <Icon aria-hidden strokeWidth={1.5} />
          {label}
        </Button>
      ))}
    </fieldset>
  )
}
