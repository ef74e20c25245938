import { describe, expect, test } from 'vitest'
import { filtersOf, listAddress, parametersOf, searchOf } from './list-address.ts'

describe('listAddress', () => {
  test('reads what a pasted link says', () => {
    const address = listAddress(
      new URLSearchParams('q=ada&status=active&status=suspended&tag=a,b&limit=50&sort=name&peek=12'),
    )
    expect(address).toMatchObject({
      q: 'ada',
      status: ['active', 'suspended'],
      tag: ['a,b'],
      limit: 50,
      sort: 'name',
      peek: 12,
    })
  })

  test('reads the same from the parameters of a page', () => {
    const fromPage = listAddress({ status: ['active', 'suspended'], q: 'ada', m: '2' })
    expect(fromPage).toEqual(listAddress(new URLSearchParams('status=active&status=suspended&q=ada&m=2')))
  })

  test('falls back where values are broken, without losing the others', () => {
    const address = listAddress(
      new URLSearchParams('status=nonsense&status=active&limit=7&sort=drop&from=32.1.&peek=x&panel=y'),
    )
    expect(address).toMatchObject({ status: ['active'], limit: 25, sort: '-createDate' })
    expect(address).not.toHaveProperty('from', '32.1.')
    expect([address.peek, address.panel]).toEqual([undefined, undefined])
  })
})

describe('searchOf', () => {
  test('asks for a whole last day', () => {
    const { createDate } = searchOf(listAddress(new URLSearchParams('from=2026-01-01&to=2026-01-31')))
    expect(createDate).toEqual({ gte: '2026-01-01T00:00:00.000Z', lt: '2026-02-01T00:00:00.000Z' })
  })

  test('leaves the lifecycle to the default when no chip names it', () => {
    expect(searchOf(listAddress(new URLSearchParams('')))).toEqual({
      q: '',
      sort: '-createDate',
      limit: 25,
      total: true,
    })
  })
})

test('chips and parameters are each other’s inverse', () => {
  const params = new URLSearchParams('status=active&country=DE&country=SE&instrument=no&from=2026-01-01')
  const again = new URLSearchParams()
  for (const [name, values] of Object.entries(parametersOf(filtersOf(listAddress(params))))) {
    for (const value of values) if (value) again.append(name, value)
  }
  expect(listAddress(again)).toEqual(listAddress(params))
})
