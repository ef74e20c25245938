'use client'

import { CircleAlert } from 'lucide-react'
import { Button } from './button.tsx'
import { CopyButton } from './copy-button.tsx'
import { EmptyState } from './empty-state.tsx'

export type ErrorStateProps = {
  /** What happened, what was kept, what to do: one plain sentence. */
  message: string
  title?: string
  requestId?: string
  onRetry?: () => void
  retrying?: boolean
}

/** One list or card failed; the others keep working. */
export function ErrorState({ message, title = 'This did not load', requestId, onRetry, retrying }: ErrorStateProps) {
  return (
    <EmptyState
      role="alert"
      icon={CircleAlert}
      title={title}
      action={
        onRetry && (
          <Button onClick={onRetry} pending={retrying}>
            Retry
          </Button>
        )
      }
    >
      <p>{message}</p>
      {requestId && (
        <p className="mt-1 inline-flex items-center gap-1 text-small">
          Request <code className="font-mono">{requestId}</code>
          <CopyButton value={requestId} label="Copy request id" />
        </p>
      )}
    </EmptyState>
  )
}
