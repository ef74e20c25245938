import { expect, test } from 'vitest'
import { filtersOf, listAddress, parametersOf, searchOf } from './list-address.ts'

test('an address becomes a search, and broken values fall back', () => {
  const address = listAddress(new URLSearchParams('q=A-1&state=success&state=nonsense&type=debit&connector=7&limit=7'))
  expect(searchOf(address)).toEqual({
    q: 'A-1',
    state: ['success'],
    type: ['debit'],
    connectorId: [7],
    limit: 25,
    total: true,
  })
  expect(listAddress({ panel: 'other', cursor: 'c' })).toMatchObject({ panel: undefined, cursor: 'c' })
})

test('chips and parameters say the same', () => {
  const address = listAddress({ state: ['error', 'pending'], connector: '3' })
  const filters = filtersOf(address)
  expect(filters.map(({ field, values }) => [field, values])).toEqual([
    ['state', ['error', 'pending']],
    ['connector', ['3']],
  ])
  expect(parametersOf(filters)).toEqual({ state: ['error', 'pending'], type: [], connector: ['3'], cursor: [] })
})
