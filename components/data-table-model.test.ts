import { describe, expect, test } from 'vitest'
import { moved, nextSort, ordered, plainView, toggle } from './data-table-model.tsx'

const columns = ['name', 'status', 'country', 'created'].map((id) => ({ id }))
const ids = (list: readonly { id: string }[]) => list.map((each) => each.id)

describe('the order of columns', () => {
  test('the first column stays first and unnamed ones follow in their own order', () => {
    expect(ids(ordered(columns, []))).toEqual(['name', 'status', 'country', 'created'])
    expect(ids(ordered(columns, ['created', 'name']))).toEqual(['name', 'created', 'status', 'country'])
  })

  test('moving swaps neighbours, and nothing leaves its end or passes the first', () => {
    expect(moved(plainView, columns, 'country', -1).order).toEqual(['name', 'country', 'status', 'created'])
    expect(moved(plainView, columns, 'status', -1)).toBe(plainView)
    expect(moved(plainView, columns, 'created', 1)).toBe(plainView)
    expect(moved(plainView, columns, 'name', 1)).toBe(plainView)
  })
})

test('a head sorts ascending first, then turns around', () => {
  const once = nextSort(plainView, 'name')
  expect(once.sort).toEqual({ id: 'name', desc: false })
  expect(nextSort(once, 'name').sort).toEqual({ id: 'name', desc: true })
  expect(nextSort(once, 'country').sort).toEqual({ id: 'country', desc: false })
})

test('toggling leaves the given set as it was', () => {
  const before = new Set(['a'])
  expect([...toggle(before, ['b'], true)]).toEqual(['a', 'b'])
  expect([...toggle(before, ['a'], false)]).toEqual([])
  expect([...before]).toEqual(['a'])
})
