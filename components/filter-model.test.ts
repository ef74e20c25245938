import { expect, test } from 'vitest'
import { type FilterField, filterText, withFilter } from './filter-model.tsx'

const status: FilterField = {
  id: 'status',
  label: 'Status',
  kind: 'choice',
  options: [
    { value: 'active', label: 'Active' },
    { value: 'archived', label: 'Archived' },
  ],
}
const created: FilterField = { id: 'created', label: 'Created', kind: 'dates' }

test('a chip says is, is not, any of and from … to', () => {
  const texts = [
    filterText({ field: 'status', not: false, values: ['active'] }, status),
    filterText({ field: 'status', not: true, values: ['active'] }, status),
    filterText({ field: 'status', not: false, values: ['active', 'archived'] }, status),
    filterText({ field: 'created', not: false, values: ['2026-01-01', '2026-02-01'] }, created),
    filterText({ field: 'created', not: false, values: ['', '2026-02-01'] }, created),
  ]
  expect(texts).toEqual([
    'Status is Active',
    'Status is not Active',
    'Status any of Active, Archived',
    'Created from 2026-01-01 to 2026-02-01',
    'Created up to 2026-02-01',
  ])
})

test('a filter takes the place of its field, and an empty one leaves', () => {
  const one = { field: 'status', not: false, values: ['active'] }
  const two = { field: 'created', not: false, values: ['2026-01-01', ''] }
  const both = withFilter(withFilter([], one), two)
  expect(both).toEqual([one, two])
  expect(withFilter(both, { ...one, not: true })).toEqual([{ ...one, not: true }, two])
  expect(withFilter(both, { ...two, values: ['', ''] })).toEqual([one])
})
