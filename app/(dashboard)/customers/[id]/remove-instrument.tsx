'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { RadioGroup } from '#components/ui/radio-group'
import { notify } from '#components/ui/toast'
import type { InstrumentView } from '#lib/instruments/view'
import { useDesk } from '../../desk.tsx'
import { removeInstrumentAction } from '../actions.ts'
import { expiryText, instrumentText } from '../words.ts'

type RemoveInstrumentProps = {
  instrument: InstrumentView
  /** What else the profile holds. */
  others: readonly InstrumentView[]
  onDone: () => Promise<void>
  onClose: () => void
}

const NONE = 'none'

/** Asks before an instrument goes for good, and which one follows if it was the preferred one. */
export function RemoveInstrument({ instrument, others, onDone, onClose }: RemoveInstrumentProps) {
  const { m } = useDesk()
  const [next, setNext] = useState<string>()
  const [failed, setFailed] = useState<string>()
  const [pending, setPending] = useState(false)
  const name = instrumentText(instrument)
  const asks = instrument.isPreferred && others.length > 0

  async function remove() {
    if (asks && next === undefined) return setFailed('Choose which instrument follows, or none.')
    setPending(true)
    const follower = next === undefined || next === NONE ? null : Number(next)
    const input = { id: instrument.id, expectedVersion: instrument.version, next: follower }
    const answer = await removeInstrumentAction(m, input).catch(() => undefined)
    setPending(false)
    if (!answer?.ok) {
      return setFailed(`Nothing was removed: ${answer?.error.message ?? 'the server could not be reached'}.`)
    }
    notify({ title: `${name} was removed` })
    onClose()
    return onDone()
  }

  const options = [
    ...others.map((each) => ({
      value: String(each.id),
      label: instrumentText(each),
      hint: expiryText(each.expMonth, each.expYear) || undefined,
    })),
    { value: NONE, label: 'None', hint: 'The profile has no preferred instrument then.' },
  ]
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={`Remove ${name}?`}
      description="Its token pays nowhere any more, at no merchant. This cannot be undone."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="danger" pending={pending} onClick={remove}>
            Remove {name}
          </Button>
        </>
      }
    >
      {asks && (
        <RadioGroup
          legend="Which one is preferred afterwards?"
          options={options}
          value={next ?? ''}
          input={{ name: 'next', onChange: (event) => setNext(event.target.value) }}
        />
      )}
      <p role="alert" className="text-danger-text empty:hidden">
        {failed}
      </p>
    </Dialog>
  )
}
