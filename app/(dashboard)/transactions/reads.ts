// The reads of the transactions' screens: one key and one question each, the same on the server and in the browser.
import type { z } from 'zod'
import type { ConnectorView } from '#lib/connectors/view'
import type { Page } from '#lib/core/page'
import type { TransactionDetail, TransactionListRow } from '#lib/transactions/desk'
import type { TransactionSearch } from '#lib/transactions/schema'
import { fetchInternal } from '../internal.ts'

export type TransactionPage = Page<TransactionListRow>

const read = <T>(name: string, m: number, input: object) => ({
  queryKey: [name, m, input] as const,
  queryFn: ({ signal }: { signal?: AbortSignal } = {}) => fetchInternal<T>(name, m, input, signal),
})

// Payments happen all day: what is shown is asked again whenever it is looked at again.
export const transactionsRead = (m: number, search: z.input<typeof TransactionSearch>) => ({
  ...read<TransactionPage>('transactions', m, search),
  staleTime: 2000,
})
export const transactionRead = (m: number, uuid: string) => ({
  ...read<TransactionDetail>('transaction', m, { uuid }),
  staleTime: 2000,
})
export const connectorsRead = (m: number) => ({ ...read<ConnectorView[]>('connectors', m, {}), staleTime: 60_000 })
