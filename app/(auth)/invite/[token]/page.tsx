import type { Metadata } from 'next'
import { findInvitation } from '#lib/access/invitations'
import { ROLE_SENTENCES } from '#lib/core/permissions'
import { LinkGone } from '../../link-gone.tsx'
import { AcceptForm } from './form.tsx'

export const metadata: Metadata = { title: 'Invitation' }

type Props = { params: Promise<{ token: string }> }

export default async function InvitationPage({ params }: Props) {
  const { token } = await params
  const invitation = await findInvitation(token)
  if (!invitation) return <LinkGone how="Ask whoever invited you for a new one." />
  const { invitedBy, merchantName, role, email, hasAccount } = invitation
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-title font-semibold">Join {merchantName}</h1>
      <p>
        {invitedBy} invites you to {merchantName} as {role}. {ROLE_SENTENCES[role]}
      </p>
      <AcceptForm token={token} email={email} hasAccount={hasAccount} />
    </div>
  )
}
