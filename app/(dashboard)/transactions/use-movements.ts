'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { FormProblem } from '#components/form-summary'
import type { Outcome } from '#components/step-up'
import { notify } from '#components/ui/toast'
import type { Json } from '#lib/core/json'
import type { Moved } from '#lib/transactions/desk'
import { problemOf } from '../access/outcome.ts'
import { useDesk } from '../desk.tsx'

type Result = Json<Moved>

const TITLES: Record<Result['state'], string> = {
  success: 'The payment went through',
  pending: 'The payment is pending',
  redirect: 'The person has to confirm the payment',
  error: 'The payment was declined',
  cancelled: 'The payment was cancelled',
}

const SENT =
  'A transaction with this id exists already: it was sent before. Close this and look for the id in the list.'

/** Asks again for whatever shows payments, and says how one went. */
export function useMovements() {
  const { m } = useDesk()
  const client = useQueryClient()
  return async (run: () => Promise<Outcome<Result>>): Promise<{ done: Result } | { problem: FormProblem }> => {
    const outcome = await run()
    const names = new Set<unknown>(['transactions', 'transaction', 'customer', 'instruments', 'profile', 'profiles'])
    await client.invalidateQueries({ predicate: ({ queryKey: [name, at] }) => at === m && names.has(name) })
    if (!outcome.ok) {
      const { code, details } = outcome.error
      if (code === 'TRANSACTION_ID_TAKEN') return { problem: { message: SENT } }
      if (typeof details.reason === 'string') return { problem: { message: `${details.reason}. Nothing was sent.` } }
      return { problem: problemOf(outcome.error as Parameters<typeof problemOf>[0]) }
    }
    const { state, errorMessage } = outcome.data
    notify({ title: TITLES[state], description: errorMessage ?? undefined, failed: state === 'error' })
    return { done: outcome.data }
  }
}

/** The id that this payment will have. It stays while the form is open, so that sending again never charges twice. */
export function useMerchantTransactionId(kind: string): string {
  const [id] = useState(() => `${kind}-${crypto.randomUUID().slice(0, 18)}`)
  return id
}
