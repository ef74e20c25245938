import { SearchX } from 'lucide-react'
import { EmptyState } from './empty-state.tsx'

export type NoMatchStateProps = {
  /** What is being looked for, as the chips say it: "Status is Active". */
  filters: readonly string[]
  /** The "Clear filters" button or link. */
  clear: React.ReactNode
}

/** Records exist, but none fits; names the filters that are active. */
export function NoMatchState({ filters, clear }: NoMatchStateProps) {
  return (
    <EmptyState role="status" icon={SearchX} title="Nothing matches" action={clear}>
      <p>No record fits all of these:</p>
      <ul className="mt-1">
        {filters.map((filter) => (
          <li key={filter}>{filter}</li>
        ))}
      </ul>
    </EmptyState>
  )
}
