// What may follow what, and how much is left. Pure; amounts are integer minor units of one currency.
import type { TransactionState, TransactionType } from './schema.ts'

type Movement = { type: TransactionType; state: TransactionState; amountMinor: number | null }

/** Money that a chain has promised, taken and given back. Pending movements count: they may yet succeed. */
export type Remaining = { toCapture: number; toRefund: number }

const FIRST: readonly TransactionType[] = ['debit', 'preauthorize']
/** A movement that may still take or give money. */
const counts = ({ state }: Movement): boolean => state === 'success' || state === 'pending' || state === 'redirect'

const sum = (movements: readonly Movement[], type: TransactionType): number =>
  movements.reduce((total, one) => (one.type === type && counts(one) ? total + (one.amountMinor ?? 0) : total), 0)

/** Only increments that succeeded widen what may be captured; only captures that succeeded can be given back. */
const done = (movements: readonly Movement[], type: TransactionType): number =>
  sum(
    movements.filter(({ state }) => state === 'success'),
    type,
  )

const isVoided = (followers: readonly Movement[]) => followers.some((one) => one.type === 'void' && counts(one))

/** What is left of a debit or preauthorization after the movements that refer to it. */
export function remainingOf(first: Movement, followers: readonly Movement[]): Remaining {
  if (first.state !== 'success' || isVoided(followers)) return { toCapture: 0, toRefund: 0 }
  const amount = first.amountMinor ?? 0
  const refunded = sum(followers, 'refund')
  if (first.type === 'debit') return { toCapture: 0, toRefund: amount - refunded }
  if (first.type !== 'preauthorize') return { toCapture: 0, toRefund: 0 }
  const authorized = amount + done(followers, 'increment')
  return { toCapture: authorized - sum(followers, 'capture'), toRefund: done(followers, 'capture') - refunded }
}

type Follower = 'increment' | 'capture' | 'void' | 'refund'

/**
 * Whether a movement may follow `first`, beside those that already do. Undefined when it may, else why not, in words
 * that are safe to show.
 */
export function refusalOf(
  first: Movement & { currency: string | null },
  followers: readonly Movement[],
  next: { type: Follower; amountMinor: number | null; currency: string | null },
): string | undefined {
  if (!FIRST.includes(first.type)) return `A ${first.type} cannot be followed by a ${next.type}`
  if (first.state !== 'success') return 'The referenced transaction has not succeeded'
  if (isVoided(followers)) return 'The referenced transaction was voided'
  if (next.currency !== null && next.currency !== first.currency) return 'The currency differs'
  const { toCapture, toRefund } = remainingOf(first, followers)
  const amount = next.amountMinor ?? 0
  if (next.type === 'refund') return amount > toRefund ? 'The amount is higher than what is left to refund' : undefined
  if (next.type === 'void') {
    const taken = sum(followers, first.type === 'debit' ? 'refund' : 'capture')
    return taken > 0
      ? `The referenced transaction was already ${first.type === 'debit' ? 'refunded' : 'captured'}`
      : undefined
  }
  if (first.type !== 'preauthorize') return `A debit cannot be followed by a ${next.type}`
  if (next.type === 'increment') return undefined
  return amount > toCapture ? 'The amount is higher than what is left to capture' : undefined
}

/** `20261120-4be07d21aa90c3f1e655`: the day in UTC and the uuid. */
export const purchaseIdOf = (uuid: string, createdAt: Date): string =>
  `${createdAt.toISOString().slice(0, 10).replaceAll('-', '')}-${uuid}`

/** What a successful movement adds to the customer's deposits; refunds take away. */
export function depositOf({ type, amountMinor }: Pick<Movement, 'type' | 'amountMinor'>): number {
  if (type === 'debit' || type === 'capture') return amountMinor ?? 0
  return type === 'refund' ? -(amountMinor ?? 0) : 0
}
