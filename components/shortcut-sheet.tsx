'use client'

import type { Shortcut } from './shortcuts.tsx'
import { Dialog } from './ui/dialog.tsx'
import { Kbd } from './ui/kbd.tsx'

type ShortcutSheetProps = { shortcuts: readonly Shortcut[]; onClose: () => void }

/** Every key that works on this page, by group. */
export function ShortcutSheet({ shortcuts, onClose }: ShortcutSheetProps) {
  const groups = new Map<string, Shortcut[]>()
  for (const shortcut of shortcuts) {
    const name = shortcut.group ?? 'This page'
    groups.set(name, [...(groups.get(name) ?? []), shortcut])
  }
  return (
    <Dialog open onOpenChange={onClose} title="Keyboard shortcuts" wide>
      <div className="gap-8 sm:columns-2">
        {[...groups].map(([group, list]) => (
          <section key={group} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 font-semibold">{group}</h3>
            <dl>
              {unique(list).map(({ keys, label }) => (
                <div key={keys} className="flex items-center justify-between gap-4 py-1">
                  <dt>{label}</dt>
                  <dd>
                    <Kbd keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

/** Of two that share their keys only the later one would run. */
function unique(list: readonly Shortcut[]): Shortcut[] {
  return [...new Map(list.map((shortcut) => [shortcut.keys, shortcut])).values()]
}
