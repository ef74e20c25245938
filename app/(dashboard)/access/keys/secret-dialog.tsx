'use client'

import { Check, Copy, Download } from 'lucide-react'
import { useState } from 'react'
import type { Question } from '#components/confirm'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Field } from '#components/ui/field'
import { Notice } from '#components/ui/notice'
import { Textarea } from '#components/ui/textarea'
import { useLeave, useUnsavedGuard } from '#components/unsaved'

/** A key's secret, on its one way through this page. */
export type Secret = { name: string; key: string /** What the old secret does from now on. */; old?: string }

const uncopied: Question = {
  title: 'Leave without copying the key?',
  body: 'It cannot be shown again. Without a copy it is of no use, and you would have to rotate it.',
  action: 'Leave without copying',
  danger: true,
}

function download({ name, key }: Secret) {
  const address = URL.createObjectURL(new Blob([`${key}\n`], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = address
  link.download = `clientele-key-${
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'api'
  }.txt`
  link.click()
  URL.revokeObjectURL(address)
}

/** Shows a key this once: to copy, to select as one word, or to download. Asks before it is gone unkept. */
export function SecretDialog({ secret, onClose }: { secret: Secret; onClose: () => void }) {
  const [kept, setKept] = useState<'copied' | 'downloaded'>()
  const [blocked, setBlocked] = useState(false)
  const leave = useLeave()
  useUnsavedGuard(kept === undefined, uncopied)

  async function copy() {
    try {
      await navigator.clipboard.writeText(secret.key)
      setKept('copied')
      setBlocked(false)
    } catch {
      setBlocked(true)
    }
  }

  async function close() {
    if (await leave()) onClose()
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => open || void close()}
      title={`The key of ${secret.name}`}
      footer={
        <Button variant={kept ? 'primary' : 'secondary'} onClick={close}>
          Done
        </Button>
      }
    >
      <Notice tone="warning">
        It is shown only now: Clientele keeps no copy. Store it where your system reads its secrets.
      </Notice>
      <Field label="API key">
        <Textarea
          readOnly
          dir="ltr"
          rows={2}
          spellCheck={false}
          translate="no"
          value={secret.key}
          onCopy={() => setKept('copied')}
          onFocus={(event) => event.currentTarget.select()}
          className="min-h-0 resize-none font-mono break-all select-all"
        />
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        <Button variant={kept ? 'secondary' : 'primary'} onClick={copy}>
          {kept === 'copied' ? <Check aria-hidden strokeWidth={1.5} /> : <Copy aria-hidden strokeWidth={1.5} />}
          Copy key
        </Button>
        <Button
          onClick={() => {
            download(secret)
            setKept('downloaded')
          }}
        >
          <Download aria-hidden strokeWidth={1.5} />
          Download
        </Button>
        <span role="status" className="text-small text-muted">
          {blocked
            ? 'Copying was blocked; select the key instead.'
            : kept && { copied: 'Copied', downloaded: 'Downloaded' }[kept]}
        </span>
      </div>
      {secret.old && <p className="text-muted">{secret.old}</p>}
    </Dialog>
  )
}
