'use client'

import { Toast as Base } from '@base-ui/react/toast'
import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { type ReactNode, useSyncExternalStore } from 'react'
import { Button, IconButton } from './button.tsx'

type ToastData = { failed: boolean }
const manager = Base.createToastManager<ToastData>()

export type UndoEntry = { id: string; title: string; at: Date; run: () => void | Promise<void> }

// The tray keeps what can be undone after its toast has gone; a reload or sign-out empties it.
let undoEntries: readonly UndoEntry[] = []
const listeners = new Set<() => void>()

function setUndoEntries(next: readonly UndoEntry[]) {
  undoEntries = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

const none: readonly UndoEntry[] = []

/** Everything that can still be undone, the newest first. */
export function useUndoEntries(): readonly UndoEntry[] {
  return useSyncExternalStore(
    subscribe,
    () => undoEntries,
    () => none,
  )
}

/** Undoes one entry, the newest unless told. Answers false when there is nothing to undo. */
export async function undo(id?: string): Promise<boolean> {
  const entry = id === undefined ? undoEntries[0] : undoEntries.find((each) => each.id === id)
  if (!entry) return false
  setUndoEntries(undoEntries.filter((each) => each !== entry))
  manager.close(entry.id)
  try {
    await entry.run()
  } catch {
    setUndoEntries([entry, ...undoEntries])
    notify({ title: 'That could not be undone', description: 'Nothing was changed; try again.', failed: true })
  }
  return true
}

/** Empties the tray, at sign-out. */
export function forgetUndo() {
  setUndoEntries(none)
  manager.close()
}

export type Notice = {
  title: string
  description?: ReactNode
  /** The inverse command; gives the toast its Undo button and keeps the entry in the tray. */
  undo?: () => void | Promise<void>
  /** Spoken at once. The same words must also stand on the page: an error never lives only in a toast. */
  failed?: boolean
}

/** Says for ten seconds that something happened. Callable from anywhere in the browser. Returns the toast's id. */
export function notify({ title, description, undo: run, failed = false }: Notice): string {
  const id = crypto.randomUUID()
  if (run) setUndoEntries([{ id, title, at: new Date(), run }, ...undoEntries])
  return manager.add({
    id,
    title,
    description,
    priority: failed ? 'high' : 'low',
    data: { failed },
    actionProps: run ? { children: 'Undo', onClick: () => void undo(id) } : undefined,
  })
}

/** Mounted once, in the providers: at most three toasts, ten seconds, F6 goes to them. */
export function ToastLayer() {
  return (
    <Base.Provider toastManager={manager} timeout={10_000} limit={3}>
      <Base.Portal>
        <Base.Viewport
          data-screen-only
          className="fixed inset-s-4 bottom-4 z-70 flex w-[calc(100vw-2rem)] flex-col gap-2 sm:w-90"
        >
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  )
}

function Toasts() {
  const { toasts } = Base.useToastManager<ToastData>()
  return toasts.map((toast) => {
    const Icon = toast.data?.failed ? CircleAlert : CircleCheck
    return (
      <Base.Root
        key={toast.id}
        toast={toast}
        swipeDirection={[]}
        className="overlay-fade rounded-card border bg-surface shadow-floating data-limited:hidden"
      >
        <Base.Content className="flex items-start gap-2 p-3">
          <Icon
            aria-hidden
            strokeWidth={1.5}
            className={toast.data?.failed ? 'mt-1.5 size-4 text-danger-text' : 'mt-1.5 size-4 text-success-text'}
          />
          <div className="min-w-0 flex-1 py-1">
            <Base.Title className="font-medium wrap-anywhere" />
            <Base.Description className="text-small text-muted wrap-anywhere" />
          </div>
          <Base.Action render={<Button size="small" />} />
          <Base.Close
            render={
              <IconButton label="Dismiss" size="small">
                <X aria-hidden strokeWidth={1.5} />
              </IconButton>
            }
          />
        </Base.Content>
      </Base.Root>
    )
  })
}
