'use client'

import { usePathname } from 'next/navigation'
import type { MouseEvent, ReactNode } from 'react'

/**
 * Links to the same page with another query only change the address: what they show is already here. They stay links,
 * so a middle click opens them in a new tab.
 */
export function LocalLinks({ children }: { children: ReactNode }) {
  const path = usePathname()
  function press(event: MouseEvent) {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (!link?.href) return
    const { origin, pathname, search } = new URL(link.href)
    if (origin !== location.origin || pathname !== path) return
    event.preventDefault()
    history.pushState(null, '', `${pathname}${search}`)
  }
  return <div onClickCapture={press}>{children}</div>
}
