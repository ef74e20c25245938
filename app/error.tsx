'use client'

import { ErrorState } from '#components/ui/error-state'

type ErrorProps = { error: Error & { digest?: string }; reset: () => void }

/** Something failed outside of any frame. */
export default function RootError({ error, reset }: ErrorProps) {
  return (
    <main id="main" className="flex min-h-dvh flex-col items-center justify-center">
      <ErrorState
        title="This page did not load"
        message="Something went wrong on our side. Nothing that you saved is lost; try again."
        requestId={error.digest}
        onRetry={reset}
      />
    </main>
  )
}
