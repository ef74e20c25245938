'use client'

import { ListFilter, X } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { FilterEditor } from './filter-editor.tsx'
import { type Filter, type FilterField, filterText, operatorOf, valuesOf, withFilter } from './filter-model.tsx'
import { SearchBox, type SearchBoxProps } from './search-box.tsx'
import { useShortcuts } from './shortcuts.tsx'
import { Button, IconButton } from './ui/button.tsx'
import { Drawer } from './ui/drawer.tsx'
import { Popover } from './ui/popover.tsx'

export type { Filter, FilterField } from './filter-model.tsx'

export type FilterBarProps = {
  search?: SearchBoxProps
  fields: readonly FilterField[]
  filters: readonly Filter[]
  onFiltersChange: (filters: readonly Filter[]) => void
  /** Empties search and filters together. */
  onClear: () => void
  /** At the end: the columns menu, saved views, export. */
  end?: ReactNode
}

/** Search, filter chips and the column chooser of a list. On phones the filters are a drawer. */
export function FilterBar({ search, fields, filters, onFiltersChange, onClear, end }: FilterBarProps) {
  const active = filters.length > 0 || Boolean(search?.value)
  const change = (filter: Filter) => onFiltersChange(withFilter(filters, filter))
  const remove = (id: string) => onFiltersChange(filters.filter((each) => each.field !== id))
  return (
    <div data-screen-only className="flex flex-col gap-2 p-3">
      <div className="flex flex-wrap items-start gap-2">
        {search && <SearchBox {...search} />}
        {fields.length > 0 && <AddFilter fields={fields} filters={filters} onChange={change} />}
        {end && <div className="ms-auto flex flex-wrap gap-2">{end}</div>}
      </div>
      {active && (
        <ul aria-label="Active filters" className="flex flex-wrap items-center gap-2">
          {filters.map((filter) => {
            const field = fields.find(({ id }) => id === filter.field)
            return (
              field && (
                <li key={filter.field}>
                  <FilterChip field={field} filter={filter} onChange={change} onRemove={() => remove(field.id)} />
                </li>
              )
            )
          })}
          <li>
            <Button size="small" variant="ghost" onClick={onClear}>
              Clear filters
            </Button>
          </li>
        </ul>
      )}
    </div>
  )
}

type FilterChipProps = {
  field: FilterField
  filter: Filter
  onChange: (filter: Filter) => void
  onRemove: () => void
}

/** A filter in words; pressing it edits, the cross removes it. */
function FilterChip({ field, filter, onChange, onRemove }: FilterChipProps) {
  const trigger = (
    <button type="button" className="min-h-7 rounded-s-control ps-2 pe-1 hover:bg-surface pointer-coarse:min-h-11">
      <span className="text-muted">
        {field.label} {operatorOf(filter, field)}
      </span>{' '}
      <span className="font-medium">{valuesOf(filter, field)}</span>
    </button>
  )
  return (
    <span className="inline-flex items-center rounded-control border bg-accent-soft text-small">
      <Popover trigger={trigger} title={field.label}>
        <FilterEditor field={field} filter={filter} onChange={onChange} />
      </Popover>
      <IconButton size="small" label={`Remove ${filterText(filter, field)}`} onClick={onRemove}>
        <X aria-hidden strokeWidth={1.5} />
      </IconButton>
    </span>
  )
}

type AddFilterProps = Pick<FilterBarProps, 'fields' | 'filters'> & { onChange: (filter: Filter) => void }

/** The "Filter" button: a list of fields, then the controls of the chosen one. `f` opens it. */
function AddFilter({ fields, filters, onChange }: AddFilterProps) {
  const [open, setOpen] = useState(false)
  const [drawer, setDrawer] = useState(false)
  const [chosen, setChosen] = useState<string>()
  useShortcuts([{ keys: 'f', label: 'Filter', group: 'In a list', run: () => setOpen(true) }])
  const field = fields.find(({ id }) => id === chosen)
  const filterOf = (id: string) => filters.find((each) => each.field === id) ?? { field: id, not: false, values: [] }
  const label = (
    <>
      <ListFilter aria-hidden strokeWidth={1.5} />
      Filter
    </>
  )

  function openChange(next: boolean) {
    setOpen(next)
    if (next) setChosen(undefined)
  }

  return (
    <>
      <span className="max-sm:hidden">
        <Popover
          trigger={<Button>{label}</Button>}
          title={field?.label ?? 'Filter by'}
          open={open}
          onOpenChange={openChange}
        >
          {field ? (
            <FocusFirst>
              <FilterEditor field={field} filter={filterOf(field.id)} onChange={onChange} />
            </FocusFirst>
          ) : (
            <ul className="-mx-1 flex flex-col">
              {fields.map(({ id, label: name }) => (
                <li key={id}>
                  <Button
                    variant="ghost"
                    className="w-full justify-start px-2 font-normal"
                    onClick={() => setChosen(id)}
                  >
                    {name}
                  </Button>
                </li>
              ))}
            </ul>
          )}
        </Popover>
      </span>
      <Button className="sm:hidden" onClick={() => setDrawer(true)}>
        {label}
      </Button>
      <Drawer open={drawer} onOpenChange={setDrawer} title="Filter" footer={<Done onClick={() => setDrawer(false)} />}>
        <div className="flex flex-col gap-6">
          {fields.map((each) => (
            <section key={each.id} className="flex flex-col gap-2">
              <h3 className="font-medium">{each.label}</h3>
              <FilterEditor field={each} filter={filterOf(each.id)} onChange={onChange} />
            </section>
          ))}
        </div>
      </Drawer>
    </>
  )
}

/** The pressed field has gone, so the focus moves on to the controls that took its place. */
function FocusFirst({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.querySelector<HTMLElement>('input, select')?.focus(), [])
  return <div ref={box}>{children}</div>
}

function Done({ onClick }: { onClick: () => void }) {
  return (
    <Button variant="primary" onClick={onClick} className="flex-1">
      Show results
    </Button>
  )
}
