'use client'

import { Monitor, Terminal } from 'lucide-react'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { DateTime } from '#components/ui/date-time'
import type { StaffSession } from './reads.ts'
import { sessionText } from './session-text.ts'

type SessionItemsProps = {
  label: string
  sessions: readonly StaffSession[]
  /** The session that reads this page; it ends by signing out. */
  currentId?: number | undefined
  /** Without it none can be ended. */
  onEnd?: ((session: StaffSession) => void) | undefined
}

/** Sessions of one person, the last used first. */
export function SessionItems({ label, sessions, currentId, onEnd }: SessionItemsProps) {
  return (
    <ul aria-label={label} className="flex flex-col">
      {sessions.map((session) => (
        <li key={session.id} className="flex items-start gap-3 border-b py-2 last:border-b-0">
          {session.kind === 'api' ? (
            <Terminal aria-hidden strokeWidth={1.5} className="mt-0.5 size-4 shrink-0 text-subtle" />
          ) : (
            <Monitor aria-hidden strokeWidth={1.5} className="mt-0.5 size-4 shrink-0 text-subtle" />
          )}
          <div className="min-w-0 flex-1">
            <p className="flex flex-wrap items-center gap-2 font-medium">
              <span title={session.device}>{sessionText(session)}</span>
              {session.id === currentId && <Badge tone="accent">This session</Badge>}
            </p>
            <p className="text-small text-muted">
              {session.ip && (
                <>
                  <code dir="ltr" className="font-mono">
                    {session.ip}
                  </code>
                  {' · '}
                </>
              )}
              since <DateTime at={session.createdAt} relative /> · last active{' '}
              <DateTime at={session.lastActiveAt} relative />
            </p>
          </div>
          {onEnd && session.id !== currentId && (
            <Button size="small" aria-label={`End ${sessionText(session)}`} onClick={() => onEnd(session)}>
              End
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
