'use client'

import { Copy, Trash2 } from 'lucide-react'
import { PageHeader } from '#components/page-header'
import { TextLink } from '#components/ui/button'
import { IdValue } from '#components/ui/copy-button'
import type { MenuEntry } from '#components/ui/menu'
import { notify } from '#components/ui/toast'
import type { ProfileView } from '#lib/profiles/view'
import { useDesk } from '../../desk.tsx'
import { ContainerPlace } from '../columns.tsx'

async function copyJson(profile: ProfileView) {
  await navigator.clipboard.writeText(JSON.stringify(profile, null, 2))
  notify({ title: 'Copied', description: 'The profile as JSON, as you may see it.' })
}

/** The guid, where the profile stands, whose it is here, and what can be done. */
export function ProfileHeader({ profile, onDelete }: { profile: ProfileView; onDelete: () => void }) {
  const { m, can } = useDesk()
  const menu: MenuEntry[] = [{ label: 'Copy as JSON', icon: Copy, onSelect: () => void copyJson(profile) }]
  if (can('profiles:delete')) {
    menu.push('separator', { label: 'Delete profile', icon: Trash2, danger: true, onSelect: onDelete })
  }
  const { container, owner, customer, profileGuid } = profile
  return (
    <PageHeader
      breadcrumbs={[{ label: 'Profiles', href: `/profiles?m=${m}` }, { label: profileGuid }]}
      title={
        <span className="inline-flex flex-wrap items-center gap-x-2">
          Profile <IdValue value={profileGuid} label="profile GUID" whole />
        </span>
      }
      context={
        <span className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1">
          <ContainerPlace container={{ ...container, own: owner.id === m, ownerName: owner.name }} />
          {customer && (
            <TextLink href={`/customers/${customer.id}?m=${m}`} prefetch={false}>
              <bdi>{customer.name}</bdi>
            </TextLink>
          )}
        </span>
      }
      menu={menu}
    />
  )
}
