'use client'

import { useRef } from 'react'

/**
 * Where the focus goes when a dialog opens: to the first control of its body rather than to its Close button, and to the
 * dialog itself where there is none, or where a keyboard would pop up on a touch screen.
 */
export function useFirstFocus() {
  const body = useRef<HTMLDivElement>(null)
  function initialFocus(opened: string): HTMLElement | boolean {
    const popup = body.current?.closest<HTMLElement>('[data-modal]') ?? true
    if (opened === 'touch') return popup
    const first = body.current?.querySelector<HTMLElement>(
      ':is(input:not([type="hidden"]), select, textarea, button, a[href], [tabindex="0"]):not(:disabled)',
    )
    return first ?? popup
  }
  return { body, initialFocus }
}
