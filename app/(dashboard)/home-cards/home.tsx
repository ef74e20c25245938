'use client'

import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { KeyRound, UserCog, UserPlus, WalletCards } from 'lucide-react'
import { useState } from 'react'
import { PageHeader } from '#components/page-header'
import { LinkButton } from '#components/ui/button'
import { Card } from '#components/ui/card'
import { EmptyState } from '#components/ui/empty-state'
import type { MenuEntry } from '#components/ui/menu'
import type { HomeFigures } from '#lib/analytics/home'
import { useDesk } from '../desk.tsx'
import { QueryError } from '../query-error.tsx'
import { Attention } from './attention.tsx'
import { FirstSteps, hasOpenSteps } from './first-steps.tsx'
import { firstStepsRead, homeRead, recentRead } from './reads.ts'
import { Recent } from './recent.tsx'
import { Tiles, TilesLoading } from './tiles.tsx'

/** The first screen: what is new, what must be done, and the ways on. Each card loads and fails by itself. */
export function Home({ merchant, dismissed }: { merchant: string; dismissed: boolean }) {
  const { m } = useDesk()
  const [hidden, setHidden] = useState(dismissed)
  const figures = useQuery(homeRead(m))
  const steps = useQuery({ ...firstStepsRead(m), enabled: !hidden })
  const recent = useQuery(recentRead(m))
  const checklist = !hidden && steps.data && hasOpenSteps(steps.data) && (
    <FirstSteps steps={steps.data} onDismiss={() => setHidden(true)} />
  )
  const { data } = figures
  const empty = data?.current.value === 0 && data.added.count.value === 0 && recent.data?.data.length === 0
  return (
    <>
      <Header merchant={merchant} />
      <div className="flex flex-col gap-4">
        {checklist}
        {empty ? (
          !checklist && <Nothing />
        ) : (
          <>
            {data && <Attention figures={data} m={m} />}
            <Figures figures={figures} />
            <Recent />
          </>
        )}
      </div>
    </>
  )
}

function Figures({ figures }: { figures: UseQueryResult<HomeFigures> }) {
  const { m } = useDesk()
  if (figures.data) return <Tiles figures={figures.data} m={m} />
  if (!figures.isError) return <TilesLoading />
  return (
    <Card>
      <QueryError error={figures.error} onRetry={() => void figures.refetch()} retrying={figures.isFetching} />
    </Card>
  )
}

/** The quick actions that the reader may take: the most usual one outside, the others in the menu. */
function Header({ merchant }: { merchant: string }) {
  const { m, can } = useDesk()
  const menu: MenuEntry[] = []
  if (can('keys:write')) menu.push({ label: 'Make an API key', icon: KeyRound, href: `/access/keys?m=${m}&panel=new` })
  if (can('team:write')) {
    menu.push({ label: 'Invite a colleague', icon: UserCog, href: `/access/team?m=${m}&panel=invite` })
  }
  return (
    <PageHeader
      title="Home"
      context={merchant}
      primary={
        can('customers:write') && (
          <LinkButton href={`/customers?m=${m}&panel=new`} variant="primary" prefetch={false}>
            <UserPlus aria-hidden strokeWidth={1.5} />
            Add customer
          </LinkButton>
        )
      }
      secondary={
        can('profiles:read') && (
          <LinkButton href={`/profiles?m=${m}`} prefetch={false}>
            <WalletCards aria-hidden strokeWidth={1.5} />
            Find a profile
          </LinkButton>
        )
      }
      menu={menu}
    />
  )
}

function Nothing() {
  return (
    <Card>
      <EmptyState icon={UserPlus} title="No customers yet">
        Figures and recent customers appear here as soon as a system sends the first customer or a colleague adds one.
      </EmptyState>
    </Card>
  )
}
