'use client'

import { Archive, ArchiveRestore, Copy, ExternalLink, PanelRight, Pencil } from 'lucide-react'
import { ActionMenu, type MenuEntry } from '#components/ui/menu'
import { notify } from '#components/ui/toast'
import type { CustomerListRow } from '#lib/customers/list'
import { useDesk } from '../desk.tsx'
import { useCustomerWrites } from './use-writes.ts'

type RowActionsProps = { row: CustomerListRow; href: string; onPeek: () => void }

async function copyId(id: string) {
  await navigator.clipboard.writeText(id)
  notify({ title: 'Copied', description: id })
}

/** The menu at the end of a row. */
export function RowActions({ row, href, onPeek }: RowActionsProps) {
  const { can } = useDesk()
  const { setLifecycle } = useCustomerWrites()
  const items: MenuEntry[] = [
    { label: 'Open', icon: ExternalLink, href },
    { label: 'Peek', icon: PanelRight, onSelect: onPeek },
    { label: 'Copy id', icon: Copy, onSelect: () => void copyId(row.customerId) },
  ]
  if (can('customers:write') && row.lifecycle === 'current') {
    items.push({ label: 'Edit', icon: Pencil, href: `${href}&panel=edit` })
  }
  if (can('customers:archive') && row.lifecycle === 'current') {
    items.push('separator', { label: 'Archive', icon: Archive, onSelect: () => void setLifecycle(row, 'archived') })
  }
  if (can('customers:archive') && row.lifecycle === 'archived') {
    items.push('separator', {
      label: 'Restore',
      icon: ArchiveRestore,
      onSelect: () => void setLifecycle(row, 'current'),
    })
  }
  return <ActionMenu label={`Actions for ${row.name}`} items={items} size="small" />
}
