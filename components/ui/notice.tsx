import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Tone } from './badge.tsx'
import { cn } from './cn.tsx'

const looks: Record<Tone, { look: string; icon: LucideIcon }> = {
  success: { look: 'bg-success-soft text-success-text', icon: CircleCheck },
  warning: { look: 'bg-warning-soft text-warning-text', icon: TriangleAlert },
  danger: { look: 'bg-danger-soft text-danger-text', icon: CircleAlert },
  accent: { look: 'bg-accent-soft text-accent-text', icon: Info },
  neutral: { look: 'bg-sunken text-muted', icon: Info },
}

export type NoticeProps = {
  tone?: Tone
  /** One sentence, in the text colour. */
  children: ReactNode
  action?: ReactNode
  /** `alert` for what just failed, `status` for what just changed; none for what was there from the start. */
  role?: 'alert' | 'status'
  className?: string
}

/** A sentence that belongs to the page or card below it: partial results, offline, a newer version, a warning. */
export function Notice({ tone = 'accent', children, action, role, className }: NoticeProps) {
  const { look, icon: Icon } = looks[tone]
  return (
    <div role={role} className={cn('flex flex-wrap items-center gap-2 rounded-card px-3 py-2', look, className)}>
      <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.5} />
      <div className="min-w-0 flex-1 basis-60 text-text wrap-anywhere">{children}</div>
      {action}
    </div>
  )
}
