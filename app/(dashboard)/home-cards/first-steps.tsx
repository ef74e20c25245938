'use client'

import { Check, Circle } from 'lucide-react'
import { useState } from 'react'
import { Button, TextLink } from '#components/ui/button'
import { Card } from '#components/ui/card'
import type { FirstSteps as Steps } from '#lib/analytics/home'
import { useDesk } from '../desk.tsx'
import { savePreferencesAction } from '../preferences.ts'
import { dismissedKey } from './dismissed.ts'

type Step = { done: boolean; label: string; why: string; href: string }

function stepsOf({ customer, key, colleague }: Steps, m: number): Step[] {
  const all: (Omit<Step, 'done'> & { done: boolean | null })[] = [
    {
      done: customer,
      label: 'Add the first customer',
      why: 'Everything else hangs on customers: their wallets, notes and history.',
      href: `/customers?m=${m}&panel=new`,
    },
    {
      done: key,
      label: 'Make an API key',
      why: 'With a key your shop sends customers and payments by itself.',
      href: `/access/keys?m=${m}&panel=new`,
    },
    {
      done: colleague,
      label: 'Invite a colleague',
      why: 'Everybody works under their own name, with just the permissions they need.',
      href: `/access/team?m=${m}&panel=invite`,
    },
  ]
  return all.flatMap(({ done, ...step }) => (done === null ? [] : [{ done, ...step }]))
}

/** Whether any step is left that this reader can take. */
export const hasOpenSteps = (steps: Steps): boolean => Object.values(steps).includes(false)

/** What a new merchant does first; leaves once done or dismissed. */
export function FirstSteps({ steps, onDismiss }: { steps: Steps; onDismiss: () => void }) {
  const { m } = useDesk()
  const [failed, setFailed] = useState(false)
  const [pending, setPending] = useState(false)

  async function dismiss() {
    setPending(true)
    const answer = await savePreferencesAction(m, { [dismissedKey(m)]: true }).catch(() => undefined)
    setPending(false)
    setFailed(!answer?.ok)
    if (answer?.ok) onDismiss()
  }

  return (
    <Card
      title="First steps"
      action={
        <Button size="small" variant="ghost" pending={pending} onClick={() => void dismiss()}>
          Dismiss<span className="sr-only"> first steps</span>
        </Button>
      }
    >
      <ol className="flex flex-col gap-3">
        {stepsOf(steps, m).map(({ done, label, why, href }) => {
          const Icon = done ? Check : Circle
          return (
            <li key={label} className="flex items-start gap-2">
              <Icon
                aria-hidden
                strokeWidth={1.5}
                className={done ? 'mt-0.5 size-4 shrink-0 text-success-text' : 'mt-0.5 size-4 shrink-0 text-subtle'}
              />
              <span className="min-w-0">
                {done ? (
                  <span className="text-muted">
                    {label} <span className="text-small">(done)</span>
                  </span>
                ) : (
                  <>
                    <TextLink href={href} prefetch={false} className="font-medium">
                      {label}
                    </TextLink>
                    <span className="block text-small text-muted">{why}</span>
                  </>
                )}
              </span>
            </li>
          )
        })}
      </ol>
      <p role="alert" className="pt-3 text-small text-danger-text empty:hidden">
        {failed && 'The list could not be dismissed; the server did not take it. Try again.'}
      </p>
    </Card>
  )
}
