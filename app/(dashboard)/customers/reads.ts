// The reads of the customers' screens: one key and one question each, the same on the server and in the browser.

import type { AuditEvent } from '#lib/audit/queries'
import type { Json } from '#lib/core/json'
import type { Page } from '#lib/core/page'
import type { CustomerFacets, CustomerListRow } from '#lib/customers/list'
import type { ChangesSince, CustomerProfile, Duplicates, NamedCandidate } from '#lib/customers/look-up'
import type { Note } from '#lib/customers/notes'
import type { HistoryEntry } from '#lib/customers/queries'
import type { CustomerSearch } from '#lib/customers/schema'
import type { CustomerView } from '#lib/customers/view'
import type { InstrumentView } from '#lib/instruments/view'
import { fetchInternal, readError } from '../internal.ts'

export type CustomerPage = Page<CustomerListRow>
export type HistoryView = Json<HistoryEntry>
export type NoteView = Json<Note>
export type AuditView = Json<AuditEvent>

/** Once more where the server or the way to it failed; what it refused it would refuse again. */
const retry = (failures: number, err: Error) => {
  const { status } = readError(err)
  return failures < 1 && (status === 0 || status >= 500)
}

const read = <T>(name: string, m: number, input: object) => ({
  queryKey: [name, m, input] as const,
  queryFn: ({ signal }: { signal?: AbortSignal } = {}) => fetchInternal<T>(name, m, input, signal),
  retry,
})

// Colleagues add customers all day: what a list shows is asked again whenever it is looked at again.
export const customersRead = (m: number, search: CustomerSearch) => ({
  ...read<CustomerPage>('customers', m, search),
  staleTime: 2000,
})
export const facetsRead = (m: number) => read<CustomerFacets>('customer-facets', m, {})
export const customerRead = (m: number, id: number) => read<CustomerView>('customer', m, { id })
export const changesRead = (m: number, id: number, version: number) =>
  read<Json<ChangesSince>>('customer-changes', m, { id, version })
export const duplicatesOfRead = (m: number, id: number) => read<NamedCandidate[]>('customer-duplicates', m, { id })
export const duplicatesRead = (m: number, question: object) => read<Duplicates>('duplicates', m, question)
export const profilesOfRead = (m: number, customerId: number) =>
  read<CustomerProfile[]>('customer-profiles', m, { customerId })
export const notesRead = (m: number, customerId: number) => read<NoteView[]>('customer-notes', m, { customerId })
export const historyRead = (m: number, input: { id: number; changesOnly: boolean; limit: number; before?: number }) =>
  read<HistoryView[]>('customer-history', m, input)
export const instrumentsRead = (m: number, customerId: number) =>
  read<InstrumentView[]>('instruments', m, { customerId })
export const auditRead = (m: number, customerId: number, cursor?: string) =>
  read<Page<AuditView>>('audit', m, { customerId, limit: 25, ...(cursor && { cursor }) })
