import { LinkButton } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'

export default function NotFound() {
  return (
    <main id="main" className="flex min-h-dvh flex-col items-center justify-center">
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        title="There is nothing here"
        action={
          <LinkButton href="/" variant="primary">
            Go to the start
          </LinkButton>
        }
      >
        This address leads nowhere. It may be mistyped.
      </EmptyState>
    </main>
  )
}
