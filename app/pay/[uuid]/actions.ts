'use server'

import { answerChallenge, type Decision } from '#lib/transactions/challenge'
import { runVisitorAction } from '#lib/web/action'

/** The person's decision about one payment; the address of the page is what entitles to it. */
export async function answerChallengeAction(uuid: string, decision: Decision) {
  return runVisitorAction(() => answerChallenge(String(uuid), decision))
}
