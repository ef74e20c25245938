import { Lock } from 'lucide-react'
import { EmptyState } from './empty-state.tsx'

export type ForbiddenStateProps = {
  /** The missing permission, "customers:write" for one. */
  permission: string
  /** Who can grant it: "an owner or an admin of Harbor Books". */
  grantedBy: string
}

/** The reader's role lacks something; says what and who can change that. */
export function ForbiddenState({ permission, grantedBy }: ForbiddenStateProps) {
  return (
    <EmptyState icon={Lock} title="You may not see this">
      It needs the permission <code className="rounded-badge bg-sunken px-1 font-mono text-small">{permission}</code>.
      Ask {grantedBy} for it.
    </EmptyState>
  )
}
