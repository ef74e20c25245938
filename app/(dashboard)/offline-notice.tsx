'use client'

import { useSyncExternalStore } from 'react'
import { Notice } from '#components/ui/notice'

function subscribe(listener: () => void) {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}

/** Whether the browser has a connection at all. */
export const useOnline = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  )

/** Says that nothing can be saved right now. What is on the screen stays. */
export function OfflineNotice() {
  return (
    <Notice tone="warning" role="status">
      You are offline. What is shown stays readable; nothing can be saved until the connection is back.
    </Notice>
  )
}
