// Transactions in words: kinds, states, and what the simulator's test cards do.
import type { StateWord } from '#components/ui/badge'
import type { TransactionState, TransactionType } from '#lib/transactions/schema'

export const TYPE_WORDS: Record<TransactionType, string> = {
  register: 'Registration',
  deregister: 'Deregistration',
  debit: 'Debit',
  preauthorize: 'Preauthorization',
  increment: 'Increment',
  capture: 'Capture',
  void: 'Void',
  refund: 'Refund',
  payout: 'Payout',
}

export const STATE_WORDS: Record<TransactionState, StateWord> = {
  pending: 'Pending',
  redirect: 'Redirect',
  success: 'Success',
  error: 'Error',
  cancelled: 'Cancelled',
}

/** The simulator's fixed tokens: what each pays with, and what comes of it. */
export const TEST_SOURCES = [
  { value: 'ix::sim-visa', label: 'Visa that works' },
  { value: 'ix::sim-mastercard', label: 'Mastercard that works' },
  { value: 'ix::sim-visa-declined', label: 'Visa that is declined' },
  { value: 'ix::sim-3ds-frictionless', label: 'Visa, 3-D Secure without a challenge' },
  { value: 'ix::sim-3ds-challenge', label: 'Visa, 3-D Secure with a challenge' },
  { value: 'ix::sim-3ds-rejected', label: 'Visa, 3-D Secure rejected' },
] as const
