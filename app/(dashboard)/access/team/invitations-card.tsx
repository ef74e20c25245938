'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useConfirm } from '#components/confirm'
import { StateBadge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { Card } from '#components/ui/card'
import { DateTime } from '#components/ui/date-time'
import { Dialog } from '#components/ui/dialog'
import { useNow } from '#components/ui/format-provider'
import { useDesk } from '../../desk.tsx'
import { QueryError } from '../../query-error.tsx'
import { resendInvitationAction, withdrawInvitationAction } from '../actions.ts'
import { type Invitation, invitationsRead } from '../reads.ts'
import { mayGrant } from '../rights.ts'
import { useDo } from '../use-act.ts'
import { roleName } from '../words.ts'
import { LinkRow } from './link-row.tsx'

type Renewed = { email: string; link: string; mailed: boolean }

/** Invitations nobody has accepted yet; without any there is no card. */
export function InvitationsCard() {
  const { m } = useDesk()
  const invitations = useQuery(invitationsRead(m))
  const [renewed, setRenewed] = useState<Renewed>()
  if (!invitations.isError && !invitations.data?.length) return null
  return (
    <Card title="Invitations" className="mt-4">
      {invitations.isError ? (
        <QueryError
          error={invitations.error}
          onRetry={() => void invitations.refetch()}
          retrying={invitations.isFetching}
        />
      ) : (
        <ul aria-label="Invitations" className="flex flex-col">
          {invitations.data?.map((invitation) => (
            <Item key={invitation.id} invitation={invitation} onRenewed={setRenewed} />
          ))}
        </ul>
      )}
      <Dialog
        open={renewed !== undefined}
        onOpenChange={(open) => open || setRenewed(undefined)}
        title="A new link"
        description="It works once, for seven days. The old link stopped working."
        footer={
          <Button variant="primary" onClick={() => setRenewed(undefined)}>
            Done
          </Button>
        }
      >
        {renewed && <LinkRow {...renewed} />}
      </Dialog>
    </Card>
  )
}

function Item({ invitation, onRenewed }: { invitation: Invitation; onRenewed: (renewed: Renewed) => void }) {
  const { can } = useDesk()
  const ask = useConfirm()
  const run = useDo()
  const now = useNow()
  const { id, email, role, invitedBy, createdAt, expiresAt } = invitation
  const expired = now !== undefined && Date.parse(expiresAt) <= now.getTime()

  async function renew() {
    await ask({
      title: `Make a new link for ${email}?`,
      body: 'It is valid for seven days. The link they have now stops working.',
      action: 'Make a new link',
      run: () =>
        run(
          (m) => resendInvitationAction(m, { invitationId: id }),
          ({ link, mailed }) => {
            onRenewed({ email, link, mailed })
            return { title: mailed ? `A new link was mailed to ${email}` : `There is a new link for ${email}` }
          },
        ),
    })
  }

  async function withdraw() {
    await ask({
      title: `Withdraw the invitation of ${email}?`,
      body: 'The link stops working at once. To let them in later, invite them again.',
      action: 'Withdraw the invitation',
      danger: true,
      run: () =>
        run(
          (m) => withdrawInvitationAction(m, { invitationId: id }),
          () => ({ title: `The invitation of ${email} was withdrawn` }),
        ),
    })
  }

  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b py-2 last:border-b-0">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2 font-medium wrap-anywhere">
          <bdi>{email}</bdi>
          <StateBadge word={expired ? 'Expired' : 'Pending'} />
        </p>
        <p className="text-small text-muted">
          {roleName(role)} · invited by <bdi>{invitedBy}</bdi> <DateTime at={createdAt} relative /> ·{' '}
          {expired ? 'expired' : 'expires'} <DateTime at={expiresAt} relative />
        </p>
      </div>
      {can('team:write') && mayGrant(can, role) && (
        <div className="flex gap-2">
          <Button size="small" aria-label={`New link for ${email}`} onClick={renew}>
            New link
          </Button>
          <Button size="small" aria-label={`Withdraw the invitation of ${email}`} onClick={withdraw}>
            Withdraw
          </Button>
        </div>
      )}
    </li>
  )
}
