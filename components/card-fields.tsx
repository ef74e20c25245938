'use client'

import { type RefObject, useCallback, useEffect, useImperativeHandle, useRef, useState } from 'react'
import {
  CARD_FRAME,
  type CardData,
  type FromFrame,
  isFromFrame,
  readExpiry,
  type ToFrame,
} from './card-frame-protocol.tsx'
import { Field } from './ui/field.tsx'
import { Input } from './ui/input.tsx'
import { Notice } from './ui/notice.tsx'

export type Tokenized = { token: string; cardData: CardData }
/** A single-use token of the card as typed; undefined when something is wrong, which then stands beside the field. */
export type Tokenize = () => Promise<Tokenized | undefined>

type Answer = Extract<FromFrame, { type: 'token' | 'errors' }>
type Asked = (answer: Answer) => void

/** A question to the frame and its answer; a second question gives up the first. */
function useFrame() {
  const frame = useRef<HTMLIFrameElement>(null)
  const asked = useRef<Asked>(null)
  const [height, setHeight] = useState(76)
  useEffect(() => {
    function hear(event: MessageEvent) {
      const said: unknown = event.data
      if (event.origin !== location.origin || event.source !== frame.current?.contentWindow || !isFromFrame(said))
        return
      if (said.type === 'resize') return setHeight(said.height)
      asked.current?.(said)
      asked.current = null
    }
    addEventListener('message', hear)
    return () => removeEventListener('message', hear)
  }, [])
  const ask = useCallback((question: ToFrame): Promise<Answer> => {
    asked.current?.({ type: 'errors', errors: [] })
    return new Promise((resolve) => {
      asked.current = resolve
      frame.current?.contentWindow?.postMessage(question, location.origin)
    })
  }, [])
  return { frame, height, ask }
}

type Problems = { card_holder?: string; expiry?: string }

/**
 * The fields of a card. Number and security code stand in a frame of the gateway, so that no page of ours holds them.
 * `apiKey` is the public key of a simulator's connector, null where cards cannot be added.
 */
export function CardFields({ apiKey, handle }: { apiKey: string | null; handle: RefObject<Tokenize | null> }) {
  const holder = useRef<HTMLInputElement>(null)
  const expiry = useRef<HTMLInputElement>(null)
  const [problems, setProblems] = useState<Problems>({})
  const { frame, height, ask } = useFrame()

  useImperativeHandle(handle, () => async () => {
    const card_holder = holder.current?.value.trim() ?? ''
    const until = readExpiry(expiry.current?.value ?? '')
    const faults: Problems = {
      ...(!card_holder && { card_holder: 'Enter the name on the card.' }),
      ...(!until && { expiry: 'Enter the expiry date as on the card, such as 09/29.' }),
    }
    setProblems(faults)
    if (!card_holder || !until) {
      const wrong = card_holder ? expiry : holder
      wrong.current?.focus()
      return undefined
    }
    const answer = await ask({ type: 'tokenize', data: { card_holder, ...until } })
    if (answer.type === 'token') return { token: answer.token, cardData: answer.cardData }
    const named = answer.errors.find(({ attribute }) => attribute === 'card_holder')
    if (named) setProblems({ card_holder: named.message })
    return undefined
  })

  if (apiKey === null) {
    return <Notice tone="warning">Cards cannot be added here: the shop's gateway takes none on this page.</Notice>
  }
  return (
    <div className="flex flex-col gap-4">
      <Field label="Name on the card" error={problems.card_holder}>
        <Input ref={holder} autoComplete="cc-name" maxLength={255} />
      </Field>
      <iframe
        ref={frame}
        title="Card number and security code"
        src={`${CARD_FRAME}/${encodeURIComponent(apiKey)}`}
        className="-mx-1 block w-[calc(100%+0.5rem)] border-0"
        style={{ height }}
      />
      <Field label="Expiry date" hint="Month and year, such as 09/29" error={problems.expiry} className="max-w-50">
        <Input ref={expiry} autoComplete="cc-exp" inputMode="numeric" maxLength={9} />
      </Field>
    </div>
  )
}
