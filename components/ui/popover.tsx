'use client'

import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'
import { cn } from './cn.tsx'

export type PopoverProps = {
  trigger: ReactElement
  title: string
  children: ReactNode
  open?: boolean
  onOpenChange?: (open: boolean) => void
  align?: 'start' | 'end'
  /** The title is spoken only, where the content says it already. */
  quiet?: boolean
}

/** Content beside its trigger; not modal, closes by Escape and by a press outside. */
export function Popover({ trigger, title, children, open, onOpenChange, align = 'start', quiet }: PopoverProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange?.(next)}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} collisionPadding={8} className="z-55">
          <Base.Popup className="overlay-fade flex max-h-(--available-height) w-72 max-w-(--available-width) flex-col gap-3 overflow-y-auto rounded-card border bg-surface p-3 shadow-floating">
            <Base.Title className={cn('text-body font-semibold', quiet && 'sr-only')}>{title}</Base.Title>
            {children}
            <Base.Close className="sr-only">Close</Base.Close>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
