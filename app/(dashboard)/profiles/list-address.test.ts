import { expect, test } from 'vitest'
import { filtersOf, listAddress, parametersOf, searchOf } from './list-address.ts'

test('reads what a pasted link says, on the server and in the browser', () => {
  const address = listAddress(new URLSearchParams('q=CP-1&container=3&container=4&sort=createDate&limit=50&cursor=abc'))
  expect(address).toEqual({ q: 'CP-1', container: [3, 4], sort: 'createDate', limit: 50, cursor: 'abc' })
  const page = { q: 'CP-1', container: ['3', '4'], sort: 'createDate', limit: '50', cursor: 'abc' }
  expect(listAddress(page)).toEqual(address)
})

test('falls back where values are broken, without losing the others', () => {
  const address = listAddress(new URLSearchParams('container=x&container=4&sort=name&limit=7'))
  expect(address).toEqual({ q: '', container: [4], sort: '-createDate', limit: 25, cursor: undefined })
})

test('asks the server for exactly that, a total included', () => {
  const search = searchOf(listAddress(new URLSearchParams('q=ada&container=4')))
  expect(search).toEqual({ q: 'ada', containerId: [4], sort: '-createDate', limit: 25, total: true })
})

test('chips and parameters are each other’s inverse', () => {
  const address = listAddress(new URLSearchParams('container=3&container=4'))
  expect(parametersOf(filtersOf(address))).toEqual({ container: ['3', '4'], cursor: [] })
  expect(parametersOf([])).toEqual({ container: [], cursor: [] })
})
