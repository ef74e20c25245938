'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { FilterField } from '#components/filter-bar'
import { filterText } from '#components/filter-model'
import type { ContainerView } from '#lib/containers/view'
import { useDesk } from '../desk.tsx'
import { readError } from '../internal.ts'
import { useAddress } from '../use-address.ts'
import { filtersOf, listAddress, parametersOf, searchOf } from './list-address.ts'
import { containersRead, profilesRead } from './reads.ts'

/** The containers as a filter; one that the address names and nobody here sees stands as its number. */
function fieldsOf(containers: readonly ContainerView[] | undefined, chosen: readonly number[]): FilterField[] {
  const unknown = chosen.filter((id) => !containers?.some((container) => container.id === id))
  const options = [
    ...(containers ?? []).map(({ id, name, ownerName, own, profiles }) => ({
      value: String(id),
      label: own ? name : `${name} (${ownerName})`,
      count: profiles,
    })),
    ...unknown.map((id) => ({ value: String(id), label: `Container ${id}` })),
  ]
  return [{ id: 'container', label: 'Container', kind: 'choice', options }]
}

/** The list's state, read from the address, and what the server says about it. */
export function useList() {
  const { m, can } = useDesk()
  const { params, go } = useAddress()
  const address = useMemo(() => listAddress(new URLSearchParams(params)), [params])
  const search = useMemo(() => searchOf(address), [address])
  const list = useQuery({ ...profilesRead(m, search), placeholderData: keepPreviousData })
  const containers = useQuery({ ...containersRead(m), enabled: can('containers:read') })
  const fields = useMemo(() => fieldsOf(containers.data, address.container), [containers.data, address.container])
  const filters = useMemo(() => filtersOf(address), [address])

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
  return { m, address, list, containers, fields, filters, said, clear, go }
}
