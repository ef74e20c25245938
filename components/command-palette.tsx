'use client'

import { Search } from 'lucide-react'
import dynamic from 'next/dynamic'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { useShortcuts } from './shortcuts.tsx'
import { Button } from './ui/button.tsx'
import { Kbd } from './ui/kbd.tsx'

export type Command = {
  id: string
  label: string
  /** A second line or kind: an e-mail, "Setting". */
  hint?: string
  icon?: ReactNode
  /** Goes somewhere or does something. */
  href?: string
  run?: () => void
  /** Further words it is found by. */
  words?: string
}
export type CommandGroup = { label: string; items: readonly Command[] }

export type CommandPaletteProps = {
  /** What is always there: screens, settings, actions the reader may do, recent records. */
  groups: readonly CommandGroup[]
  /** Asks the server for records; called 150 ms after the last key. */
  search?: (query: string, signal: AbortSignal) => Promise<readonly CommandGroup[]>
}

// Loaded by the first press: the list of a page does not pay for it.
const PaletteDialog = dynamic(() => import('./command-palette-dialog.tsx').then((module) => module.PaletteDialog), {
  ssr: false,
})

/** The search button of the top bar and the palette it opens, by Ctrl or Cmd with K. */
export function CommandPalette({ groups, search }: CommandPaletteProps) {
  const [opened, setOpened] = useState(false)
  const [open, setOpen] = useState(false)
  function show() {
    setOpened(true)
    setOpen(true)
  }
  useShortcuts([
    { keys: 'mod+k', label: 'Go to anything', group: 'Everywhere', inField: true, inDialog: false, run: show },
  ])
  return (
    <>
      <Button onClick={show} className="min-w-8 justify-start font-normal text-muted max-sm:px-2 sm:w-56">
        <Search aria-hidden strokeWidth={1.5} />
        <span className="max-sm:sr-only">Search</span>
        <span className="ms-auto max-sm:hidden" aria-hidden>
          <Kbd keys="mod+k" />
        </span>
      </Button>
      {opened && <PaletteDialog open={open} onOpenChange={setOpen} groups={groups} search={search} />}
    </>
  )
}
