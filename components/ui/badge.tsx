import {
  Archive,
  Check,
  Circle,
  CircleX,
  Clock,
  FlaskConical,
  GitMerge,
  type LucideIcon,
  Minus,
  OctagonX,
  TriangleAlert,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn.tsx'

export type Tone = 'success' | 'warning' | 'danger' | 'accent' | 'neutral'

const tones: Record<Tone, { look: string; icon: LucideIcon }> = {
  success: { look: 'bg-success-soft text-success-text', icon: Check },
  warning: { look: 'bg-warning-soft text-warning-text', icon: Clock },
  danger: { look: 'bg-danger-soft text-danger-text', icon: CircleX },
  accent: { look: 'bg-accent-soft text-accent-text', icon: Circle },
  neutral: { look: 'bg-sunken text-muted', icon: Minus },
}

export type BadgeProps = { tone?: Tone; icon?: LucideIcon; children: ReactNode; className?: string }

/** A word on a soft ground with an icon, so that the colour never speaks alone. */
export function Badge({ tone = 'neutral', icon, children, className }: BadgeProps) {
  const Icon = icon ?? tones[tone].icon
  return (
    <span
      data-badge
      className={cn(
        'inline-flex max-w-full items-center align-middle gap-1 rounded-badge px-1.5 py-0.5 text-caption font-medium whitespace-nowrap',
        tones[tone].look,
        className,
      )}
    >
      <Icon
        aria-hidden
        className={cn('shrink-0', Icon === Circle ? 'mx-0.5 size-2 fill-current' : 'size-3.5')}
        strokeWidth={1.75}
      />
      <span className="truncate">{children}</span>
    </span>
  )
}

type Look = { tone: Tone; icon?: LucideIcon }

/** Every state word of the product and how it looks; a word that is not here is no state. */
export const stateWords = {
  Active: { tone: 'success' },
  Verified: { tone: 'success' },
  Success: { tone: 'success' },
  Delivered: { tone: 'success' },
  Granted: { tone: 'success' },
  Completed: { tone: 'success' },
  Healthy: { tone: 'success' },
  Usable: { tone: 'success' },
  Pending: { tone: 'warning' },
  Redirect: { tone: 'warning' },
  Expiring: { tone: 'warning' },
  'Due soon': { tone: 'warning' },
  'Waiting for approval': { tone: 'warning' },
  Failing: { tone: 'warning', icon: TriangleAlert },
  Restricted: { tone: 'warning', icon: TriangleAlert },
  Error: { tone: 'danger' },
  Failed: { tone: 'danger' },
  Declined: { tone: 'danger' },
  Suspended: { tone: 'danger', icon: OctagonX },
  Expired: { tone: 'danger' },
  Late: { tone: 'danger', icon: OctagonX },
  Refused: { tone: 'danger' },
  'Disabled by failures': { tone: 'danger', icon: OctagonX },
  Running: { tone: 'accent' },
  New: { tone: 'accent' },
  Default: { tone: 'accent' },
  Preferred: { tone: 'accent' },
  Shared: { tone: 'accent' },
  Inactive: { tone: 'neutral' },
  Archived: { tone: 'neutral', icon: Archive },
  Cancelled: { tone: 'neutral' },
  Merged: { tone: 'neutral', icon: GitMerge },
  Erased: { tone: 'neutral' },
  Withdrawn: { tone: 'neutral' },
  Disabled: { tone: 'neutral' },
  'Not shared': { tone: 'neutral' },
  Simulator: { tone: 'neutral', icon: FlaskConical },
} as const satisfies Record<string, Look>

export type StateWord = keyof typeof stateWords

/** The badge of a state word. */
export function StateBadge({ word, className }: { word: StateWord; className?: string }) {
  const look: Look = stateWords[word]
  return (
    <Badge tone={look.tone} icon={look.icon} className={className}>
      {word}
    </Badge>
  )
}
