'use client'

import { type FormEvent, useRef, useState } from 'react'
import { CardFields, type Tokenize } from '#components/card-fields'
import { Button } from '#components/ui/button'
import { Notice } from '#components/ui/notice'
import { RadioGroup, type RadioOption } from '#components/ui/radio-group'
import type { PageChoice, PaymentPage, SavedChoice } from '#lib/transactions/payment-page'
import type { ActionResult } from '#lib/web/action'
import { cancelOnPageAction, payOnPageAction } from './actions.ts'
import { IbanFields, ibanChoice } from './iban-fields.tsx'
import { savedName } from './saved-name.ts'

type Props = Pick<PaymentPage, 'saved' | 'cards' | 'declined' | 'merchant'> & { uuid: string; registers: boolean }
type Problems = Readonly<Record<string, string>>

const two = (month: number) => String(month).padStart(2, '0')

function savedOption(one: SavedChoice): RadioOption {
  const until =
    one.expMonth && one.expYear ? `${one.expired ? 'expired' : 'until'} ${two(one.expMonth)}/${one.expYear}` : ''
  const hint = [one.isPreferred && 'preferred', until].filter(Boolean).join(', ')
  return { value: String(one.id), label: savedName(one), hint: hint || undefined, disabled: one.expired }
}

const upper = (sentence: string) => `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`
const UNREACHED = 'The server could not be reached. Nothing was sent twice; please try again.'

/** What to pay with, and the two ways to leave the page. */
export function PayForm({ uuid, saved, cards, declined, merchant, registers }: Props) {
  const first = saved.find(({ expired }) => !expired)
  const [way, setWay] = useState(first ? String(first.id) : 'card')
  const [problem, setProblem] = useState(declined ? `${declined}. Please try again or pay another way.` : undefined)
  const [problems, setProblems] = useState<Problems>({})
  const [busy, setBusy] = useState<'pay' | 'cancel'>()
  const tokenize = useRef<Tokenize>(null)

  /** The choice as the form has it; undefined when something is missing, which is then said. */
  async function choose(form: HTMLFormElement): Promise<PageChoice | undefined> {
    if (way === 'iban') {
      const { choice, faults } = ibanChoice(new FormData(form))
      setProblems(faults)
      const [wrong = ''] = Object.keys(faults)
      form.querySelector<HTMLElement>(`[name="${wrong}"]`)?.focus()
      return choice
    }
    if (way !== 'card') return { kind: 'saved', instrumentId: Number(way) }
    const answer = await tokenize.current?.()
    return answer?.token ? { kind: 'card', token: answer.token } : undefined
  }

  async function go(run: () => Promise<ActionResult<{ phase: string; next: string | null; declined: string | null }>>) {
    const answer = await run().catch(() => undefined)
    if (answer?.ok && answer.data.phase !== 'waiting') {
      if (answer.data.next && answer.data.phase !== 'challenge') return location.assign(answer.data.next)
      return location.reload()
    }
    setBusy(undefined)
    if (answer?.ok) return setProblem(`${answer.data.declined}. Please try again or pay another way.`)
    setProblem(answer ? `${answer.error.message}.` : UNREACHED)
    const fields = answer?.error.details.fields ?? []
    setProblems(Object.fromEntries(fields.map(({ path, message }) => [path.split('.').at(-1) ?? path, upper(message)])))
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (busy) return
    const form = event.currentTarget
    setBusy('pay')
    setProblem(undefined)
    setProblems({})
    const choice = await choose(form)
    if (!choice) return setBusy(undefined)
    await go(() => payOnPageAction(uuid, choice))
  }

  async function cancel() {
    if (busy) return
    setBusy('cancel')
    await go(() => cancelOnPageAction(uuid))
  }

  const options: RadioOption[] = [
    ...saved.map(savedOption),
    { value: 'card', label: saved.length > 0 ? 'Another card' : 'Card' },
    { value: 'iban', label: 'Bank account', hint: 'direct debit' },
  ]
  return (
    <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
      {problem && (
        <Notice tone="danger" role="alert">
          {problem}
        </Notice>
      )}
      <RadioGroup
        legend={registers ? 'What is to be saved' : 'How would you like to pay?'}
        options={options}
        value={way}
        input={{ name: 'way', onChange: (event) => setWay(event.target.value) }}
      />
      {way === 'card' && <CardFields apiKey={cards?.apiKey ?? null} handle={tokenize} />}
      {way === 'iban' && <IbanFields merchant={merchant} problems={problems} />}
      <div className="flex flex-col gap-2">
        <Button type="submit" variant="primary" pending={busy === 'pay'} disabled={way === 'card' && !cards}>
          {registers ? 'Save' : 'Pay'}
        </Button>
        <Button pending={busy === 'cancel'} onClick={cancel}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
