'use client'

import { type FocusEvent as Blur, useCallback, useEffect, useRef } from 'react'

/**
 * Holds a blur back until the pointer that caused it is up. A field judged on leaving may show an error and push the
 * page down; between press and release that would move the target away, and the click would be lost.
 */
export function useCalmBlur(): (event: Blur) => void {
  const pressed = useRef(false)
  useEffect(() => {
    const down = () => {
      pressed.current = true
    }
    const up = () => {
      pressed.current = false
    }
    document.addEventListener('pointerdown', down, true)
    document.addEventListener('pointerup', up, true)
    document.addEventListener('pointercancel', up, true)
    return () => {
      document.removeEventListener('pointerdown', down, true)
      document.removeEventListener('pointerup', up, true)
      document.removeEventListener('pointercancel', up, true)
    }
  }, [])
  return useCallback((event) => {
    if (!pressed.current) return
    const { target } = event
    event.stopPropagation()
    // After the click that follows the release; the blur then goes its usual way.
    const again = () => setTimeout(() => target.dispatchEvent(new FocusEvent('focusout', { bubbles: true })))
    document.addEventListener('pointerup', again, { once: true })
  }, [])
}
