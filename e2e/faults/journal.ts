// What the clients of a fault test remember: every change they asked for, in order, and whether they were answered.

/** The members that the writers change; each is text and kept as sent. */
export type Fields = { name?: string; email?: string; description?: string; reference?: string }
export type Change = {
  /** The Idempotency-Key of every attempt. */
  key: string
  fields: Fields
  state: 'open' | 'acknowledged' | 'abandoned'
}
/** One customer and the one writer that ever touches it. The first change creates it; only the last may be unanswered. */
export type Known = { memberId: string; id: number | undefined; changes: Change[] }
export type Journal = Known[]

export const acknowledged = (journal: Journal): number =>
  journal.flatMap(({ changes }) => changes).filter(({ state }) => state === 'acknowledged').length
