'use client'

import type { ReactNode } from 'react'
import { PageHeader } from '#components/page-header'
import { LinkTabs } from '#components/ui/tabs'
import { useDesk } from '../desk.tsx'

const TABS = [
  { path: 'team', label: 'Team', open: false },
  { path: 'roles', label: 'Roles', open: false },
  { path: 'sessions', label: 'Sessions', open: true },
] as const

type AccessHeaderProps = { current: (typeof TABS)[number]['path']; context: ReactNode; primary?: ReactNode }

/** Title and the three screens about people; everybody sees the sessions, the others need team:read. */
export function AccessHeader({ current, context, primary }: AccessHeaderProps) {
  const { m, can } = useDesk()
  const tabs = TABS.filter(({ open }) => open || can('team:read'))
  const title = TABS.find(({ path }) => path === current)?.label
  return (
    <>
      <PageHeader title={title} context={context} primary={primary} />
      {tabs.length > 1 && (
        <div className="mb-4">
          <LinkTabs
            label="Access"
            tabs={tabs.map(({ path, label }) => ({ href: `/access/${path}?m=${m}`, label, current: path === current }))}
          />
        </div>
      )}
    </>
  )
}
