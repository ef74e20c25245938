'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { FilterField } from '#components/filter-bar'
import { filterText } from '#components/filter-model'
import type { ConnectorView } from '#lib/connectors/view'
import { TRANSACTION_STATES, TRANSACTION_TYPES } from '#lib/transactions/schema'
import { useDesk } from '../desk.tsx'
import { readError } from '../internal.ts'
import { useAddress } from '../use-address.ts'
import { filtersOf, listAddress, parametersOf, searchOf } from './list-address.ts'
import { connectorsRead, transactionsRead } from './reads.ts'
import { STATE_WORDS, TYPE_WORDS } from './words.ts'

/** What can be filtered by; a connector that the address names and nobody here sees stands as its number. */
function fieldsOf(connectors: readonly ConnectorView[] | undefined, chosen: readonly number[]): FilterField[] {
  const unknown = chosen.filter((id) => !connectors?.some((connector) => connector.id === id))
  return [
    {
      id: 'state',
      label: 'State',
      kind: 'choice',
      options: TRANSACTION_STATES.map((value) => ({ value, label: STATE_WORDS[value] })),
    },
    {
      id: 'type',
      label: 'Type',
      kind: 'choice',
      options: TRANSACTION_TYPES.map((value) => ({ value, label: TYPE_WORDS[value] })),
    },
    {
      id: 'connector',
      label: 'Connector',
      kind: 'choice',
      options: [
        ...(connectors ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
        ...unknown.map((id) => ({ value: String(id), label: `Connector ${id}` })),
      ],
    },
  ]
}

/** The list's state, read from the address, and what the server says about it. */
export function useList() {
  const { m, can } = useDesk()
  const { params, go } = useAddress()
  const address = useMemo(() => listAddress(new URLSearchParams(params)), [params])
  const search = useMemo(() => searchOf(address), [address])
  const list = useQuery({ ...transactionsRead(m, search), placeholderData: keepPreviousData })
  const connectors = useQuery({ ...connectorsRead(m), enabled: can('connectors:read') })
  const fields = useMemo(() => fieldsOf(connectors.data, address.connector), [connectors.data, address.connector])
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
  return { m, address, list, connectors, fields, filters, said, clear, go }
}
