'use client'

import { useRouter } from 'next/navigation'
import { Drawer, type DrawerProps } from './ui/drawer.tsx'
import { useLeave } from './unsaved.tsx'

export type PanelDrawerProps = Omit<DrawerProps, 'onOpenChange'> & {
  /** The address of the page without the panel. */
  closeHref: string
}

/** A drawer that the address opens (`?panel=…`). Closing goes to `closeHref`, after asking about unsaved input. */
export function PanelDrawer({ closeHref, ...rest }: PanelDrawerProps) {
  const router = useRouter()
  const leave = useLeave()
  async function close(open: boolean) {
    if (!open && (await leave())) router.push(closeHref, { scroll: false })
  }
  return <Drawer {...rest} onOpenChange={close} />
}
