'use client'

import { ErrorState } from '#components/ui/error-state'
import { ForbiddenState } from '#components/ui/forbidden-state'
import { useDesk } from './desk.tsx'
import { readError } from './internal.ts'

type QueryErrorProps = { error: unknown; onRetry: () => void; retrying?: boolean }

/** Why a list, card or tab has nothing to show; the rest of the page keeps working. */
export function QueryError({ error, onRetry, retrying }: QueryErrorProps) {
  const { grantedBy } = useDesk()
  const { code, message, requestId, details } = readError(error)
  if (code === 'PERMISSION_MISSING') {
    return <ForbiddenState permission={String(details?.permission ?? '')} grantedBy={grantedBy} />
  }
  const sentence = /[.!?]$/.test(message) ? message : `${message}.`
  return <ErrorState message={sentence} requestId={requestId} onRetry={onRetry} retrying={retrying} />
}
