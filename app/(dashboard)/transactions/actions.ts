'use server'

import { followMovement, startMovement } from '#lib/transactions/desk'
import type { FollowUp } from '#lib/transactions/follow'
import type { NewTransaction } from '#lib/transactions/schema'
import { runAction } from '#lib/web/action'

export async function startMovementAction(m: number, input: NewTransaction) {
  return runAction(m, startMovement, input)
}

export async function followMovementAction(m: number, input: FollowUp) {
  return runAction(m, followMovement, input)
}
