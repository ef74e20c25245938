'use client'

import { Building2, Moon, Sun, User, UserPlus } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import type { NavGroup } from '#components/app-shell'
import { type CommandGroup, CommandPalette } from '#components/command-palette'
import { setTheme } from '#components/theme'
import type { Page } from '#lib/core/page'
import type { CustomerListRow } from '#lib/customers/list'
import type { Who } from './frame.tsx'
import { fetchInternal } from './internal.ts'
import { useSwitch } from './merchant-switcher.tsx'

const icon = { 'aria-hidden': true, strokeWidth: 1.5 } as const
const FOUND = 6

/** Goes to any screen, finds any customer, runs what is allowed here. */
export function Palette({ who, navigation }: { who: Who; navigation: readonly NavGroup[] }) {
  const { merchantId: m, merchants, permissions } = who
  const change = useSwitch()
  const groups = useMemo<CommandGroup[]>(() => {
    const writes = permissions.includes('customers:write')
    return [
      {
        label: 'Go to',
        items: navigation.flatMap(({ items }) =>
          items.map((entry) => ({
            id: entry.href,
            label: entry.label,
            icon: entry.icon,
            href: `${entry.href}?m=${m}`,
          })),
        ),
      },
      {
        label: 'Do',
        items: [
          ...(writes
            ? [{ id: 'new', label: 'Add customer', icon: <UserPlus {...icon} />, href: `/customers?m=${m}&panel=new` }]
            : []),
          { id: 'light', label: 'Light theme', icon: <Sun {...icon} />, run: () => setTheme('light') },
          { id: 'dark', label: 'Dark theme', icon: <Moon {...icon} />, run: () => setTheme('dark') },
        ],
      },
      {
        label: 'Switch merchant',
        items: merchants
          .filter(({ id }) => id !== m)
          .map(({ id, name }) => ({
            id: `merchant ${id}`,
            label: name,
            icon: <Building2 {...icon} />,
            run: () => void change(id),
          })),
      },
    ]
  }, [navigation, m, merchants, permissions, change])

  const search = useCallback(
    async (q: string, signal: AbortSignal): Promise<CommandGroup[]> => {
      const page = await fetchInternal<Page<CustomerListRow>>('customers', m, { q, limit: FOUND }, signal)
      const items = page.data.map((row) => ({
        id: `customer ${row.id}`,
        label: row.name,
        hint: row.email ?? undefined,
        icon: <User {...icon} />,
        href: `/customers/${row.id}?m=${m}`,
      }))
      return [{ label: 'Customers', items }]
    },
    [m],
  )
  return <CommandPalette groups={groups} search={search} />
}
