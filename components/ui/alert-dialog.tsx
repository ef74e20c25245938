'use client'

import { AlertDialog as Base } from '@base-ui/react/alert-dialog'
import { type FormEvent, type ReactNode, type RefObject, useId, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { Field } from './field.tsx'
import { Input } from './input.tsx'

export type AlertDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** The question, as a sentence. */
  title: string
  /** What happens, with its count. */
  body: ReactNode
  /** The button repeats the verb of the title. A promise that answers why not, or rejects, leaves the dialog open. */
  // biome-ignore lint/suspicious/noConfusingVoidType: a handler that returns nothing at all is meant, too.
  action: { label: string; danger?: boolean; run: () => void | Promise<string | undefined | void> }
  /** What must be typed first; only for what cannot be undone. */
  typed?: string
}

/** Asks before something wide or irreversible. A press outside does not close it; a dangerous one starts on Cancel. */
export function AlertDialog({ open, onOpenChange, title, body, action, typed }: AlertDialogProps) {
  const cancel = useRef<HTMLButtonElement>(null)
  const confirm = useRef<HTMLButtonElement>(null)
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="overlay-fade fixed inset-0 z-50 bg-black/40" />
        <Base.Viewport className="fixed inset-0 z-50 flex items-center justify-center overflow-y-auto p-4">
          <Base.Popup
            data-modal
            initialFocus={action.danger || typed ? cancel : confirm}
            className="overlay-pop my-auto w-full max-w-md rounded-dialog border bg-surface shadow-floating"
          >
            <ConfirmForm action={action} typed={typed} onDone={() => onOpenChange(false)} refs={{ cancel, confirm }}>
              <Base.Title className="text-section font-semibold wrap-anywhere">{title}</Base.Title>
              <Base.Description render={<div />} className="text-muted wrap-anywhere">
                {body}
              </Base.Description>
            </ConfirmForm>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

type ButtonRefs = Record<'cancel' | 'confirm', RefObject<HTMLButtonElement | null>>
type ConfirmFormProps = Pick<AlertDialogProps, 'action' | 'typed'> & {
  onDone: () => void
  refs: ButtonRefs
  children: ReactNode
}

function ConfirmForm({ action, typed, onDone, refs, children }: ConfirmFormProps) {
  const id = useId()
  const [text, setText] = useState('')
  const [error, setError] = useState<string>()
  const [pending, setPending] = useState(false)

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (pending) return
    if (typed !== undefined && text.trim() !== typed.trim()) {
      setError(`Type “${typed}” exactly as it is written here.`)
      document.getElementById(id)?.focus()
      return
    }
    setPending(true)
    try {
      const refused = await action.run()
      if (refused) setError(refused)
      else onDone()
    } catch {
      setError('That did not work. Nothing was changed; try again.')
    } finally {
      setPending(false)
    }
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4 p-4">
      {children}
      {typed !== undefined && (
        <Field id={id} label={`Type “${typed}” to confirm`} error={error}>
          <Input value={text} onChange={(event) => setText(event.target.value)} autoComplete="off" spellCheck={false} />
        </Field>
      )}
      {typed === undefined && error && (
        <p role="alert" className="text-danger-text">
          {error}
        </p>
      )}
      <footer className="flex flex-wrap justify-end gap-2">
        <Base.Close render={<Button ref={refs.cancel}>Cancel</Button>} />
        <Button ref={refs.confirm} type="submit" variant={action.danger ? 'danger' : 'primary'} pending={pending}>
          {action.label}
        </Button>
      </footer>
    </form>
  )
}
