// The built-in gateway: deterministic, without memory and without network. What an order comes to follows from its card,
// account, amount and `extraData`, so that asking again gives the same answer, also after a crash.
import { toDecimal } from '../core/money.ts'
import type { Decline, Gateway, Order, Outcome } from './gateway.ts'
import { fateOf } from './simulator-cards.ts'

const SETTLES_AFTER_MS = 5 * 60_000
/** A person has an hour for a challenge. */
const CHALLENGE_MS = 60 * 60_000

/** The simulated acquirer's words for a code of the payment API. */
const WORDS: Record<number, string> = {
  2002: 'The user cancelled',
  2003: 'The transaction was declined',
  2005: 'The transaction expired',
  2006: 'Insufficient funds',
  2008: 'The card is invalid',
  2009: 'The card has expired',
  2021: '3-D Secure authentication failed',
  2022: '3-D Secure is required (soft decline)',
  3001: 'The gateway timed out',
  3005: 'The gateway could not be reached',
}

const referenceOf = (order: Order): string => `sim-${order.uuid}`

export const declineOf = (errorCode: number): Decline => ({
  errorCode,
  errorMessage: WORDS[errorCode] ?? 'The transaction failed',
  adapterCode: String(errorCode),
  adapterMessage: `Simulated: ${WORDS[errorCode] ?? 'error'}`,
})

const MOVES_MONEY = new Set<Order['type']>(['register', 'debit', 'preauthorize', 'payout'])

function isExpired({ instrument }: Order, now: Date): boolean {
  return instrument?.type === 'card' && Date.UTC(instrument.expYear, instrument.expMonth, 1) <= now.getTime()
}

type Result = 'success' | 'pending' | 'challenge' | number

/** IBANs by their last four digits. */
const ACCOUNTS: Record<string, Result> = { '2222': 'pending', '2003': 2003, '2006': 2006 }

/** `extraData.outcome`: `success`, `pending`, `redirect` or the code of an error. Undefined for anything else. */
function asked(word: string | undefined): Result | undefined {
  if (word === 'success' || word === 'pending') return word
  if (word === 'redirect') return 'challenge'
  return word !== undefined && /^[1-9]\d{3}$/.test(word) ? Number(word) : undefined
}

function resultOf(order: Order, now: Date): Result {
  const wish = asked(order.extraData.outcome)
  if (wish !== undefined) return wish
  if (!MOVES_MONEY.has(order.type)) return 'success'
  if (isExpired(order, now)) return 2009
  const { amountMinor, currency, instrument } = order
  if (amountMinor !== null && currency !== null && toDecimal(amountMinor, currency) === '65.00') return 2022
  if (instrument?.type === 'card') return fateOf(instrument.firstSix, instrument.lastFour)
  return (instrument?.type === 'iban' && ACCOUNTS[instrument.ibanMasked.slice(-4)]) || 'success'
}

/** A pending order's end: `extraData.pendingOutcome`, an error code or success. */
const endOf = (order: Order): Result => {
  const end = asked(order.extraData.pendingOutcome)
  return typeof end === 'number' ? end : 'success'
}

function outcome(order: Order, result: Result, now: Date): Outcome {
  const gatewayReference = referenceOf(order)
  if (typeof result === 'number') return { state: 'error', gatewayReference, ...declineOf(result) }
  const age = now.getTime() - order.createdAt.getTime()
  if (result === 'pending') {
    if (age >= SETTLES_AFTER_MS) return outcome(order, endOf(order), now)
    return { state: 'pending', gatewayReference, askAt: new Date(order.createdAt.getTime() + SETTLES_AFTER_MS) }
  }
  if (result === 'challenge') {
    if (age >= CHALLENGE_MS) return { state: 'error', gatewayReference, ...declineOf(2005) }
    return { state: 'redirect', gatewayReference, askAt: new Date(order.createdAt.getTime() + CHALLENGE_MS) }
  }
  return { state: 'success', gatewayReference }
}

const answer = async (order: Order, now: Date): Promise<Outcome> => outcome(order, resultOf(order, now), now)

export const simulator: Gateway = { send: answer, status: answer }
