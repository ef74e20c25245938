// Spares a gateway that does not answer, and the people who wait for it: after several failures in a row nothing is sent
// for a while, then one call tries whether it is back. Kept by each process for itself; time comes from the caller.

const FAILURES = 5
const OPEN_MS = 30_000

/** `triedAt` is the last failure, or the start of the one call that tries an open line. */
type Line = { failures: number; triedAt: number }

const lines = new Map<number, Line>()

/** Whether a call over this connector may be made now. Of an open line, one call in half a minute may. */
export function mayCall(connectorId: number, now: Date): boolean {
  const line = lines.get(connectorId)
  if (!line || line.failures < FAILURES) return true
  if (now.getTime() - line.triedAt < OPEN_MS) return false
  line.triedAt = now.getTime()
  return true
}

/** What came of a call. Any whole answer is a success, a refusal as well: the gateway is there. */
export function called(connectorId: number, answered: boolean, now: Date): void {
  if (answered) return void lines.delete(connectorId)
  const failures = (lines.get(connectorId)?.failures ?? 0) + 1
  lines.set(connectorId, { failures, triedAt: now.getTime() })
}
