'use client'

import type { TableView } from '#components/data-table'
import { useDesk } from '../../desk.tsx'
import { AccessHeader } from '../access-header.tsx'
import { OwnSessions } from './own-sessions.tsx'
import { TeamSessions } from './team-sessions.tsx'

type SessionsScreenProps = {
  merchant: string
  me: number | null
  /** The session that asks for this page. */
  currentId: number | undefined
  kept: TableView
}

/** One's own sessions for everybody; the whole team's for those who see the team. */
export function SessionsScreen({ merchant, me, currentId, kept }: SessionsScreenProps) {
  const { can } = useDesk()
  return (
    <>
      <AccessHeader current="sessions" context={merchant} />
      <OwnSessions currentId={currentId} />
      {can('team:read') && <TeamSessions me={me} currentId={currentId} kept={kept} />}
    </>
  )
}
