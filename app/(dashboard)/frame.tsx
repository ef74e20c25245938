'use client'

import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { AppShell } from '#components/app-shell'
import { StepUpProvider } from '#components/step-up'
import { ThemeMenu } from '#components/theme'
import type { Permission } from '#lib/core/permissions'
import { proveAgainAction } from '../(auth)/actions.ts'
import { Account } from './account.tsx'
import { ConflictHost } from './customers/conflict-host.tsx'
import { MerchantSwitcher } from './merchant-switcher.tsx'
import { navigationFor } from './navigation.tsx'
import { OfflineNotice, useOnline } from './offline-notice.tsx'
import { Palette } from './palette.tsx'
import { RecentChanges } from './recent-changes.tsx'

export type Who = {
  name: string
  email: string
  merchantId: number
  merchants: readonly { id: number; name: string; parentId: number | null }[]
  permissions: readonly Permission[]
}

type FrameProps = { who: Who; collapsed: boolean; children: ReactNode }

/** Sidebar, top bar and everything that outlives a page. */
export function Frame({ who, collapsed, children }: FrameProps) {
  const navigation = useMemo(() => navigationFor(who.permissions), [who.permissions])
  const online = useOnline()
  useMerchantInAddress(who.merchantId)
  return (
    <AppShell
      navigation={navigation}
      collapsed={collapsed}
      brand="Clientele"
      notices={online ? undefined : <OfflineNotice />}
      slots={{
        switcher: <MerchantSwitcher merchantId={who.merchantId} merchants={who.merchants} />,
        search: <Palette who={who} navigation={navigation} />,
        tray: <RecentChanges />,
        help: <ThemeMenu />,
        account: <Account name={who.name} email={who.email} />,
      }}
    >
      <StepUpProvider prove={proveAgainAction} email={who.email}>
        {children}
      </StepUpProvider>
      <ConflictHost />
    </AppShell>
  )
}

/**
 * Every address names its merchant, so that a copied link means the same to a colleague. Where it names another than
 * the frame was made for (Back, a pasted link), the frame is asked for again.
 */
function useMerchantInAddress(merchantId: number) {
  const router = useRouter()
  const path = usePathname()
  const params = useSearchParams()
  const m = params.get('m')
  const asked = useRef<string>(undefined)
  useEffect(() => {
    if (m === null) {
      const next = new URLSearchParams(params)
      next.set('m', String(merchantId))
      history.replaceState(null, '', `${path}?${next}`)
    } else if (m !== String(merchantId) && asked.current !== m) {
      asked.current = m
      router.refresh()
    }
  }, [m, merchantId, params, path, router])
}
