'use client'

import { Archive, Pencil } from 'lucide-react'
import { useState } from 'react'
import { ColumnsMenu } from '#components/columns-menu'
import { type DataColumn, DataTable, type RowSpec, type TableView } from '#components/data-table'
import { plainView } from '#components/data-table-model'
import { type Filter, FilterBar, type FilterField } from '#components/filter-bar'
import { filterText } from '#components/filter-model'
import { SelectionBar } from '#components/selection-bar'
import { StateBadge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { Checkbox } from '#components/ui/checkbox'
import { DateTime } from '#components/ui/date-time'
import { OrMissing } from '#components/ui/masked-value'
import { ActionMenu } from '#components/ui/menu'
import { Money } from '#components/ui/money'
import { NoMatchState } from '#components/ui/no-match-state'
import { type PageSize, Pagination } from '#components/ui/pagination'
import { Cell, ColumnHeader, RowHeader, Table, TableHead, TableRow } from '#components/ui/table'
import { notify } from '#components/ui/toast'
import { Chapter, Entry } from './entry.tsx'
import { type Person, samplePeople } from './people.tsx'

const columns: DataColumn<Person>[] = [
  { id: 'name', header: 'Name', sortable: true, cell: (person) => <bdi>{person.name}</bdi> },
  { id: 'email', header: 'E-mail', cell: (person) => <OrMissing>{person.email}</OrMissing>, secondary: true },
  { id: 'status', header: 'Status', sortable: true, cell: (person) => <StateBadge word={person.status} /> },
  { id: 'country', header: 'Country', cell: (person) => person.country, secondary: true },
  {
    id: 'value',
    header: 'Lifetime value',
    sortable: true,
    end: true,
    cell: (person) => <Money amountMinor={person.valueMinor} currency={person.currency} />,
  },
  { id: 'created', header: 'Created', sortable: true, cell: (person) => <DateTime at={person.createdAt} /> },
]

const fields: FilterField[] = [
  {
    id: 'status',
    label: 'Status',
    kind: 'choice',
    negatable: true,
    options: [
      { value: 'Active', label: 'Active', count: 3 },
      { value: 'Pending', label: 'Pending', count: 1 },
      { value: 'Archived', label: 'Archived', count: 1 },
    ],
  },
  { id: 'country', label: 'Country', kind: 'text' },
  { id: 'created', label: 'Created', kind: 'dates' },
]

const row: RowSpec<Person> = {
  id: (person) => person.id,
  href: (person) => `#person-${person.id}`,
  label: (person) => person.name,
  onPeek: (person) => notify({ title: `Peek at ${person.name}` }),
  onEdit: (person) => notify({ title: `Edit ${person.name}` }),
  actions: (person) => (
    <ActionMenu
      size="small"
      label={`Actions for ${person.name}`}
      items={[
        { label: 'Edit', icon: Pencil, onSelect: () => notify({ title: `Edit ${person.name}` }) },
        { label: 'Archive', icon: Archive, onSelect: () => notify({ title: `Archive ${person.name}` }) },
      ]}
    />
  ),
}

/** Tables and their filters. */
export function Tables() {
  return (
    <Chapter title="Tables">
      <Entry id="data-table" title="List with filters, selection and pages" bare>
        <SampleList />
      </Entry>
      <Entry id="data-table-loading" title="List, loading" bare>
        <DataTable
          caption="Loading customers"
          columns={columns}
          rows={undefined}
          row={row}
          card={() => null}
          control={{ view: plainView, onViewChange: () => {}, pageSize: 4 }}
        />
      </Entry>
      <Entry id="table" title="Plain table" bare>
        <Table caption="Currencies" showCaption>
          <TableHead>
            <ColumnHeader>Currency</ColumnHeader>
            <ColumnHeader end>Payments</ColumnHeader>
          </TableHead>
          <tbody>
            <TableRow>
              <RowHeader>EUR</RowHeader>
              <Cell end>1,204</Cell>
            </TableRow>
            <TableRow data-selected>
              <RowHeader>USD</RowHeader>
              <Cell end>87</Cell>
            </TableRow>
          </tbody>
        </Table>
      </Entry>
    </Chapter>
  )
}

const nobody: ReadonlySet<string> = new Set()

function SampleList() {
  const [search, setSearch] = useState('')
  const [filters, setFilters] = useState<readonly Filter[]>([{ field: 'status', not: true, values: ['Refused'] }])
  const [view, setView] = useState<TableView>({ ...plainView, sort: { id: 'name', desc: false } })
  const [ids, setIds] = useState(nobody)
  const [size, setSize] = useState<PageSize>(25)
  const [busy, setBusy] = useState(false)
  const rows = find(search, filters, view)
  function clear() {
    setSearch('')
    setFilters([])
  }
  return (
    <>
      <FilterBar
        search={{ label: 'Search people', value: search, onChange: setSearch }}
        fields={fields}
        filters={filters}
        onFiltersChange={setFilters}
        onClear={clear}
        end={<ColumnsMenu columns={columns} view={view} onViewChange={setView} />}
      />
      {rows.length === 0 ? (
        <NoMatchState
          filters={[search && `Text contains ${search}`, ...filters.map(words)].filter(Boolean)}
          clear={<Button onClick={clear}>Clear filters</Button>}
        />
      ) : (
        <DataTable
          caption="People"
          columns={columns}
          rows={rows}
          row={row}
          card={(person) => <PersonCard person={person} />}
          control={{ view, onViewChange: setView, busy }}
          selection={{ ids, onChange: setIds }}
        />
      )}
      <SelectionBar count={ids.size} noun="people" onClear={() => setIds(nobody)}>
        <Button size="small">Archive</Button>
      </SelectionBar>
      <Pagination
        count={rows.length}
        total={{ count: 10_000, more: true }}
        previous={undefined}
        next="#data-table"
        size={size}
        onSizeChange={setSize}
      />
      <div className="border-t p-3">
        <Checkbox
          label="Other rows are on their way"
          checked={busy}
          onChange={(event) => setBusy(event.target.checked)}
        />
      </div>
    </>
  )
}

function PersonCard({ person }: { person: Person }) {
  return (
    <div className="flex flex-col gap-1">
      <a href={row.href(person)} data-row-link className="truncate rounded-badge font-medium">
        <bdi>{person.name}</bdi>
      </a>
      <div className="flex flex-wrap items-center gap-2">
        <StateBadge word={person.status} />
        <Money amountMinor={person.valueMinor} currency={person.currency} />
      </div>
    </div>
  )
}

function words(filter: Filter): string {
  const field = fields.find(({ id }) => id === filter.field)
  return field ? filterText(filter, field) : ''
}

// What a server does for a real list: filter, then sort.
function find(search: string, filters: readonly Filter[], view: TableView): readonly Person[] {
  const found = samplePeople
    .filter((person) => person.name.toLowerCase().includes(search.trim().toLowerCase()))
    .filter((person) => filters.every((filter) => fits(person, filter)))
  const { sort } = view
  if (!sort) return found
  const sorted = found.toSorted((one, other) => compare(one, other, sort.id))
  return sort.desc ? sorted.toReversed() : sorted
}

function fits(person: Person, { field, not, values: [from = '', ...more] }: Filter): boolean {
  if (field === 'status') return [from, ...more].includes(person.status) !== not
  if (field === 'country') return person.country.toLowerCase().includes(from.toLowerCase())
  const day = person.createdAt.slice(0, 10)
  return (!from || day >= from) && (!more[0] || day <= more[0])
}

function compare(one: Person, other: Person, column: string): number {
  if (column === 'value') return one.valueMinor - other.valueMinor
  if (column === 'created') return one.createdAt.localeCompare(other.createdAt)
  return column === 'status' ? one.status.localeCompare(other.status) : one.name.localeCompare(other.name)
}
