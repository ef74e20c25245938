import { FileQuestionMark } from 'lucide-react'
import { LinkButton } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'

/** The same for what never existed and for what belongs to another merchant. */
export default function NotFound() {
  return (
    <EmptyState
      icon={FileQuestionMark}
      title="There is nothing here"
      action={
        <LinkButton href="/customers" variant="primary">
          Go to customers
        </LinkButton>
      }
    >
      <h1 className="sr-only">Not found</h1>
      This address leads to no record that you can see. It may be mistyped, or the record belongs to another merchant.
    </EmptyState>
  )
}
