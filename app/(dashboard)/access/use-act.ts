'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { type Outcome, useStepUp } from '#components/step-up'
import { notify } from '#components/ui/toast'
import { useDesk } from '../desk.tsx'
import { sentenceOf } from './outcome.ts'
import { ACCESS_READS } from './reads.ts'

type Act = <T>(run: (m: number) => Promise<Outcome<T>>) => Promise<Outcome<T>>

/** Runs an action at this merchant, after the password where it is needed, and asks again for everything it may touch. */
export function useAct(): Act {
  const { m } = useDesk()
  const client = useQueryClient()
  const stepUp = useStepUp()
  return useCallback(
    async (run) => {
      const outcome = await stepUp(() => run(m))
      await client.invalidateQueries({
        predicate: ({ queryKey: [name, merchant] }) => merchant === m && ACCESS_READS.has(name),
      })
      return outcome
    },
    [m, client, stepUp],
  )
}

type Said = { title: string; description?: string; undo?: () => Promise<unknown> }

/** For a dialog: says that it is done, or answers why not. */
export function useDo() {
  const act = useAct()
  return useCallback(
    async <T>(run: (m: number) => Promise<Outcome<T>>, said: (data: T) => Said): Promise<string | undefined> => {
      const outcome = await act(run)
      if (!outcome.ok) return sentenceOf(outcome.error)
      const { title, description, undo } = said(outcome.data)
      notify({ title, description, undo: undo && (async () => void (await undo())) })
      return undefined
    },
    [act],
  )
}

/** For an Undo: whatever it could not take back stands on the page, the toast says why. */
export function sayNotUndone(problem: string | undefined): void {
  if (problem) notify({ title: 'Nothing was undone', description: problem, failed: true })
}
