'use server'

import { type HostedCard, tokenizeHosted } from '#lib/transactions/hosted-card'
import { runVisitorAction } from '#lib/web/action'

/** A published test number becomes a token; any other is refused and goes nowhere. */
export async function tokenizeCardAction(apiKey: string, card: HostedCard) {
  return runVisitorAction((visitor) => tokenizeHosted(String(apiKey), card, visitor))
}
