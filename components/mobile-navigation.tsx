'use client'

import { Dialog } from '@base-ui/react/dialog'
import { Menu, X } from 'lucide-react'
import { useRouter, useSearchParams } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { type NavGroup, Navigation, useNavigationKeys } from './sidebar.tsx'
import { IconButton } from './ui/button.tsx'

type MobileNavigationProps = {
  navigation: readonly NavGroup[]
  brand: ReactNode
  /** Above the list of screens. */
  extra: ReactNode
}

/** The menu button below 1024 px and the drawer it opens; also the home of the `g` keys on every width. */
export function MobileNavigation({ navigation, brand, extra }: MobileNavigationProps) {
  const [open, setOpen] = useState(false)
  const router = useRouter()
  const merchant = useSearchParams().get('m')
  useNavigationKeys(navigation, (href) => router.push(merchant ? `${href}?m=${encodeURIComponent(merchant)}` : href))
  return (
    <div className="flex shrink-0 items-center gap-2 lg:hidden">
      <Dialog.Root open={open} onOpenChange={(next) => setOpen(next)}>
        <Dialog.Trigger
          render={
            <IconButton label="Menu">
              <Menu aria-hidden strokeWidth={1.5} />
            </IconButton>
          }
        />
        <Dialog.Portal>
          <Dialog.Backdrop className="overlay-fade fixed inset-0 z-40 bg-black/40" />
          <Dialog.Popup
            data-modal
            className="overlay-fade fixed inset-y-0 inset-s-0 z-40 flex w-full flex-col overflow-y-auto border-e bg-surface shadow-floating sm:max-w-72"
          >
            <header className="flex min-h-12 items-center justify-between gap-4 border-b px-4 py-2">
              <Dialog.Title className="text-section font-semibold">Menu</Dialog.Title>
              <Dialog.Close
                render={
                  <IconButton label="Close">
                    <X aria-hidden strokeWidth={1.5} />
                  </IconButton>
                }
              />
            </header>
            {extra}
            <nav aria-label="Main">
              <Navigation navigation={navigation} onGo={() => setOpen(false)} />
            </nav>
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
      <span className="truncate font-semibold max-sm:hidden">{brand}</span>
    </div>
  )
}
