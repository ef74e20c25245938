'use client'

import { useQuery } from '@tanstack/react-query'
import { useConfirm } from '#components/confirm'
import { Button } from '#components/ui/button'
import { Card } from '#components/ui/card'
import { Skeleton } from '#components/ui/skeleton'
import { useDesk } from '../../desk.tsx'
import { QueryError } from '../../query-error.tsx'
import { endOtherSessionsAction, endSessionAction } from '../actions.ts'
import { type StaffSession, sessionsRead } from '../reads.ts'
import { SessionItems } from '../session-items.tsx'
import { sessionText } from '../session-text.ts'
import { useDo } from '../use-act.ts'

/** Where the reader is signed in; everybody ends their own sessions. */
export function OwnSessions({ currentId }: { currentId: number | undefined }) {
  const { m } = useDesk()
  const sessions = useQuery(sessionsRead(m))
  const ask = useConfirm()
  const run = useDo()
  const others = (sessions.data ?? []).filter(({ id }) => id !== currentId).length

  async function end(session: StaffSession) {
    await ask({
      title: `End ${sessionText(session)}?`,
      body: 'That device is signed out at once; what is not saved there is lost.',
      action: 'End session',
      danger: true,
      run: () =>
        run(
          (at) => endSessionAction(at, { sessionId: session.id }),
          () => ({ title: `${sessionText(session)} was signed out` }),
        ),
    })
  }

  async function endOthers(keepId: number) {
    await ask({
      title: `End your ${others} other ${others === 1 ? 'session' : 'sessions'}?`,
      body: 'You stay signed in here. Everywhere else you are signed out at once; what is not saved there is lost.',
      action: 'End other sessions',
      danger: true,
      run: () =>
        run(
          (at) => endOtherSessionsAction(at, { keepId }),
          ({ ended }) => ({ title: `${ended} ${ended === 1 ? 'session has' : 'sessions have'} ended` }),
        ),
    })
  }

  const all = currentId !== undefined && others > 0 && (
    <Button size="small" onClick={() => void endOthers(currentId)}>
      End other sessions
    </Button>
  )
  return (
    <Card title="Your sessions" action={all} className="mb-4">
      {sessions.isError ? (
        <QueryError error={sessions.error} onRetry={() => void sessions.refetch()} retrying={sessions.isFetching} />
      ) : sessions.data ? (
        <SessionItems
          label="Your sessions"
          sessions={sessions.data}
          currentId={currentId}
          onEnd={(session) => void end(session)}
        />
      ) : (
        <Skeleton className="h-10 w-full" />
      )}
    </Card>
  )
}
