'use client'

import { History } from 'lucide-react'
import { Button } from '#components/ui/button'
import { DateTime } from '#components/ui/date-time'
import { Popover } from '#components/ui/popover'
import { undo, useUndoEntries } from '#components/ui/toast'

/** What can still be undone after its toast has gone; kept until sign-out or reload. */
export function RecentChanges() {
  const entries = useUndoEntries()
  const trigger = (
    <Button variant="ghost" className="px-2">
      <History aria-hidden strokeWidth={1.5} />
      <span className="max-xl:sr-only">Recent changes</span>
      {entries.length > 0 && (
        <span data-figures className="rounded-full bg-sunken px-1.5 text-caption text-muted">
          {entries.length}
        </span>
      )}
    </Button>
  )
  return (
    <Popover trigger={trigger} title="Recent changes" align="end">
      {entries.length === 0 ? (
        <p className="text-muted">What you change in this tab can be undone here.</p>
      ) : (
        <ul className="flex flex-col gap-2">
          {entries.map(({ id, title, at }) => (
            <li key={id} className="flex items-start gap-2">
              <div className="min-w-0 flex-1">
                <p className="wrap-anywhere">{title}</p>
                <p className="text-small text-muted">
                  <DateTime at={at} relative />
                </p>
              </div>
              <Button size="small" onClick={() => void undo(id)}>
                Undo<span className="sr-only">: {title}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Popover>
  )
}
