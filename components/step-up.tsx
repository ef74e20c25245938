'use client'

import dynamic from 'next/dynamic'
import { createContext, type ReactNode, use, useCallback, useMemo, useRef, useState } from 'react'

/** What an action answers; the same shape for every action of the dashboard. */
export type Outcome<T> =
  | { ok: true; data: T }
  | {
      ok: false
      error: { code: string; message: string; details: Readonly<Record<string, unknown>>; requestId: string }
    }

/** Checks the password of the person at the screen. */
export type Prove = (password: string) => Promise<Outcome<unknown>>
type StepUp = <T>(act: () => Promise<Outcome<T>>) => Promise<Outcome<T>>

const StepUpContext = createContext<StepUp | undefined>(undefined)
const Dialog = dynamic(() => import('./step-up-dialog.tsx').then((module) => module.StepUpDialog), { ssr: false })

/**
 * Runs an action; where it needs a fresh proof of who is acting, asks for the password and runs it once more. Never
 * throws: an unreachable server and a question that was dismissed are failed outcomes like any other.
 */
export function useStepUp(): StepUp {
  const stepUp = use(StepUpContext)
  if (!stepUp) throw new Error('useStepUp needs the StepUpProvider above it')
  return stepUp
}

export function failure(code: string, message: string): Outcome<never> {
  return { ok: false, error: { code, message, details: {}, requestId: '' } }
}

async function reached<T>(act: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  return act().catch(() => failure('UNREACHABLE', 'The server could not be reached'))
}

type Asked = { answer: Promise<boolean>; close: (proven: boolean) => void; from: Element | null }

// A dialog below is still inert when this one closes, so the library would give the focus to what opened that dialog.
function backTo(element: Element | null | undefined) {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (element instanceof HTMLElement && element.isConnected) element.focus()
    }),
  )
}

type StepUpProviderProps = {
  prove: Prove
  /** The account's address, so that a password manager knows which password is meant. */
  email: string
  children: ReactNode
}

/** One password question for every action below it; a second action that needs it waits for the same answer. */
export function StepUpProvider({ prove, email, children }: StepUpProviderProps) {
  const [asking, setAsking] = useState(false)
  const question = useRef<Asked>(undefined)

  const ask = useCallback((): Promise<boolean> => {
    if (!question.current) {
      const { promise: answer, resolve: close } = Promise.withResolvers<boolean>()
      question.current = { answer, close, from: document.activeElement }
      setAsking(true)
    }
    return question.current.answer
  }, [])

  function close(proven: boolean) {
    const asked = question.current
    setAsking(false)
    asked?.close(proven)
    question.current = undefined
    if (!proven) backTo(asked?.from)
  }

  const stepUp = useMemo<StepUp>(
    () => async (act) => {
      const first = await reached(act)
      if (first.ok || first.error.code !== 'STEP_UP_REQUIRED') return first
      if (await ask()) return reached(act)
      return failure('STEP_UP_REQUIRED', 'You did not confirm your password')
    },
    [ask],
  )

  return (
    <StepUpContext value={stepUp}>
      {children}
      {asking && <Dialog email={email} prove={(password) => reached(() => prove(password))} onClose={close} />}
    </StepUpContext>
  )
}
