'use client'

import { useSyncExternalStore } from 'react'

const phone = '(width < 40rem)'

function subscribe(listener: () => void) {
  const media = matchMedia(phone)
  media.addEventListener('change', listener)
  return () => media.removeEventListener('change', listener)
}

/**
 * Which of two renderings is needed. The server knows no width and renders both, hidden by CSS as fits; once alive, the
 * page drops the other one, so that nothing jumps and nothing is in the document twice.
 */
export function useScreen(): 'phone' | 'wide' | 'unknown' {
  return useSyncExternalStore(
    subscribe,
    () => (matchMedia(phone).matches ? 'phone' : 'wide'),
    () => 'unknown',
  )
}
