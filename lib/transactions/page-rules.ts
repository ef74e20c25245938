// The payment page's rules: a payment that came without anything to pay with waits there for its person. Pure.
import type { Decline, Outcome } from '../gateway/gateway.ts'
import type { TransactionRow } from './view.ts'

/** Declines before the page gives up, so that nobody tries out cards on it. */
export const ATTEMPTS = 5

/** A person has an hour, as for a challenge. */
const PAGE_MS = 60 * 60_000

export const deadlineOf = (createdAt: Date): Date => new Date(createdAt.getTime() + PAGE_MS)

type Waiting = Pick<TransactionRow, 'state' | 'attemptsLeft' | 'method'>

/** The person has not chosen yet how to pay; with a method chosen, a redirect waits for a challenge instead. */
export const waits = ({ state, attemptsLeft, method }: Waiting): boolean =>
  state === 'redirect' && attemptsLeft !== null && method === null

/** What the gateway knows an attempt by: the uuid, and a number after it from the second on. */
export const attemptName = ({ uuid, attemptsLeft }: Pick<TransactionRow, 'uuid' | 'attemptsLeft'>): string =>
  attemptsLeft === null || attemptsLeft === ATTEMPTS ? uuid : `${uuid}-${ATTEMPTS - attemptsLeft + 1}`

const EXPIRY_CODE = 2005

export const EXPIRED: Outcome = {
  state: 'error',
  gatewayReference: null,
  errorCode: EXPIRY_CODE,
  errorMessage: 'The transaction expired',
  adapterCode: String(EXPIRY_CODE),
  adapterMessage: 'Nobody paid in time',
}

/**
 * Whether a declined attempt leaves the page open. One that the gateway answered later does not: the person has gone on
 * to the shop meanwhile.
 */
export function mayTryAgain(before: TransactionRow, { errorCode }: Decline, now: Date): boolean {
  if (before.attemptsLeft === null || before.attemptsLeft <= 1 || before.method === null) return false
  const answeredLater = before.state === 'pending' && before.gatewayReference !== null
  return !answeredLater && errorCode !== EXPIRY_CODE && now < deadlineOf(before.createdAt)
}
