'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { type MouseEvent, useMemo } from 'react'
import { useShortcuts } from '#components/shortcuts'
import { LinkTabs } from '#components/ui/tabs'
import { useDesk } from '../../desk.tsx'
import { QueryError } from '../../query-error.tsx'
import { type Address, useAddress } from '../../use-address.ts'
import { lastList } from '../last-list.ts'
import { customerRead } from '../reads.ts'
import { CustomerHeader } from './customer-header.tsx'
import { detailAddress, TAB_WORDS, TABS, type Tab } from './detail-address.ts'
import { Freshness } from './freshness.tsx'
import { IdentityCard } from './identity-card.tsx'
import { Overview } from './overview.tsx'

const InstrumentsTab = dynamic(() => import('./instruments-tab.tsx').then((module) => module.InstrumentsTab))
const TransactionsTab = dynamic(() =>
  import('../../transactions/transactions-tab.tsx').then((module) => module.TransactionsTab),
)
const ActivityTab = dynamic(() => import('./activity-tab.tsx').then((module) => module.ActivityTab))
const AuditTab = dynamic(() => import('./audit-tab.tsx').then((module) => module.AuditTab))
const EditDrawer = dynamic(() => import('./edit-drawer.tsx').then((module) => module.EditDrawer), { ssr: false })

/** One customer: who it is at the top, everything else in tabs that the address names. */
export function CustomerDetail({ id, apiBase }: { id: number; apiBase: string }) {
  const { m, can } = useDesk()
  const where = useAddress()
  const { tab, panel, field, reads } = useMemo(() => detailAddress(where.params), [where.params])
  // An open record is never replaced behind the reader's back: Freshness says when there is something newer.
  const customer = useQuery({
    ...customerRead(m, id),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
  const needs = { audit: 'audit:read', transactions: 'transactions:read' } as const
  const tabs = TABS.filter((each) => !(each in needs) || can(needs[each as keyof typeof needs]))
  const editable = can('customers:write') && customer.data?.lifecycle === 'current'
  const edit = (start?: string) => where.go({ panel: 'edit', field: start })
  useDetailKeys({ id, tabs, where, edit: editable ? edit : undefined })
  const shown = tabs.includes(tab) ? tab : 'overview'

  if (!customer.data) {
    return <QueryError error={customer.error} onRetry={() => void customer.refetch()} retrying={customer.isFetching} />
  }
  return (
    <>
      <Freshness customer={customer.data} />
      <CustomerHeader customer={customer.data} onEdit={editable ? edit : undefined} />
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <TabBar tabs={tabs} current={shown} where={where} />
          {shown === 'overview' && <Overview customer={customer.data} />}
          {shown === 'instruments' && <InstrumentsTab customerId={id} />}
          {shown === 'transactions' && (
            <TransactionsTab of={{ customerId: id }} hidden={['customer', 'connector', 'error']} />
          )}
          {shown === 'activity' && (
            <ActivityTab
              id={id}
              reads={reads === '1'}
              onReads={(on) => where.go({ reads: on ? '1' : undefined }, 'replace')}
            />
          )}
          {shown === 'audit' && <AuditTab id={id} />}
        </div>
        <IdentityCard customer={customer.data} apiBase={apiBase} />
      </div>
      {panel === 'edit' && editable && (
        <EditDrawer
          customer={customer.data}
          start={field}
          onClose={() => where.go({ panel: undefined, field: undefined }, 'replace')}
        />
      )}
    </>
  )
}

type TabBarProps = { tabs: readonly Tab[]; current: Tab; where: Address }

const tabParameter = (tab: Tab) => ({ tab: tab === 'overview' ? undefined : tab, reads: undefined })

/** The tabs are links; a plain press changes the address only, since the record is already here. */
function TabBar({ tabs, current, where }: TabBarProps) {
  function press(event: MouseEvent) {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    const link = event.target instanceof Element ? event.target.closest('a') : null
    const tab = tabs.find((each) => where.to(tabParameter(each)) === link?.getAttribute('href'))
    if (!tab) return
    event.preventDefault()
    where.go(tabParameter(tab))
  }
  return (
    <div onClickCapture={press}>
      <LinkTabs
        label="Parts of this customer"
        tabs={tabs.map((each) => ({
          href: where.to(tabParameter(each)),
          label: TAB_WORDS[each],
          current: each === current,
        }))}
      />
    </div>
  )
}

type Keys = { id: number; tabs: readonly Tab[]; where: Address; edit: (() => void) | undefined }

/** `[` and `]` walk the list the reader came from, digits open tabs, `e` edits. */
function useDetailKeys({ id, tabs, where, edit }: Keys) {
  const { m } = useDesk()
  const router = useRouter()
  const group = 'On a customer'

  function step(by: 1 | -1) {
    const ids = lastList(m)?.ids ?? []
    const next = ids[ids.indexOf(id) + by]
    if (ids.includes(id) && next !== undefined) router.push(`/customers/${next}?m=${m}`)
  }

  useShortcuts([
    { keys: '[', label: 'Previous customer of the list', group, run: () => step(-1) },
    { keys: ']', label: 'Next customer of the list', group, run: () => step(1) },
    ...tabs.map((tab, index) => ({
      keys: String(index + 1),
      label: TAB_WORDS[tab],
      group,
      run: () => where.go(tabParameter(tab)),
    })),
    ...(edit ? [{ keys: 'e', label: 'Edit', group, run: () => edit() }] : []),
  ])
}
