'use server'

import { setupFirstOwner } from '#lib/access/first-owner'
import { acceptInvitation } from '#lib/access/invitations'
import { proveAgain } from '#lib/access/sign-in'
import { runSessionAction, runVisitorAction } from '#lib/web/action'

type SetUp = Parameters<typeof setupFirstOwner>[0]
type Acceptance = Parameters<typeof acceptInvitation>[0]

/** Makes the first merchant and its owner. */
export async function setUpAction(input: SetUp) {
  return runVisitorAction((visitor) => setupFirstOwner(input, visitor))
}

/** Joins the merchant of an invitation. */
export async function acceptInvitationAction(input: Acceptance) {
  return runVisitorAction((visitor) => acceptInvitation(input, visitor))
}

/** Proves the password again before something dangerous; it holds five minutes. */
export async function proveAgainAction(password: string) {
  return runSessionAction(async (session, visitor) => ({
    provenAt: await proveAgain(session, String(password), visitor),
  }))
}
