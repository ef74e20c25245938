'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from './button.tsx'
import { cn } from './cn.tsx'
import { useFirstFocus } from './first-focus.tsx'

export type DrawerProps = {
  open: boolean
  /** Called when it wants to close; the owner, usually the address, may refuse by leaving `open` as it is. */
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  children: ReactNode
  /** A bar that stays at the bottom. A form inside `children` may put its own there instead. */
  footer?: ReactNode
  wide?: boolean
}

/** A panel at the end of the page, 560 or 840 px wide, the whole screen on phones. */
export function Drawer({ open, onOpenChange, title, description, children, footer, wide }: DrawerProps) {
  const { body, initialFocus } = useFirstFocus()
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="overlay-fade fixed inset-0 z-40 bg-black/40" />
        <Base.Popup
          data-modal
          initialFocus={initialFocus}
          className={cn(
            'overlay-slide fixed inset-y-0 inset-e-0 z-40 flex w-full flex-col border-s bg-surface shadow-floating sm:rounded-s-dialog',
            wide ? 'sm:max-w-210' : 'sm:max-w-140',
          )}
        >
          <header className="flex min-h-12 items-center justify-between gap-4 border-b px-4 py-2">
            <div className="min-w-0">
              <Base.Title className="text-section font-semibold wrap-anywhere">{title}</Base.Title>
              {description && <Base.Description className="text-small text-muted">{description}</Base.Description>}
            </div>
            <Base.Close
              render={
                <IconButton label="Close">
                  <X aria-hidden strokeWidth={1.5} />
                </IconButton>
              }
            />
          </header>
          <div ref={body} className="flex min-h-0 flex-1 scroll-pb-20 flex-col overflow-y-auto p-4">
            {children}
          </div>
          {footer && <DrawerFooter>{footer}</DrawerFooter>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

/** The bar with the buttons; inside a scrolling form it sticks to the bottom. */
export function DrawerFooter({ children, sticky }: { children: ReactNode; sticky?: boolean }) {
  return (
    <footer
      className={cn(
        'flex flex-wrap justify-end gap-2 border-t bg-surface p-4',
        sticky && 'sticky -bottom-4 z-10 -mx-4 mt-auto -mb-4',
      )}
    >
      {children}
    </footer>
  )
}
