'use client'

import { type RefObject, useEffect, useRef, useState } from 'react'
import { type FromFrame, isToFrame, type ToFrame } from '#components/card-frame-protocol'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { tokenizeCardAction } from './actions.ts'

type Problems = { number?: string; cvv?: string; card_holder?: string }
type Props = { apiKey: string; published: readonly string[] }

const tell = (said: FromFrame) => parent.postMessage(said, location.origin)
const UNKNOWN = 'Use one of the published test numbers. Any other number stays in this field.'

/** What is wrong before anything is sent: a number that is not published never leaves the browser. */
function faultsOf(number: string, cvv: string, published: readonly string[]): Problems {
  return {
    ...(!number && { number: 'Enter the card number.' }),
    ...(number && !published.includes(number) && { number: UNKNOWN }),
    ...(!/^\d{3,4}$/.test(cvv) && { cvv: 'Enter the 3 or 4 digits.' }),
  }
}

async function send(apiKey: string, cardNumber: string, { data }: ToFrame): Promise<FromFrame> {
  const { card_holder, month, year } = data
  const card = { cardNumber, cardHolder: card_holder, expiryMonth: month, expiryYear: year }
  const answer = await tokenizeCardAction(apiKey, card).catch(() => undefined)
  if (answer?.ok) {
    const { token, brand: card_type, firstSix: first_six_digits, lastFour: last_four_digits } = answer.data
    const cardData = { card_type, card_holder, month, year, first_six_digits, last_four_digits }
    return { type: 'token', token, cardData }
  }
  const message = answer ? `${answer.error.message}.` : 'The card form could not be reached. Please try again.'
  const named = answer?.error.details.fields?.some(({ path }) => /holder/i.test(path))
  return { type: 'errors', errors: [{ attribute: named ? 'card_holder' : 'number', message }] }
}

/** Says how high the fields are, whenever that changes. */
function useHeight(box: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const found = box.current
    if (!found) return
    const watch = new ResizeObserver(() => tell({ type: 'resize', height: Math.ceil(found.scrollHeight) }))
    watch.observe(found)
    return () => watch.disconnect()
  }, [box])
}

/** Card number and security code. The code is looked at here and sent to nobody. */
export function CardFrame({ apiKey, published }: Props) {
  const box = useRef<HTMLElement>(null)
  const number = useRef<HTMLInputElement>(null)
  const cvv = useRef<HTMLInputElement>(null)
  const [problems, setProblems] = useState<Problems>({})
  useHeight(box)

  useEffect(() => {
    async function tokenize(asked: ToFrame) {
      const digits = (number.current?.value ?? '').replaceAll(/\D/g, '')
      const faults = faultsOf(digits, (cvv.current?.value ?? '').trim(), published)
      setProblems(faults)
      const [wrong] = Object.entries(faults)
      if (wrong) {
        const field = faults.number ? number : cvv
        field.current?.focus()
        return tell({ type: 'errors', errors: [{ attribute: faults.number ? 'number' : 'cvv', message: wrong[1] }] })
      }
      const said = await send(apiKey, digits, asked)
      if (said.type === 'errors') setProblems({ [said.errors[0]?.attribute ?? 'number']: said.errors[0]?.message })
      tell(said)
    }
    function hear(event: MessageEvent) {
      if (event.origin === location.origin && event.source === parent && isToFrame(event.data))
        void tokenize(event.data)
    }
    addEventListener('message', hear)
    return () => removeEventListener('message', hear)
  }, [apiKey, published])

  return (
    <main ref={box} aria-label="Card fields" className="grid grid-cols-[1fr_8rem] items-start gap-4 bg-surface p-1">
      <Field label="Card number" error={problems.number}>
        <Input ref={number} autoComplete="cc-number" inputMode="numeric" maxLength={30} />
      </Field>
      <Field label="Security code" error={problems.cvv}>
        <Input ref={cvv} autoComplete="cc-csc" inputMode="numeric" maxLength={4} />
      </Field>
    </main>
  )
}
