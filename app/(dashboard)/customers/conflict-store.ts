// Asks about fields that two people changed. An Undo may run long after its page was left, so the question is asked of
// the frame around all pages and not of a component.
import type { FieldConflict, Side } from '#lib/customers/conflict'

export type ConflictQuestion = {
  /** Who else wrote: a colleague, a key, several. */
  who: string
  conflicts: readonly FieldConflict[]
  /** Who wrote what stands now, and when, by path. */
  by: Readonly<Record<string, { actor: string; at: string } | undefined>>
  /** Fields that only the others changed, in words; they are kept. */
  kept: readonly string[]
}
export type Decision = Readonly<Record<string, Side>>

type Open = { question: ConflictQuestion; answer: (decision: Decision | undefined) => void }

let open: Open | undefined
const listeners = new Set<() => void>()

function set(next: Open | undefined) {
  open = next
  for (const listener of listeners) listener()
}

export function subscribeToConflicts(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export const openConflict = (): Open | undefined => open

/** Answers with a side for every field, or undefined when the dialog was closed: then nothing is written. */
export function askConflict(question: ConflictQuestion): Promise<Decision | undefined> {
  open?.answer(undefined)
  return new Promise((resolve) => {
    set({
      question,
      answer: (decision) => {
        set(undefined)
        resolve(decision)
      },
    })
  })
}
