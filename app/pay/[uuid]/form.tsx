'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { Notice } from '#components/ui/notice'
import { answerChallengeAction } from './actions.ts'

const DONE = 'This payment is settled. You can close this page.'

export function ChallengeForm({ uuid, open }: { uuid: string; open: boolean }) {
  const [said, setSaid] = useState(open ? undefined : DONE)
  const [problem, setProblem] = useState<string>()
  const [pending, setPending] = useState(false)

  async function decide(decision: 'success' | 'error' | 'cancelled') {
    setPending(true)
    setProblem(undefined)
    const answer = await answerChallengeAction(uuid, decision)
    if (answer.ok && answer.data.next) return location.assign(answer.data.next)
    // A payment that came from the page goes back to it: another card may be tried.
    if (answer.ok && answer.data.state === 'redirect') return location.reload()
    setPending(false)
    if (answer.ok) setSaid(DONE)
    else setProblem(`${answer.error.message}. Please try again.`)
  }

  if (said) return <p role="status">{said}</p>
  return (
    <div className="flex flex-col gap-2">
      {problem && (
        <Notice tone="danger" role="alert">
          {problem}
        </Notice>
      )}
      <Button variant="primary" pending={pending} onClick={() => decide('success')}>
        Approve
      </Button>
      <Button disabled={pending} onClick={() => decide('error')}>
        Decline
      </Button>
      <Button disabled={pending} onClick={() => decide('cancelled')}>
        Cancel
      </Button>
    </div>
  )
}
