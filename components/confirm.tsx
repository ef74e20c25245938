'use client'

import { createContext, type ReactNode, use, useCallback, useRef, useState } from 'react'
import { AlertDialog } from './ui/alert-dialog.tsx'

export type Question = {
  /** The question: "Erase Ada Lovelace?" */
  title: string
  /** What happens, with its count. */
  body: ReactNode
  /** The verb again: "Erase Ada Lovelace". */
  action: string
  /** Focus starts on Cancel and the button is red. */
  danger?: boolean
  /** What must be typed first; only for what cannot be undone. */
  typed?: string
  /** Runs while the dialog shows that it does; when it answers why not, or rejects, the dialog stays and says so. */
  // biome-ignore lint/suspicious/noConfusingVoidType: a handler that returns nothing at all is meant, too.
  run?: () => Promise<string | undefined | void>
}

type Ask = (question: Question) => Promise<boolean>
const AskContext = createContext<Ask | undefined>(undefined)

/** Asks and answers true once confirmed, false when cancelled. */
export function useConfirm(): Ask {
  const ask = use(AskContext)
  if (!ask) throw new Error('useConfirm needs the ConfirmProvider above it')
  return ask
}

/** One dialog for every question of the page. */
export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [question, setQuestion] = useState<Question>()
  const [open, setOpen] = useState(false)
  const answer = useRef<(confirmed: boolean) => void>(undefined)

  const ask = useCallback<Ask>((next) => {
    answer.current?.(false)
    setQuestion(next)
    setOpen(true)
    return new Promise((resolve) => {
      answer.current = resolve
    })
  }, [])

  function close(confirmed: boolean) {
    setOpen(false)
    answer.current?.(confirmed)
    answer.current = undefined
  }

  async function run() {
    const refused = await question?.run?.()
    if (refused) return refused
    close(true)
  }

  return (
    <AskContext value={ask}>
      {children}
      {question && (
        <AlertDialog
          open={open}
          onOpenChange={(next) => next || close(false)}
          title={question.title}
          body={question.body}
          typed={question.typed}
          action={{ label: question.action, danger: question.danger, run }}
        />
      )}
    </AskContext>
  )
}
