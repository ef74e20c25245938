'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, TextLink } from '#components/ui/button'
import { Notice } from '#components/ui/notice'
import type { CustomerForm } from '#lib/customers/form'
import { useDesk } from '../desk.tsx'
import { duplicatesRead } from './reads.ts'
import { REASON_WORDS } from './words.ts'

type DuplicateHintProps = {
  /** The form as it was when a telling field was last left. */
  asked: CustomerForm | undefined
  opened: CustomerForm
  except: number | undefined
  /** Saves in spite of them; absent where nothing is created. */
  onCreate: (() => void) | undefined
}

const KEYS = ['email', 'phone', 'memberId'] as const

/** Says who else may be the person being typed, and what this merchant wants done about it. */
export function DuplicateHint({ asked, opened, except, onCreate }: DuplicateHintProps) {
  const { m } = useDesk()
  const moved = asked !== undefined && KEYS.some((key) => asked[key].trim() !== '' && asked[key] !== opened[key])
  const name = asked ? asked.name.trim() || `${asked.firstName} ${asked.lastName}`.trim() : ''
  const question = moved
    ? { name, email: asked.email, phone: asked.phone, memberId: asked.memberId, country: asked.billing.country, except }
    : {}
  const found = useQuery({ ...duplicatesRead(m, question), enabled: moved, placeholderData: keepPreviousData })
  const { candidates = [], policy = 'warn' } = (moved && found.data) || {}
  if (candidates.length === 0) return <div role="status" />
  const refused = policy === 'reject'
  return (
    <div role="status" className="max-h-40 w-full overflow-y-auto">
      <Notice
        tone={refused ? 'danger' : 'warning'}
        action={
          !refused &&
          onCreate && (
            <Button size="small" onClick={onCreate}>
              Create anyway
            </Button>
          )
        }
      >
        <p className="font-medium">
          {refused ? 'This merchant does not keep duplicates.' : 'This customer may exist already.'}
        </p>
        <ul className="mt-1 flex flex-col gap-0.5">
          {candidates.map((candidate) => (
            <li key={candidate.id}>
              <bdi>{candidate.name}</bdi>:{' '}
              {candidate.reasons.map((reason) => REASON_WORDS[reason] ?? reason).join(', ')}.{' '}
              <TextLink href={`/customers/${candidate.id}?m=${m}`} target="_blank">
                Open<span className="sr-only"> {candidate.name} in a new tab</span>
              </TextLink>
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  )
}
