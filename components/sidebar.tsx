'use client'

import { PanelLeft } from 'lucide-react'
import Link from 'next/link'
import { usePathname, useSearchParams } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { useShortcuts } from './shortcuts.tsx'
import { IconButton } from './ui/button.tsx'
import { cn } from './ui/cn.tsx'
import { Tip } from './ui/tooltip.tsx'

export type NavEntry = {
  href: string
  label: string
  /** A lucide icon element, 16 px. */
  icon: ReactNode
  /** Shown only where something waits. */
  count?: number
  /** The second key after `g`. */
  key?: string
}
export type NavGroup = { label?: string; items: readonly NavEntry[] }

type SidebarProps = { navigation: readonly NavGroup[]; brand: ReactNode; startCollapsed: boolean }

/** 232 px wide from 1280 px, 56 px when collapsed and between 1024 and 1279 px; a drawer below. */
export function Sidebar({ navigation, brand, startCollapsed }: SidebarProps) {
  const [collapsed, setCollapsed] = useState(startCollapsed)
  function collapse() {
    setCollapsed(!collapsed)
    const value = collapsed ? 'open' : 'collapsed'
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing over plain http, where people try it out.
    document.cookie = `sidebar=${value}; Path=/; Max-Age=31536000; SameSite=Lax`
  }
  return (
    <nav
      aria-label="Main"
      data-screen-only
      data-collapsed={collapsed || undefined}
      className="group/side sticky top-0 flex h-dvh w-14 shrink-0 flex-col border-e bg-surface max-lg:hidden xl:w-58 xl:data-collapsed:w-14"
    >
      <div className="flex h-12 shrink-0 items-center gap-2 overflow-hidden border-b px-4 font-semibold">
        <div className="hidden min-w-0 flex-1 truncate xl:block xl:group-data-collapsed/side:hidden">{brand}</div>
        <IconButton
          label={collapsed ? 'Expand sidebar' : 'Collapse sidebar'}
          size="small"
          className="-ms-0.5 max-xl:hidden"
          onClick={collapse}
        >
          <PanelLeft aria-hidden strokeWidth={1.5} className="rtl:rotate-180" />
        </IconButton>
      </div>
      <Navigation navigation={navigation} narrow />
    </nav>
  )
}

type NavigationProps = {
  navigation: readonly NavGroup[]
  /** In the sidebar, where words hide while it is narrow. */
  narrow?: boolean
  onGo?: () => void
}

/** The list of screens, inside a `nav`; the current one is marked. */
export function Navigation({ navigation, narrow, onGo }: NavigationProps) {
  const path = usePathname()
  const merchant = useSearchParams().get('m')
  const current = bestMatch(navigation, path)
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-2">
      {navigation.map((group, index) => (
        <section key={group.label ?? index} className="mb-2">
          {group.label && (
            <h2
              className={cn(
                'px-2 py-1 text-caption font-medium text-muted',
                narrow && 'max-xl:sr-only group-data-collapsed/side:sr-only',
              )}
            >
              {group.label}
            </h2>
          )}
          <ul>
            {group.items.map((entry) => (
              <li key={entry.href}>
                <NavLink
                  entry={entry}
                  href={merchant ? `${entry.href}?m=${encodeURIComponent(merchant)}` : entry.href}
                  current={entry.href === current}
                  narrow={narrow}
                  onGo={onGo}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

type NavLinkProps = { entry: NavEntry; href: string; current: boolean; narrow?: boolean; onGo?: () => void }

function NavLink({ entry, href, current, narrow, onGo }: NavLinkProps) {
  const hide = narrow && 'max-xl:sr-only group-data-collapsed/side:sr-only'
  const link = (
    <Link
      href={href}
      prefetch={false}
      onClick={onGo}
      aria-current={current ? 'page' : undefined}
      className={cn(
        'relative flex min-h-8 items-center gap-2 rounded-control px-3 -outline-offset-2 hover:bg-sunken pointer-coarse:min-h-11',
        'aria-[current]:bg-accent-soft aria-[current]:font-medium aria-[current]:text-accent-text [&_svg]:size-4 [&_svg]:shrink-0',
      )}
    >
      {entry.icon}
      <span className={cn('min-w-0 flex-1 truncate', hide)}>{entry.label}</span>
      {entry.count !== undefined && entry.count > 0 && (
        <span data-figures className={cn('rounded-full bg-sunken px-1.5 text-caption text-muted', hide)}>
          {entry.count}
          <span className="sr-only"> waiting</span>
        </span>
      )}
    </Link>
  )
  return narrow ? <Tip text={entry.label}>{link}</Tip> : link
}

/** The entry whose address is the longest beginning of the path: `/customers/12` belongs to `/customers`. */
function bestMatch(navigation: readonly NavGroup[], path: string): string | undefined {
  return navigation
    .flatMap((group) => group.items.map((entry) => entry.href))
    .filter((href) => path === href || (href !== '/' && path.startsWith(`${href}/`)))
    .toSorted((one, other) => other.length - one.length)[0]
}

/** The `g` keys of the entries. */
export function useNavigationKeys(navigation: readonly NavGroup[], go: (href: string) => void) {
  const entries = navigation.flatMap((group) => group.items)
  useShortcuts(
    entries.flatMap(({ key, label, href }) =>
      key ? [{ keys: `g ${key}`, label, group: 'Go to', run: () => go(href) }] : [],
    ),
  )
}
