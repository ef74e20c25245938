'use client'

import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { notify } from '#components/ui/toast'
import type { CustomerForm } from '#lib/customers/form'
import type { CustomerView } from '#lib/customers/view'
import { useDesk } from '../desk.tsx'
import { archiveCustomerAction, restoreCustomerAction } from './actions.ts'
import { changesRead, customerRead } from './reads.ts'
import { type ActionError, type EditResult, saveEdit } from './save-edit.ts'

type Known = Pick<CustomerView, 'id' | 'name' | 'version' | 'lifecycle'>

/** Everything that shows a customer is asked again; what is on the screen stays until the answer is there. */
export async function refreshCustomer(client: QueryClient, m: number, id: number): Promise<void> {
  const about = new Set(['customers', 'customer-facets'])
  await client.invalidateQueries({
    predicate: ({ queryKey: [name, merchant, input] }) => {
      if (merchant !== m || typeof name !== 'string') return false
      const of = input as { id?: number; customerId?: number }
      return about.has(name) || of?.id === id || of?.customerId === id
    },
  })
}

function showSaved(client: QueryClient, m: number, customer: CustomerView) {
  client.setQueryData(customerRead(m, customer.id).queryKey, customer)
  return refreshCustomer(client, m, customer.id)
}

/** A failure outside of any form: the toast says it at once, and the page shows the state that the server has. */
function sayFailed(title: string, error: Pick<ActionError, 'message' | 'requestId'>) {
  notify({ title, description: `${error.message}. Request ${error.requestId}`, failed: true })
}

const unreachable = { message: 'The server could not be reached', requestId: '—' }

type Lifecycle = 'archived' | 'current'
const VERBS = { archived: 'archived', current: 'restored' } as const

/** Archives or restores with the version that was seen; a newer one is looked at first, never overwritten unseen. */
async function move(
  m: number,
  known: Known,
  to: Lifecycle,
): Promise<{ customer: CustomerView; others?: string } | ActionError> {
  const action = to === 'archived' ? archiveCustomerAction : restoreCustomerAction
  let version = known.version
  let others: string | undefined
  for (let round = 0; round < 5; round += 1) {
    const answer = await action(m, { id: known.id, expectedVersion: version })
    if (answer.ok) return { customer: answer.data.customer, others }
    if (answer.error.code !== 'STALE_WRITE') return answer.error
    const since = await changesRead(m, known.id, version).queryFn()
    const names = [...new Set(since.changes.map(({ actorName }) => actorName))].join(' and ')
    others = `${names || 'Somebody'} changed this customer meanwhile; that was kept.`
    version = since.version
  }
  return { code: 'STALE_WRITE', message: 'Somebody else keeps changing this customer', details: {}, requestId: '—' }
}

/** What an edit began with and what it ended with; it cannot be undone where a value was replaced that nobody sees. */
type Forms = { before: CustomerForm; after: CustomerForm; undoable: boolean }

export type CustomerWrites = {
  /** Archives or restores at once on the screen, and takes that back when the server refuses. */
  setLifecycle: (known: Known, to: Lifecycle) => Promise<void>
  /** Archives several, each by itself; one Undo brings all of them back. */
  archiveAll: (known: readonly Known[]) => Promise<void>
  /** Says that an edit was saved, with an Undo that is an edit itself. */
  afterEdit: (result: Extract<EditResult, { kind: 'saved' }>, forms?: Forms) => void
  afterCreate: (customer: CustomerView) => void
}

export function useCustomerWrites(): CustomerWrites {
  const client = useQueryClient()
  const { m, can } = useDesk()
  return useMemo(() => {
    async function setLifecycle(known: Known, to: Lifecycle): Promise<void> {
      const { queryKey } = customerRead(m, known.id)
      const before = client.getQueryData<CustomerView>(queryKey)
      if (before) client.setQueryData(queryKey, { ...before, lifecycle: to })
      const result = await move(m, known, to).catch(() => ({ ...unreachable, code: 'UNREACHABLE', details: {} }))
      if (!('customer' in result)) {
        if (before) client.setQueryData(queryKey, before)
        sayFailed(`${known.name} was not ${VERBS[to]}`, result)
        return refreshCustomer(client, m, known.id)
      }
      await showSaved(client, m, result.customer)
      const inverse: Lifecycle = to === 'archived' ? 'current' : 'archived'
      notify({
        title: `${result.customer.name} was ${VERBS[to]}`,
        description: result.others,
        undo: () => setLifecycle(result.customer, inverse),
      })
    }

    async function moveAll(known: readonly Known[], to: Lifecycle) {
      const moved: CustomerView[] = []
      const failed: string[] = []
      for (const each of known) {
        const result = await move(m, each, to).catch(() => undefined)
        if (result && 'customer' in result) moved.push(result.customer)
        else failed.push(each.name)
      }
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === m })
      notify({
        title: `${moved.length} ${moved.length === 1 ? 'customer was' : 'customers were'} ${VERBS[to]}`,
        description: failed.length > 0 ? `Not ${VERBS[to]}: ${failed.join(', ')}` : undefined,
        failed: failed.length > 0,
        undo: moved.length > 0 ? () => moveAll(moved, to === 'archived' ? 'current' : 'archived') : undefined,
      })
    }

    async function undoEdit(customer: CustomerView, forms: Forms) {
      const opened = { form: forms.after, version: customer.version }
      const edit = { m, id: customer.id, opened, typed: forms.before }
      const result = await saveEdit(edit).catch(() => undefined)
      if (result?.kind === 'saved') afterEdit(result)
      else if (result?.kind === 'undecided') {
        notify({ title: 'Nothing was undone', description: `${result.by || 'Somebody'} changed it after you.` })
      } else if (result?.kind !== 'same') sayFailed('Nothing was undone', result?.error ?? unreachable)
    }

    function afterEdit(result: Extract<EditResult, { kind: 'saved' }>, forms?: Forms) {
      void showSaved(client, m, result.customer)
      notify({
        title: forms ? `${result.customer.name} was saved` : `The change to ${result.customer.name} was undone`,
        description: result.others,
        undo: forms?.undoable ? () => undoEdit(result.customer, forms) : undefined,
      })
    }

    function afterCreate(customer: CustomerView) {
      void showSaved(client, m, customer)
      notify({
        title: `${customer.name} was added`,
        undo: can('customers:archive') ? () => setLifecycle(customer, 'archived') : undefined,
      })
    }

    return { setLifecycle, archiveAll: (known) => moveAll(known, 'archived'), afterEdit, afterCreate }
  }, [client, m, can])
}
