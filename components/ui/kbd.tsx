'use client'

import { useSyncExternalStore } from 'react'

const words: Record<string, string> = { mod: 'Ctrl', shift: 'Shift', escape: 'Esc', enter: 'Enter' }

function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform)
}

const never = () => () => {}

/** Keys as the shortcut registry writes them: `mod+k`, `g c`, `shift+x`. */
export function Kbd({ keys }: { keys: string }) {
  const apple = useSyncExternalStore(never, isApple, () => false)
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap">
      {keys.split(/[ +]/).map((key, index) => (
        <kbd
          // biome-ignore lint/suspicious/noArrayIndexKey: the order of the keys is their meaning.
          key={index}
          className="inline-flex min-w-5 justify-center rounded-badge border bg-sunken px-1 font-sans text-caption text-muted"
        >
          {key === 'mod' && apple ? '⌘' : (words[key] ?? key)}
        </kbd>
      ))}
    </span>
  )
}
