'use client'

import { Button } from '#components/ui/button'
import { DetailList } from '#components/ui/card'
import { DateTime } from '#components/ui/date-time'
import { Drawer } from '#components/ui/drawer'
import type { MenuAction } from '#components/ui/menu'
import type { ApiKey } from '../reads.ts'
import { scopeSentence } from '../words.ts'
import { Expires, KeyMarks, KeyPrefix, LastUsed, networksText, ScopeCodes } from './columns.tsx'

type KeyDrawerProps = { apiKey: ApiKey; acts: readonly MenuAction[]; onClose: () => void }

/** Everything about a key but its secret, which nobody can show. */
export function KeyDrawer({ apiKey, acts, onClose }: KeyDrawerProps) {
  const items = [
    { label: 'State', value: <KeyMarks apiKey={apiKey} /> },
    { label: 'Key', value: <KeyPrefix prefix={apiKey.prefix} /> },
    { label: 'What it can do', value: scopeSentence(apiKey.scopes) },
    { label: 'Scopes', value: <ScopeCodes scopes={apiKey.scopes} /> },
    { label: 'Works in', value: 'All three APIs' },
    { label: 'Networks', value: networksText(apiKey.networks) },
    { label: 'Stax create answers', value: apiKey.compatStatus200 ? '200, for older clients' : '201' },
    { label: 'Last used', value: <LastUsed apiKey={apiKey} /> },
    { label: 'Expires', value: <Expires at={apiKey.expiresAt} /> },
    ...(apiKey.previousUntil
      ? [{ label: 'Old secret works until', value: <DateTime at={apiKey.previousUntil} relative /> }]
      : []),
    ...(apiKey.revokedAt ? [{ label: 'Revoked', value: <DateTime at={apiKey.revokedAt} relative /> }] : []),
    { label: 'Created by', value: <bdi>{apiKey.createdBy}</bdi> },
    { label: 'Created', value: <DateTime at={apiKey.createdAt} /> },
  ]
  return (
    <Drawer open onOpenChange={(open) => open || onClose()} title={apiKey.name}>
      <DetailList items={items} />
      {acts.length > 0 && (
        <section aria-label="Actions" className="mt-4 flex flex-wrap gap-2 border-t pt-4">
          {acts.map(({ label, icon: Icon, onSelect, danger }) => (
            <Button key={label} variant={danger ? 'danger' : 'secondary'} onClick={onSelect}>
              {Icon && <Icon aria-hidden strokeWidth={1.5} />}
              {label}
            </Button>
          ))}
        </section>
      )}
    </Drawer>
  )
}
