'use client'

import { useShortcuts } from './shortcuts.tsx'
import { undo, useUndoEntries } from './ui/toast.tsx'

/** Ctrl or Cmd with Z undoes the last action, outside fields, where the browser undoes typing. */
export function UndoKey() {
  const entries = useUndoEntries()
  useShortcuts([
    {
      keys: 'mod+z',
      label: 'Undo last action',
      group: 'Everywhere',
      when: () => entries.length > 0,
      run: () => void undo(),
    },
  ])
  return null
}
