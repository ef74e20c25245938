'use server'

import { answerChallenge, type Decision } from '#lib/transactions/challenge'
import { cancelOnPage, type PageChoice, payOnPage } from '#lib/transactions/payment-page'
import { runVisitorAction } from '#lib/web/action'

/** The person's decision about one payment; the address of the page is what entitles to it. */
export async function answerChallengeAction(uuid: string, decision: Decision) {
  return runVisitorAction(() => answerChallenge(String(uuid), decision))
}

/** Pays what the page asks for with what the person chose. */
export async function payOnPageAction(uuid: string, choice: PageChoice) {
  return runVisitorAction(({ requestId, ip }) => payOnPage(String(uuid), choice, { requestId, ip }))
}

/** The person leaves without paying. */
export async function cancelOnPageAction(uuid: string) {
  return runVisitorAction(({ requestId, ip }) => cancelOnPage(String(uuid), { requestId, ip }))
}
