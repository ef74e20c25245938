'use client'

import dynamic from 'next/dynamic'
import { useSyncExternalStore } from 'react'
import { openConflict, subscribeToConflicts } from './conflict-store.ts'

// Two people rarely meet in one field, so the dialog is loaded when they do.
const ConflictDialog = dynamic(() => import('./conflict-dialog.tsx').then((module) => module.ConflictDialog), {
  ssr: false,
})

/** Mounted once in the frame of all pages. */
export function ConflictHost() {
  const open = useSyncExternalStore(subscribeToConflicts, openConflict, () => undefined)
  return open && <ConflictDialog question={open.question} onAnswer={open.answer} />
}
