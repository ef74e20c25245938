import { Inbox, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn.tsx'

export type EmptyStateProps = {
  title: string
  /** What belongs here and why it is useful. */
  children?: ReactNode
  /** One action. */
  action?: ReactNode
  icon?: LucideIcon
  role?: 'alert' | 'status'
  className?: string
}

/** Nothing exists yet; also the frame of the other states of a list. */
export function EmptyState({ title, children, action, icon: Icon = Inbox, role, className }: EmptyStateProps) {
  return (
    <div role={role} className={cn('flex flex-col items-center gap-2 px-4 py-12 text-center', className)}>
      <Icon aria-hidden className="size-5 text-subtle" strokeWidth={1.5} />
      <p className="text-section font-semibold wrap-anywhere">{title}</p>
      {children && <div className="max-w-md text-muted wrap-anywhere">{children}</div>}
      {action && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}
