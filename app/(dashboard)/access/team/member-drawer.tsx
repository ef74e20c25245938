'use client'

import { useQuery } from '@tanstack/react-query'
import { useConfirm } from '#components/confirm'
import { Button } from '#components/ui/button'
import { DetailList } from '#components/ui/card'
import { DateTime } from '#components/ui/date-time'
import { Drawer } from '#components/ui/drawer'
import type { MenuAction } from '#components/ui/menu'
import { Skeleton } from '#components/ui/skeleton'
import { ROLE_SENTENCES } from '#lib/core/permissions'
import { useDesk } from '../../desk.tsx'
import { QueryError } from '../../query-error.tsx'
import { endSessionAction } from '../actions.ts'
import { type Member, type StaffSession, sessionsRead } from '../reads.ts'
import { SessionItems } from '../session-items.tsx'
import { sessionText } from '../session-text.ts'
import { useDo } from '../use-act.ts'
import { roleName } from '../words.ts'
import { MemberState } from './columns.tsx'
import { seesPersonalData } from './list-address.ts'

type MemberDrawerProps = {
  member: Member
  parents: readonly number[]
  acts: readonly MenuAction[]
  onClose: () => void
}

/** One member: what they may do where, their sessions, and everything that can be done about it. */
export function MemberDrawer({ member, parents, acts, onClose }: MemberDrawerProps) {
  const items = [
    { label: 'E-mail', value: <bdi>{member.email}</bdi> },
    { label: 'State', value: <MemberState member={member} /> },
    ...member.memberships.map(({ merchantId, merchantName, role }) => ({
      label: parents.includes(merchantId) ? `${merchantName} and below` : merchantName,
      value: (
        <>
          {roleName(role)}
          <span className="block text-small text-muted">{ROLE_SENTENCES[role]}</span>
        </>
      ),
    })),
    { label: 'Personal data', value: seesPersonalData(member) ? 'Sees it in clear' : 'Sees it masked' },
    { label: 'Last seen', value: <DateTime at={member.lastSeenAt} relative /> },
    { label: 'Added', value: <DateTime at={member.createdAt} /> },
  ]
  return (
    <Drawer open onOpenChange={(open) => open || onClose()} title={member.name}>
      <DetailList items={items} />
      <h3 className="mt-4 mb-1 text-section font-semibold">Sessions</h3>
      <Sessions member={member} />
      {acts.length > 0 && <Acts acts={acts} />}
    </Drawer>
  )
}

function Acts({ acts }: { acts: readonly MenuAction[] }) {
  return (
    <section aria-label="Actions" className="mt-4 flex flex-col gap-2 border-t pt-4">
      {acts.map(({ label, icon: Icon, onSelect, danger, disabled, hint }) => (
        <div key={label} className="flex flex-wrap items-center gap-2">
          <Button variant={danger ? 'danger' : 'secondary'} disabled={disabled} onClick={onSelect}>
            {Icon && <Icon aria-hidden strokeWidth={1.5} />}
            {label}
          </Button>
          {hint && <span className="text-small text-muted">{hint}</span>}
        </div>
      ))}
    </section>
  )
}

function Sessions({ member }: { member: Member }) {
  const { m, can } = useDesk()
  const sessions = useQuery(sessionsRead(m, member.id))
  const ask = useConfirm()
  const run = useDo()

  async function end(session: StaffSession) {
    await ask({
      title: `End ${sessionText(session)} of ${member.name}?`,
      body: 'This device is signed out at once; what is not saved there is lost.',
      action: 'End session',
      danger: true,
      run: () =>
        run(
          (at) => endSessionAction(at, { sessionId: session.id, staffId: member.id }),
          () => ({ title: `A session of ${member.name} has ended` }),
        ),
    })
  }

  if (sessions.isError) {
    return <QueryError error={sessions.error} onRetry={() => void sessions.refetch()} retrying={sessions.isFetching} />
  }
  if (!sessions.data) return <Skeleton className="h-10 w-full" />
  if (sessions.data.length === 0) return <p className="text-muted">{member.name} is not signed in anywhere.</p>
  return (
    <SessionItems
      label={`Sessions of ${member.name}`}
      sessions={sessions.data}
      onEnd={can('team:write') ? (session) => void end(session) : undefined}
    />
  )
}
