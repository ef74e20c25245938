'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useMemo } from 'react'
import { useShortcuts } from '#components/shortcuts'
import { LinkTabs } from '#components/ui/tabs'
import type { ProfileView } from '#lib/profiles/view'
import { useDesk } from '../../desk.tsx'
import { QueryError } from '../../query-error.tsx'
import { type Address, useAddress } from '../../use-address.ts'
import { profileRead, sharingRead } from '../reads.ts'
import { CustomersTab } from './customers-tab.tsx'
import { DataTab } from './data-tab.tsx'
import { type DetailAddress, detailAddress, TAB_WORDS, TABS, type Tab } from './detail-address.ts'
import { InstrumentsTab } from './instruments-tab.tsx'
import { LocalLinks } from './local-links.tsx'
import { ProfileHeader } from './profile-header.tsx'

const TransactionsTab = dynamic(() =>
  import('../../transactions/transactions-tab.tsx').then((module) => module.TransactionsTab),
)
const InstrumentDrawer = dynamic(() => import('./instrument-drawer.tsx').then((module) => module.InstrumentDrawer), {
  ssr: false,
})
const EditDrawer = dynamic(() => import('./edit-drawer.tsx').then((module) => module.EditDrawer), { ssr: false })
const RemoveDialog = dynamic(() => import('./remove-dialog.tsx').then((module) => module.RemoveDialog), { ssr: false })
const LinkDrawer = dynamic(() => import('./link-drawer.tsx').then((module) => module.LinkDrawer), { ssr: false })
const DeleteDialog = dynamic(() => import('./delete-dialog.tsx').then((module) => module.DeleteDialog), { ssr: false })

/** One profile: what it is at the top, everything else in tabs that the address names. */
export function ProfileDetail({ profileGuid }: { profileGuid: string }) {
  const { m, can } = useDesk()
  const where = useAddress()
  const address = useMemo(() => detailAddress(new URLSearchParams(where.params)), [where.params])
  const profile = useQuery(profileRead(m, profileGuid))
  const sharing = useQuery(sharingRead(m, profileGuid))
  const needs = { instruments: 'instruments:read', transactions: 'transactions:read' } as const
  const tabs = TABS.filter((tab) => !(tab in needs) || can(needs[tab as keyof typeof needs]))
  const shown = tabs.includes(address.tab) ? address.tab : 'data'
  useTabKeys(tabs, where)

  if (!profile.data) {
    return <QueryError error={profile.error} onRetry={() => void profile.refetch()} retrying={profile.isFetching} />
  }
  const counts: Partial<Record<Tab, number>> = {
    instruments: profile.data.instruments.length,
    customers: sharing.data?.links.length,
  }
  return (
    <>
      <ProfileHeader profile={profile.data} onDelete={() => where.go({ panel: 'delete' })} />
      <LocalLinks>
        <div className="flex flex-col gap-4">
          <LinkTabs
            label="Parts of this profile"
            tabs={tabs.map((tab) => ({
              href: where.to(parameters(tab)),
              label: TAB_WORDS[tab],
              current: tab === shown,
              count: counts[tab],
            }))}
          />
          {shown === 'data' && <DataTab profile={profile.data} sharing={sharing} />}
          {shown === 'instruments' && <InstrumentsTab profile={profile.data} where={where} />}
          {shown === 'customers' && <CustomersTab profile={profile.data} sharing={sharing} where={where} />}
          {shown === 'transactions' && <TransactionsTab of={{ profileGuid }} hidden={['connector', 'error']} />}
        </div>
      </LocalLinks>
      <Panels profile={profile.data} address={{ ...address, tab: shown }} where={where} />
    </>
  )
}

const parameters = (tab: Tab) => ({ tab: tab === 'data' ? undefined : tab, peek: undefined, panel: undefined })

/** What lies over the tabs, as the address says and the permissions allow. */
function Panels({ profile, address, where }: { profile: ProfileView; address: DetailAddress; where: Address }) {
  const { can } = useDesk()
  const { tab, peek, panel } = address
  const instrument = tab === 'instruments' ? profile.instruments.find(({ id }) => id === peek) : undefined
  const writes = can('instruments:write')
  const close = () => where.go({ panel: undefined })
  const closeInstrument = () => where.go({ panel: undefined, peek: undefined })
  if (panel === 'delete' && can('profiles:delete')) return <DeleteDialog profile={profile} onClose={close} />
  if (panel === 'link' && can('profiles:write') && !profile.customer) {
    return <LinkDrawer profile={profile} onClose={close} />
  }
  if (!instrument) return null
  if (panel === 'edit' && writes) {
    return <EditDrawer key={instrument.id} profile={profile} instrument={instrument} onClose={closeInstrument} />
  }
  if (panel === 'remove' && writes) {
    return <RemoveDialog key={instrument.id} profile={profile} instrument={instrument} onClose={closeInstrument} />
  }
  return <InstrumentDrawer profile={profile} instrument={instrument} where={where} />
}

/** Digits open tabs. */
function useTabKeys(tabs: readonly Tab[], where: Address) {
  useShortcuts(
    tabs.map((tab, index) => ({
      keys: String(index + 1),
      label: TAB_WORDS[tab],
      group: 'On a profile',
      run: () => where.go(parameters(tab)),
    })),
  )
}
