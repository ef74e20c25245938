// What can follow a movement, from what is left of it; the core has the last word.
import type { TransactionDetail } from '#lib/transactions/desk'
import type { Panel } from './detail-address.ts'

/** The follow-ups that make sense now, the likeliest first, and up to which amount. */
export function possible({ type, state, remaining, followers }: TransactionDetail): { what: Panel; upTo?: number }[] {
  if (state !== 'success') return []
  const { toCapture, toRefund } = remaining
  const captured = followers.some((one) => one.type === 'capture' && one.state === 'success')
  const found: { what: Panel; upTo?: number }[] = []
  if (toCapture > 0) found.push({ what: 'capture', upTo: toCapture })
  if (toRefund > 0) found.push({ what: 'refund', upTo: toRefund })
  if (type === 'preauthorize' && toCapture > 0) found.push({ what: 'increment' })
  if (type === 'preauthorize' && toCapture > 0 && !captured) found.push({ what: 'void' })
  return found
}
