'use client'

import { BellRing, CircleCheck, CircleX, type LucideIcon, Play, UserCheck } from 'lucide-react'
import { Timeline, type TimelineItem } from '#components/timeline'
import { Card } from '#components/ui/card'
import { DateTime } from '#components/ui/date-time'
import type { CallbackView, TransactionDetail } from '#lib/transactions/desk'

const tries = (count: number): string => (count === 1 ? '1 attempt' : `${count} attempts`)

function callbackItem(callback: CallbackView): TimelineItem {
  const { id, state, transactionState, attempts, lastStatus, lastProblem, nextAt, deliveredAt, createdAt } = callback
  const said = { waiting: 'waits to be delivered', delivered: 'was acknowledged', given_up: 'was given up' }[state]
  const why = lastProblem ?? (lastStatus === null || state === 'delivered' ? undefined : `It answered ${lastStatus}.`)
  return {
    id: `callback ${id}`,
    at: deliveredAt ?? createdAt,
    icon: BellRing,
    title: `The callback of “${transactionState}” ${said} after ${tries(attempts)}`,
    more: (
      <>
        {why && <p className="text-small text-muted">{why}</p>}
        {nextAt && (
          <p className="text-small text-muted">
            Next attempt <DateTime at={nextAt} relative />
          </p>
        )}
      </>
    ),
  }
}

const END: Partial<Record<TransactionDetail['state'], { icon: LucideIcon; title: string }>> = {
  success: { icon: CircleCheck, title: 'It succeeded' },
  error: { icon: CircleX, title: 'It failed' },
  cancelled: { icon: CircleX, title: 'It was cancelled' },
}

/** What happened to a movement, the newest first. */
export function LifeCard({ transaction }: { transaction: TransactionDetail }) {
  const { state, createdAt, settledAt, callbacks, redirectUrl, errorMessage } = transaction
  const end = END[state]
  const items: TimelineItem[] = [
    ...callbacks.map(callbackItem),
    ...(end && settledAt
      ? [{ id: 'end', at: settledAt, ...end, more: errorMessage && <p className="text-small">{errorMessage}</p> }]
      : []),
    ...(redirectUrl
      ? [{ id: 'redirect', at: createdAt, icon: UserCheck, title: 'The person was asked to confirm it' }]
      : []),
    { id: 'begin', at: createdAt, icon: Play, title: 'It was begun and sent to the gateway' },
  ]
  return (
    <Card title="What happened">
      <Timeline label="What happened" items={items} />
    </Card>
  )
}
