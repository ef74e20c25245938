'use client'

import { CSPProvider } from '@base-ui/react/csp-provider'
import type { ReactNode } from 'react'
import { ConfirmProvider } from '#components/confirm'
import { QueryProvider } from '#components/query-provider'
import { ShortcutProvider } from '#components/shortcuts'
import { FormatProvider, type FormatProviderProps } from '#components/ui/format-provider'
import { ToastLayer } from '#components/ui/toast'
import { TooltipLayer } from '#components/ui/tooltip'
import { UndoKey } from '#components/undo-key'

type ProvidersProps = Omit<FormatProviderProps, 'children'> & {
  /** Allows the few style elements Base UI writes; from the proxy, new for every request. */
  nonce: string | undefined
  singleKeys: boolean
  /** False for what stands in a frame: the page around it has the layer of short messages. */
  toasts: boolean
  children: ReactNode
}

/** What every page shares in the browser. */
export function Providers({ nonce, format, now, singleKeys, toasts, children }: ProvidersProps) {
  return (
    <CSPProvider nonce={nonce}>
      <QueryProvider>
        <FormatProvider format={format} now={now}>
          <ShortcutProvider singleKeys={singleKeys}>
            <ConfirmProvider>{children}</ConfirmProvider>
            <UndoKey />
          </ShortcutProvider>
        </FormatProvider>
      </QueryProvider>
      {toasts && <ToastLayer />}
      <TooltipLayer />
    </CSPProvider>
  )
}
