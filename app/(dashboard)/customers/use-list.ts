'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { filterText } from '#components/filter-model'
import { useDesk } from '../desk.tsx'
import { readError } from '../internal.ts'
import { useAddress } from '../use-address.ts'
import { filterFields } from './filters.ts'
import { searchedWords } from './highlight.tsx'
import { rememberList } from './last-list.ts'
import { filtersOf, listAddress, parametersOf, searchOf } from './list-address.ts'
import { customersRead, facetsRead } from './reads.ts'

/** The list's state, read from the address, and what the server says about it. */
export function useList() {
  const { m } = useDesk()
  const { params, to, go } = useAddress()
  const address = useMemo(() => listAddress(params), [params])
  const search = useMemo(() => searchOf(address), [address])
  const list = useQuery({ ...customersRead(m, search), placeholderData: keepPreviousData })
  const facets = useQuery({ ...facetsRead(m), staleTime: 60_000 })
  const words = useMemo(() => searchedWords(address.q), [address.q])
  const fields = useMemo(() => filterFields(facets.data, address), [facets.data, address])
  const filters = useMemo(() => filtersOf(address), [address])

  useEffect(() => {
    const ids = list.data?.data.map(({ id }) => id)
    if (ids) rememberList({ m, ids, href: to({ peek: undefined, panel: undefined }) })
  }, [m, list.data, to])

  // A pasted cursor of another search means nothing here: the list starts at its first page instead of failing.
  const stale = list.isError && readError(list.error).code === 'CURSOR_INVALID'
  useEffect(() => {
    if (stale) go({ cursor: undefined }, 'replace')
  }, [stale, go])

  const said = filters.flatMap((filter) => {
    const field = fields.find(({ id }) => id === filter.field)
    return field ? [filterText(filter, field)] : []
  })
  const clear = () => go({ ...parametersOf([]), q: undefined })
  return { m, address, list, facets, words, fields, filters, said, clear, go, to }
}
