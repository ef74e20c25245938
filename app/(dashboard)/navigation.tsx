'use client'

import { ArrowRightLeft, House, KeyRound, UserCog, Users, WalletCards } from 'lucide-react'
import type { NavGroup } from '#components/app-shell'
import type { Permission } from '#lib/core/permissions'

type Screen = { href: string; label: string; icon: React.ReactNode; key: string; needs?: Permission }

const SCREENS: readonly { label?: string; items: readonly Screen[] }[] = [
  { items: [{ href: '/', label: 'Home', icon: <House aria-hidden strokeWidth={1.5} />, key: 'h' }] },
  {
    label: 'Customers',
    items: [
      {
        href: '/customers',
        label: 'Customers',
        icon: <Users aria-hidden strokeWidth={1.5} />,
        key: 'c',
        needs: 'customers:read',
      },
    ],
  },
  {
    label: 'Wallet',
    items: [
      {
        href: '/profiles',
        label: 'Profiles',
        icon: <WalletCards aria-hidden strokeWidth={1.5} />,
        key: 'p',
        needs: 'profiles:read',
      },
    ],
  },
  {
    label: 'Payments',
    items: [
      {
        href: '/transactions',
        label: 'Transactions',
        icon: <ArrowRightLeft aria-hidden strokeWidth={1.5} />,
        key: 't',
        needs: 'transactions:read',
      },
    ],
  },
  {
    label: 'Build',
    items: [
      {
        href: '/access/keys',
        label: 'API keys',
        icon: <KeyRound aria-hidden strokeWidth={1.5} />,
        key: 'e',
        needs: 'keys:read',
      },
    ],
  },
  {
    label: 'Organisation',
    items: [
      {
        href: '/access/team',
        label: 'Team',
        icon: <UserCog aria-hidden strokeWidth={1.5} />,
        key: 'm',
        needs: 'team:read',
      },
    ],
  },
]

/** The screens that these permissions open, in groups; a group without any is left out. */
export function navigationFor(permissions: readonly Permission[]): NavGroup[] {
  const held = new Set(permissions)
  return SCREENS.map(({ label, items }) => ({
    label,
    items: items
      .filter(({ needs }) => needs === undefined || held.has(needs))
      .map(({ needs: _needs, ...entry }) => entry),
  })).filter(({ items }) => items.length > 0)
}

/** The screen that a path belongs to: switching the merchant keeps it and drops the record. */
export function screenOf(path: string): string {
  const hrefs = SCREENS.flatMap(({ items }) => items.map(({ href }) => href))
  const found = hrefs.filter((href) => path === href || (href !== '/' && path.startsWith(`${href}/`)))
  return found.toSorted((a, b) => b.length - a.length)[0] ?? '/'
}
