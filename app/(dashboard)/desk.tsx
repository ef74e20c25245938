'use client'

import { createContext, type ReactNode, use, useMemo } from 'react'
import type { Permission } from '#lib/core/permissions'

export type Desk = {
  /** The merchant this page is about; every link, read and write carries it. */
  m: number
  can: (permission: Permission) => boolean
  /** Who can grant a permission the reader lacks: "an owner or an admin of Harbor Books". */
  grantedBy: string
}

const DeskContext = createContext<Desk | undefined>(undefined)

/** Where and as whom the reader works on this page. */
export function useDesk(): Desk {
  const desk = use(DeskContext)
  if (!desk) throw new Error('useDesk needs the DeskProvider above it')
  return desk
}

type DeskProviderProps = { m: number; permissions: readonly Permission[]; merchant: string; children: ReactNode }

/** Gives a page's client pieces the merchant and the permissions that the server found for this very request. */
export function DeskProvider({ m, permissions, merchant, children }: DeskProviderProps) {
  const desk = useMemo<Desk>(() => {
    const held = new Set(permissions)
    return { m, can: (permission) => held.has(permission), grantedBy: `an owner or an admin of ${merchant}` }
  }, [m, permissions, merchant])
  return <DeskContext value={desk}>{children}</DeskContext>
}
