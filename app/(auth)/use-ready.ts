'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/** False until the page answers to clicks: a form sent earlier would load the page anew and lose what was typed. */
export const useReady = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
