'use client'

import { type FormEvent, useId, useState } from 'react'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { RadioGroup } from '#components/ui/radio-group'
import type { InstrumentView } from '#lib/instruments/view'
import type { ProfileView } from '#lib/profiles/view'
import { expiryText, instrumentText } from '../../customers/words.ts'
import { useProfileWrites } from './use-writes.ts'

const NONE = 'none'

type RemoveDialogProps = { profile: ProfileView; instrument: InstrumentView; onClose: () => void }

/** Asks before an instrument goes for good, and which one follows when it was the preferred one. */
export function RemoveDialog({ profile, instrument, onClose }: RemoveDialogProps) {
  const formId = useId()
  const { remove } = useProfileWrites()
  const [next, setNext] = useState<string>()
  const [error, setError] = useState<string>()
  const [pending, setPending] = useState(false)
  const name = instrumentText(instrument)
  const others = instrument.isPreferred ? profile.instruments.filter(({ id }) => id !== instrument.id) : []

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (pending) return
    if (others.length > 0 && next === undefined) return setError('Choose which instrument follows, or none.')
    setPending(true)
    const failure = await remove(instrument, next === undefined || next === NONE ? null : Number(next))
    setPending(false)
    if (!failure) return onClose()
    const stale = failure.code === 'STALE_WRITE' ? 'Somebody has just changed this instrument' : failure.message
    setError(`${stale}. Nothing was removed; look at it again. Request ${failure.requestId}`)
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={`Remove ${name}?`}
      description={consequence(profile)}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="danger" pending={pending}>
            Remove {name}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-2 empty:hidden">
        {others.length > 0 && (
          <RadioGroup
            legend="It is the preferred instrument. Which one follows?"
            input={{ name: 'next', onChange: (event) => setNext(event.target.value) }}
            value={next ?? ''}
            options={[
              ...others.map((each) => ({ value: String(each.id), label: optionText(each) })),
              { value: NONE, label: 'None' },
            ]}
          />
        )}
        {error && (
          <p role="alert" className="text-danger-text">
            {error}
          </p>
        )}
      </form>
    </Dialog>
  )
}

function consequence({ container, otherMerchants }: ProfileView): string {
  const elsewhere =
    otherMerchants > 0
      ? ` ${otherMerchants} other ${otherMerchants === 1 ? 'merchant' : 'merchants'} linked to this profile ${otherMerchants === 1 ? 'loses' : 'lose'} it too.`
      : ''
  const place = container.shared ? 'at every merchant that sees this container' : 'at once'
  return `Its payment token stops working ${place}, and it cannot be brought back.${elsewhere}`
}

const optionText = (each: InstrumentView): string => {
  const expiry = expiryText(each.expMonth, each.expYear)
  return expiry ? `${instrumentText(each)}, expires ${expiry}` : instrumentText(each)
}
