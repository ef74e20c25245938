'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from './button.tsx'
import { cn } from './cn.tsx'
import { useFirstFocus } from './first-focus.tsx'

export type DialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  children?: ReactNode
  /** Buttons, the main one last. */
  footer?: ReactNode
  wide?: boolean
}

/** A dialog over the page: takes the focus, keeps it, and gives it back. Escape and a press outside close it. */
export function Dialog({ open, onOpenChange, title, description, children, footer, wide }: DialogProps) {
  const { body, initialFocus } = useFirstFocus()
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="overlay-fade fixed inset-0 z-50 bg-black/40" />
        <Base.Viewport className="fixed inset-0 z-50 flex items-center justify-center overflow-y-auto p-4">
          <Base.Popup
            data-modal
            initialFocus={initialFocus}
            className={cn(
              'overlay-pop my-auto flex w-full flex-col rounded-dialog border bg-surface shadow-floating outline-offset-0',
              wide ? 'max-w-3xl' : 'max-w-lg',
            )}
          >
            <header className="flex items-start justify-between gap-4 p-4 pb-2">
              <Base.Title className="text-section font-semibold wrap-anywhere">{title}</Base.Title>
              <Base.Close
                render={
                  <IconButton label="Close" size="small">
                    <X aria-hidden strokeWidth={1.5} />
                  </IconButton>
                }
              />
            </header>
            <div ref={body} className="flex flex-col gap-4 px-4 pb-4">
              {description && <Base.Description className="text-muted">{description}</Base.Description>}
              {children}
            </div>
            {footer && <footer className="flex flex-wrap justify-end gap-2 border-t p-4">{footer}</footer>}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
