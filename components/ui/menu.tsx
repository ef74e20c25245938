'use client'

import { Menu as Base } from '@base-ui/react/menu'
import { Check, Ellipsis, type LucideIcon } from 'lucide-react'
import Link from 'next/link'
import type { ReactElement, ReactNode } from 'react'
import { IconButton } from './button.tsx'
import { cn } from './cn.tsx'

export type MenuAction = {
  label: string
  icon?: LucideIcon
  /** Goes somewhere (`href`) or does something (`onSelect`); an entry with `checked` switches. */
  href?: string
  onSelect?: () => void
  checked?: boolean
  danger?: boolean
  disabled?: boolean
  hint?: ReactNode
}
export type MenuEntry = MenuAction | 'separator' | { heading: string; items: readonly MenuAction[] }
export type MenuProps = { trigger: ReactElement; items: readonly MenuEntry[]; align?: 'start' | 'end' }

const row =
  'flex min-h-8 w-full items-center gap-2 rounded-control px-2 text-body select-none data-highlighted:bg-sunken ' +
  'data-disabled:opacity-60 pointer-coarse:min-h-11'

/** A menu of actions behind its trigger, which must be a Button or an IconButton. */
export function Menu({ trigger, items, align = 'start' }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className="z-55">
          <Base.Popup className="overlay-fade max-h-(--available-height) min-w-44 overflow-y-auto rounded-card border bg-surface p-1 shadow-floating">
            {items.map((entry, index) => (
              <Entry key={entryKey(entry, index)} entry={entry} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function entryKey(entry: MenuEntry, index: number): string {
  if (entry === 'separator') return `separator ${index}`
  return 'heading' in entry ? entry.heading : entry.label
}

function Entry({ entry }: { entry: MenuEntry }) {
  if (entry === 'separator') return <Base.Separator className="my-1 h-px bg-border" />
  if (!('heading' in entry)) return <Action action={entry} />
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 py-1 text-caption font-medium text-muted">{entry.heading}</Base.GroupLabel>
      {entry.items.map((action) => (
        <Action key={action.label} action={action} />
      ))}
    </Base.Group>
  )
}

function Action({ action }: { action: MenuAction }) {
  const { label, icon: Icon, href, onSelect, checked, danger, disabled, hint } = action
  const look = cn(row, danger && 'text-danger-text')
  const content = (
    <>
      {Icon && <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.5} />}
      <span className="min-w-0 flex-1">{label}</span>
      {hint && <span className="text-caption text-muted">{hint}</span>}
    </>
  )
  if (href !== undefined) {
    return (
      <Base.LinkItem render={<Link href={href} />} closeOnClick className={look}>
        {content}
      </Base.LinkItem>
    )
  }
  if (checked !== undefined) {
    return (
      <Base.CheckboxItem checked={checked} disabled={disabled} onCheckedChange={() => onSelect?.()} className={look}>
        {content}
        <Check aria-hidden className={cn('size-4', !checked && 'invisible')} strokeWidth={1.5} />
      </Base.CheckboxItem>
    )
  }
  return (
    <Base.Item disabled={disabled} onClick={onSelect} className={look}>
      {content}
    </Base.Item>
  )
}

export type ActionMenuProps = { label: string; items: readonly MenuEntry[]; size?: 'regular' | 'small' }

/** The "more" button of a row or a header. */
export function ActionMenu({ label, items, size }: ActionMenuProps) {
  const trigger = (
    <IconButton label={label} size={size}>
      <Ellipsis aria-hidden strokeWidth={1.5} />
    </IconButton>
  )
  return <Menu trigger={trigger} items={items} align="end" />
}
