'use client'

import { Upload, Users } from 'lucide-react'
import { Button, LinkButton } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { ErrorState } from '#components/ui/error-state'
import { ForbiddenState } from '#components/ui/forbidden-state'
import { NoMatchState } from '#components/ui/no-match-state'
import { Notice } from '#components/ui/notice'
import { Loading, Skeleton, SkeletonText } from '#components/ui/skeleton'
import { notify } from '#components/ui/toast'
import { Chapter, Entry } from './entry.tsx'

/** The six states of a list, a card or a tab, and sentences over a page. */
export function States() {
  return (
    <Chapter title="States">
      <Entry id="state-loading" title="Loading" stacked>
        <Loading label="details">
          <div className="flex flex-col gap-3">
            <Skeleton className="h-6 w-40" />
            <SkeletonText lines={3} />
          </div>
        </Loading>
      </Entry>
      <Entry id="state-empty" title="Empty" bare>
        <EmptyState
          icon={Users}
          title="No customers yet"
          action={
            <>
              <Button variant="primary">Add customer</Button>
              <LinkButton href="#state-empty">
                <Upload aria-hidden strokeWidth={1.5} />
                Import customers
              </LinkButton>
            </>
          }
        >
          Customers hold contact data, instruments and consents in one place. Add the first one or import a file.
        </EmptyState>
      </Entry>
      <Entry id="state-no-match" title="No match" bare>
        <NoMatchState
          filters={['Status any of Active, Pending', 'Country is Germany']}
          clear={<Button>Clear filters</Button>}
        />
      </Entry>
      <Entry id="state-error" title="Error" bare>
        <ErrorState
          message="The list could not be read. Nothing was changed; try again in a moment."
          requestId="req_5f0b2c"
          onRetry={() => notify({ title: 'Asked again' })}
        />
      </Entry>
      <Entry id="state-forbidden" title="Forbidden" bare>
        <ForbiddenState permission="customers:write" grantedBy="an owner or an admin of Harbor Books" />
      </Entry>
      <Entry id="state-partial" title="Partial, and other sentences over a page" stacked>
        <Notice tone="warning" action={<Button size="small">Retry</Button>}>
          Transactions could not be read; everything else is complete.
        </Notice>
        <Notice action={<Button size="small">Show changes</Button>}>Changed by Grace Hopper two minutes ago.</Notice>
        <Notice tone="danger">You are offline. Reading works, saving does not.</Notice>
        <Notice tone="success">All 4,000 rows were imported.</Notice>
        <Notice tone="neutral" action={<Button size="small">Reload</Button>}>
          A new version is there.
        </Notice>
      </Entry>
    </Chapter>
  )
}
