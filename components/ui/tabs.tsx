'use client'

import { Tabs as Base } from '@base-ui/react/tabs'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { cn } from './cn.tsx'

const tab =
  'inline-flex h-9 items-center gap-1.5 border-b-2 border-transparent px-1 font-medium whitespace-nowrap text-muted hover:text-text pointer-coarse:h-11'
const bar = 'flex gap-4 overflow-x-auto overflow-y-hidden border-b'

export type LinkTab = { href: string; label: string; current: boolean; count?: ReactNode }

/** Tabs that live in the address: links, so they open in a new window and survive a reload. */
export function LinkTabs({ label, tabs }: { label: string; tabs: readonly LinkTab[] }) {
  return (
    <nav aria-label={label} className={bar}>
      {tabs.map(({ href, label: name, current, count }) => (
        <Link
          key={href}
          href={href}
          scroll={false}
          aria-current={current ? 'page' : undefined}
          className={cn(tab, '-outline-offset-2', current && 'border-accent-text text-text')}
        >
          {name}
          {count !== undefined && <Count>{count}</Count>}
        </Link>
      ))}
    </nav>
  )
}

export type ButtonTab = { value: string; label: string; count?: ReactNode; content: ReactNode }
export type TabsProps = {
  label: string
  tabs: readonly ButtonTab[]
  value?: string
  onValueChange?: (value: string) => void
}

/** Tabs of one page or drawer; the arrow keys move between them. */
export function Tabs({ label, tabs, value, onValueChange }: TabsProps) {
  return (
    <Base.Root
      value={value}
      defaultValue={value === undefined ? tabs[0]?.value : undefined}
      onValueChange={(next) => onValueChange?.(String(next))}
    >
      <Base.List aria-label={label} className={bar}>
        {tabs.map(({ value: key, label: name, count }) => (
          <Base.Tab key={key} value={key} className={cn(tab, 'data-active:border-accent-text data-active:text-text')}>
            {name}
            {count !== undefined && <Count>{count}</Count>}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map(({ value: key, content }) => (
        <Base.Panel key={key} value={key} className="pt-4">
          {content}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}

function Count({ children }: { children: ReactNode }) {
  return (
    <span data-figures className="rounded-full bg-sunken px-1.5 text-caption text-muted">
      {children}
    </span>
  )
}
