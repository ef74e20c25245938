import type { ReactNode } from 'react'
import { MobileNavigation } from './mobile-navigation.tsx'
import { type NavGroup, Sidebar } from './sidebar.tsx'

export type { NavGroup } from './sidebar.tsx'

export type AppShellProps = {
  /** Only what the reader may see, in order. */
  navigation: readonly NavGroup[]
  /** The name of the product or installation, linking home. */
  brand: ReactNode
  /** The parts of the top bar. Phones keep menu, search and account. */
  slots: { switcher?: ReactNode; search?: ReactNode; tray?: ReactNode; help?: ReactNode; account?: ReactNode }
  /** Whether the sidebar starts collapsed, from the `sidebar` cookie. */
  collapsed?: boolean
  /** Sentences over the page: offline, a new version, the session about to end. */
  notices?: ReactNode
  children: ReactNode
}

/** Sidebar, top bar and main part of every signed-in page. */
export function AppShell({ navigation, brand, slots, collapsed = false, notices, children }: AppShellProps) {
  return (
    <div className="flex min-h-dvh">
      <a
        href="#main"
        className="fixed inset-s-2 top-2 z-70 -translate-y-16 rounded-control border bg-surface px-3 py-2 font-medium focus:translate-y-0"
      >
        Skip to content
      </a>
      <Sidebar navigation={navigation} brand={brand} startCollapsed={collapsed} />
      <div className="flex min-w-0 flex-1 flex-col">
        <header
          data-screen-only
          className="sticky top-0 z-20 flex h-12 items-center gap-2 border-b bg-surface px-4 sm:px-6 pointer-coarse:h-14"
        >
          <MobileNavigation navigation={navigation} brand={brand} extra={<PhoneSlots slots={slots} />} />
          <div className="min-w-0 max-sm:hidden">{slots.switcher}</div>
          <div className="ms-auto flex min-w-0 items-center gap-1">
            {slots.search}
            <div className="flex items-center gap-1 max-sm:hidden">
              {slots.tray}
              {slots.help}
            </div>
            {slots.account}
          </div>
        </header>
        {notices && <div className="flex flex-col gap-2 px-4 pt-4 sm:px-6">{notices}</div>}
        <main id="main" tabIndex={-1} className="w-full max-w-400 flex-1 p-4 pb-24 outline-none sm:p-6">
          {children}
        </main>
      </div>
    </div>
  )
}

/** What phones lack in the top bar stands at the head of their menu. */
function PhoneSlots({ slots }: Pick<AppShellProps, 'slots'>) {
  return (
    <div className="flex flex-wrap items-center gap-2 border-b p-4 sm:hidden">
      {slots.switcher}
      {slots.tray}
      {slots.help}
    </div>
  )
}
