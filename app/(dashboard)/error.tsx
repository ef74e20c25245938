'use client'

import { ErrorState } from '#components/ui/error-state'

type ErrorProps = { error: Error & { digest?: string }; reset: () => void }

/** A page of the dashboard failed; the frame around it keeps working. */
export default function DashboardError({ error, reset }: ErrorProps) {
  return (
    <ErrorState
      title="This page did not load"
      message="Something went wrong on our side. Nothing that you saved is lost; try again."
      requestId={error.digest}
      onRetry={reset}
    />
  )
}
