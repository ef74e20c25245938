'use client'

import dynamic from 'next/dynamic'
import { createContext, type ReactNode, type RefObject, use, useEffect, useMemo, useRef, useState } from 'react'

export type Shortcut = {
  /** One key (`j`), a chord (`mod+k`, `shift+x`) or a sequence (`g c`); `mod` is Ctrl or the command key. */
  keys: string
  label: string
  group?: string
  run: (event: KeyboardEvent) => void
  /** Chords may also work while typing; single keys never do. */
  inField?: boolean
  /** Works while a dialog or drawer is open, too. */
  inDialog?: boolean
  /** Whether it means something right now; another shortcut with the same keys may. */
  when?: () => boolean
}

type List = RefObject<readonly Shortcut[]>
type Registry = { register: (list: List) => () => void }

const RegistryContext = createContext<Registry | undefined>(undefined)
const Sheet = dynamic(() => import('./shortcut-sheet.tsx').then((module) => module.ShortcutSheet), { ssr: false })
const sequenceMs = 1000

/** Keys that work while the calling component is mounted. A later component wins over an earlier one. */
export function useShortcuts(list: readonly Shortcut[]) {
  const registry = use(RegistryContext)
  const latest = useRef(list)
  useEffect(() => {
    latest.current = list
  })
  useEffect(() => registry?.register(latest), [registry])
}

export type ShortcutProviderProps = {
  /** Single keys can be switched off in the account; chords stay. */
  singleKeys: boolean
  children: ReactNode
}

/** Listens for keys and shows the sheet of them on `?`. */
export function ShortcutProvider({ singleKeys, children }: ShortcutProviderProps) {
  const lists = useRef<List[]>([])
  const [sheet, setSheet] = useState<readonly Shortcut[]>()
  const registry = useMemo<Registry>(() => ({ register: (list) => registerIn(lists.current, list) }), [])

  useEffect(() => {
    const pending = { keys: '', at: 0 }
    const help: Shortcut = { keys: '?', label: 'This sheet', group: 'Everywhere', run: () => setSheet(all()) }
    const all = () => [help, ...lists.current.flatMap((list) => list.current)]

    function listen(event: KeyboardEvent) {
      const pressed = nameOf(event)
      if (!pressed || event.defaultPrevented) return
      const chord = pressed.includes('mod+')
      if (!chord && (!singleKeys || isField(event.target))) return
      const keys = pending.keys && event.timeStamp - pending.at < sequenceMs ? `${pending.keys} ${pressed}` : pressed
      pending.keys = ''
      const open = document.querySelector('[data-modal][data-open]') !== null
      const usable = all().filter(
        (each) => (!open || each.inDialog) && (each.inField || !isField(event.target)) && (each.when?.() ?? true),
      )
      const hit = usable.findLast((each) => each.keys === keys)
      if (hit) {
        event.preventDefault()
        hit.run(event)
      } else if (usable.some((each) => each.keys.startsWith(`${keys} `))) {
        Object.assign(pending, { keys, at: event.timeStamp })
      }
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [singleKeys])

  return (
    <RegistryContext value={registry}>
      {children}
      {sheet && <Sheet shortcuts={sheet} onClose={() => setSheet(undefined)} />}
    </RegistryContext>
  )
}

function registerIn(lists: List[], list: List) {
  lists.push(list)
  return () => {
    lists.splice(lists.indexOf(list), 1)
  }
}

/** `mod+k`, `shift+x`, `?`; signs that need Shift anyway carry no `shift+`. */
function nameOf(event: KeyboardEvent): string | undefined {
  if (event.isComposing || event.altKey || !event.key || ['Shift', 'Control', 'Meta'].includes(event.key)) return
  const key = event.key.toLowerCase()
  const letter = key.length > 1 || /\p{L}/u.test(key)
  return [event.ctrlKey || event.metaKey ? 'mod' : '', event.shiftKey && letter ? 'shift' : '', key]
    .filter(Boolean)
    .join('+')
}

const buttonLike = ['button', 'checkbox', 'radio', 'submit', 'reset', 'file', 'color', 'image']

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !buttonLike.includes(target.type)
  return target.isContentEditable || target.matches('textarea, select, [role="combobox"], [role="menu"] *')
}
