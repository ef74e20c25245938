'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { RadioGroup } from '#components/ui/radio-group'
import type { KEEP_OLD_HOURS } from '#lib/access/schema'
import { rollKeyAction } from '../actions.ts'
import { sentenceOf } from '../outcome.ts'
import type { ApiKey } from '../reads.ts'
import { useAct } from '../use-act.ts'
import type { Secret } from './secret-dialog.tsx'

type KeepOld = keyof typeof KEEP_OLD_HOURS

const CHOICES: readonly { value: KeepOld; label: string; hint: string; after: string }[] = [
  {
    value: '24h',
    label: '24 hours',
    hint: 'Time to put the new key in place.',
    after: 'The old key works for 24 more hours.',
  },
  {
    value: '7d',
    label: '7 days',
    hint: 'For systems that are rolled out slowly.',
    after: 'The old key works for 7 more days.',
  },
  {
    value: '0h',
    label: 'Not at all',
    hint: 'It fails from the next request on. Choose this when it has leaked.',
    after: 'The old key has stopped working.',
  },
]

type RotateDialogProps = { apiKey: ApiKey; onMade: (secret: Secret) => void; onClose: () => void }

/** A new secret for the same key, and how long the old one lives on. */
export function RotateDialog({ apiKey, onMade, onClose }: RotateDialogProps) {
  const act = useAct()
  const [keepOld, setKeepOld] = useState<KeepOld>('24h')
  const [failed, setFailed] = useState<string>()
  const [pending, setPending] = useState(false)

  async function rotate() {
    setPending(true)
    const outcome = await act((m) => rollKeyAction(m, { keyId: apiKey.id, keepOld }))
    setPending(false)
    if (!outcome.ok) return setFailed(sentenceOf(outcome.error))
    onMade({ name: apiKey.name, key: outcome.data.key, old: CHOICES.find(({ value }) => value === keepOld)?.after })
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={`Rotate ${apiKey.name}?`}
      description="It gets a new secret and keeps its name, scopes and networks. A secret from an earlier rotation stops at once."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" pending={pending} onClick={rotate}>
            Rotate key
          </Button>
        </>
      }
    >
      <RadioGroup
        legend="How long does the old key work?"
        value={keepOld}
        input={{
          name: 'keep-old',
          onChange: (event) => setKeepOld(CHOICES.find(({ value }) => value === event.target.value)?.value ?? '24h'),
        }}
        options={CHOICES}
      />
      <p role="alert" className="text-danger-text empty:hidden">
        {failed}
      </p>
    </Dialog>
  )
}
