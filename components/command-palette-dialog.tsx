'use client'

import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useEffect, useMemo, useState } from 'react'
import type { Command, CommandGroup, CommandPaletteProps } from './command-palette.tsx'
import { Kbd } from './ui/kbd.tsx'

type PaletteDialogProps = CommandPaletteProps & { open: boolean; onOpenChange: (open: boolean) => void }
type Group = { label: string; items: Command[] }

const pauseMs = 150

/** The palette itself, loaded when it is first opened. */
export function PaletteDialog({ open, onOpenChange, groups, search }: PaletteDialogProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="overlay-fade fixed inset-0 z-60 bg-black/40" />
        <Dialog.Viewport className="fixed inset-0 z-60 flex items-start justify-center p-4 sm:pt-24">
          <Dialog.Popup
            data-modal
            aria-label="Go to anything"
            className="overlay-pop flex max-h-[min(32rem,calc(100dvh-2rem))] w-full max-w-xl flex-col rounded-dialog border bg-surface shadow-floating"
          >
            <PaletteList groups={groups} search={search} onClose={() => onOpenChange(false)} />
            <Dialog.Close className="sr-only">Close</Dialog.Close>
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

type PaletteListProps = CommandPaletteProps & { onClose: () => void }

function PaletteList({ groups, search, onClose }: PaletteListProps) {
  const router = useRouter()
  const [query, setQuery] = useState('')
  const found = useFound(query, search)
  const items = useMemo(() => [...matching(groups, query), ...copied(found.groups)], [groups, query, found.groups])

  function run(command: Command) {
    onClose()
    if (command.href !== undefined) router.push(command.href)
    command.run?.()
  }

  return (
    <Autocomplete.Root
      open
      inline
      items={items}
      filter={null}
      value={query}
      onValueChange={setQuery}
      itemToStringValue={(command: Command) => command.label}
      autoHighlight="always"
      keepHighlight
    >
      <Autocomplete.InputGroup className="flex items-center gap-1 border-b px-4">
        <Search aria-hidden className="size-4 shrink-0 text-muted" strokeWidth={1.5} />
        <Autocomplete.Input
          aria-label="Go to anything"
          placeholder="Screens, settings, records by name, e-mail, id or last four"
          className="h-12 w-full bg-transparent px-2 text-body -outline-offset-2"
        />
        <Kbd keys="escape" />
      </Autocomplete.InputGroup>
      <Autocomplete.Status className="px-4 text-small text-muted empty:hidden">
        {found.failed ? 'The search did not answer; screens and settings still work.' : found.busy ? 'Searching' : null}
      </Autocomplete.Status>
      <Autocomplete.Empty className="px-4 text-muted not-empty:py-6">
        {found.busy ? null : `Nothing found for “${query}”.`}
      </Autocomplete.Empty>
      <Autocomplete.List className="min-h-0 overflow-y-auto p-2 empty:hidden">
        {(group: Group) => (
          <Autocomplete.Group key={group.label} items={group.items} className="mb-2 last:mb-0">
            <Autocomplete.GroupLabel className="px-2 py-1 text-caption font-medium text-muted">
              {group.label}
            </Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(command: Command) => <CommandItem key={command.id} command={command} onRun={run} />}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  )
}

function CommandItem({ command, onRun }: { command: Command; onRun: (command: Command) => void }) {
  return (
    <Autocomplete.Item
      value={command}
      onClick={() => onRun(command)}
      className="flex min-h-9 cursor-pointer items-center gap-2 rounded-control px-2 data-highlighted:bg-accent-soft pointer-coarse:min-h-11 [&_svg]:size-4"
    >
      {command.icon}
      <span className="min-w-0 truncate">{command.label}</span>
      {command.hint && <span className="ms-auto min-w-0 truncate text-small text-muted">{command.hint}</span>}
    </Autocomplete.Item>
  )
}

type Found = { groups: readonly CommandGroup[]; busy: boolean; failed: boolean }
const nothing: Found = { groups: [], busy: false, failed: false }

/** What the server finds; an answer that comes late for its question is dropped. */
function useFound(query: string, search: CommandPaletteProps['search']): Found {
  const [found, setFound] = useState(nothing)
  useEffect(() => {
    const words = query.trim()
    if (!search || words === '') {
      setFound(nothing)
      return
    }
    const abort = new AbortController()
    setFound((before) => ({ ...before, busy: true, failed: false }))
    const timer = setTimeout(async () => {
      try {
        const groups = await search(words, abort.signal)
        if (!abort.signal.aborted) setFound({ groups, busy: false, failed: false })
      } catch {
        if (!abort.signal.aborted) setFound({ groups: [], busy: false, failed: true })
      }
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [query, search])
  return found
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/** Commands that hold every word of the query. */
function matching(groups: readonly CommandGroup[], query: string): Group[] {
  const words = fold(query).split(/\s+/).filter(Boolean)
  return copied(groups)
    .map(({ label, items }) => ({
      label,
      items: items.filter((command) => {
        const text = fold(`${command.label} ${command.hint ?? ''} ${command.words ?? ''}`)
        return words.every((word) => text.includes(word))
      }),
    }))
    .filter((group) => group.items.length > 0)
}

function copied(groups: readonly CommandGroup[]): Group[] {
  return groups.map(({ label, items }) => ({ label, items: [...items] })).filter((group) => group.items.length > 0)
}
