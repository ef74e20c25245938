import type { ReactNode } from 'react'
import { Breadcrumbs, type Crumb } from './ui/breadcrumbs.tsx'
import { ActionMenu, type MenuEntry } from './ui/menu.tsx'

export type PageHeaderProps = {
  title: ReactNode
  /** One line: what this is, how many, of which merchant. */
  context?: ReactNode
  breadcrumbs?: readonly Crumb[]
  /** The one main action, a primary Button or LinkButton; a bar at the bottom on phones. */
  primary?: ReactNode
  /** At most two more. */
  secondary?: ReactNode
  /** The rest. */
  menu?: readonly MenuEntry[]
}

/** Title, one line of context, actions at the end; the same order on every page. */
export function PageHeader({ title, context, breadcrumbs, primary, secondary, menu }: PageHeaderProps) {
  return (
    <header className="mb-4 flex flex-col gap-1">
      {breadcrumbs && <Breadcrumbs items={breadcrumbs} />}
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <h1 tabIndex={-1} className="text-title font-semibold wrap-anywhere">
            {title}
          </h1>
          {context && <div className="text-muted">{context}</div>}
        </div>
        <div data-screen-only className="flex flex-wrap items-center gap-2">
          {menu && menu.length > 0 && <ActionMenu label="More actions" items={menu} />}
          {secondary}
          {primary && (
            <div className="max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:z-10 max-sm:flex max-sm:border-t max-sm:bg-surface max-sm:p-3 max-sm:*:flex-1">
              {primary}
            </div>
          )}
        </div>
      </div>
    </header>
  )
}
