'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { CreditCard } from 'lucide-react'
import { useState } from 'react'
import { Card } from '#components/ui/card'
import { EmptyState } from '#components/ui/empty-state'
import { Loading, Skeleton } from '#components/ui/skeleton'
import { notify } from '#components/ui/toast'
import type { InstrumentView } from '#lib/instruments/view'
import { useDesk } from '../../desk.tsx'
import { QueryError } from '../../query-error.tsx'
import { setPreferredAction } from '../actions.ts'
import { instrumentsRead } from '../reads.ts'
import { refreshCustomer } from '../use-writes.ts'
import { instrumentText } from '../words.ts'
import { InstrumentCard } from './instrument-card.tsx'
import { RemoveInstrument } from './remove-instrument.tsx'

/** Choosing the preferred instrument of a profile: at once on the screen, taken back when the server refuses. */
function usePrefer(customerId: number, list: readonly InstrumentView[]) {
  const { m } = useDesk()
  const client = useQueryClient()
  const refresh = () => refreshCustomer(client, m, customerId)

  async function prefer(
    profileGuid: string,
    next: InstrumentView | undefined,
    expectedVersion?: number,
  ): Promise<void> {
    const before = list.find((each) => each.isPreferred && each.profileGuid === profileGuid)
    const { queryKey } = instrumentsRead(m, customerId)
    const kept = client.getQueryData<InstrumentView[]>(queryKey)
    client.setQueryData<InstrumentView[]>(queryKey, (rows) =>
      rows?.map((row) => (row.profileGuid === profileGuid ? { ...row, isPreferred: row.id === next?.id } : row)),
    )
    const answer = await setPreferredAction(m, { profileGuid, instrumentId: next?.id ?? null, expectedVersion }).catch(
      () => undefined,
    )
    if (!answer?.ok) {
      client.setQueryData(queryKey, kept)
      const description = answer?.error.message ?? 'The server could not be reached'
      notify({ title: 'The preferred instrument was not changed', description, failed: true })
      return refresh()
    }
    const { version } = answer.data
    notify({
      title: next ? `${instrumentText(next)} is preferred now` : 'No instrument is preferred now',
      undo: () => prefer(profileGuid, before, version),
    })
    return refresh()
  }

  return { prefer, refresh }
}

/** The saved cards, accounts and wallets of a customer. Reading them is audited. */
export function InstrumentsTab({ customerId }: { customerId: number }) {
  const { m, can } = useDesk()
  const instruments = useQuery(instrumentsRead(m, customerId))
  const [removing, setRemoving] = useState<InstrumentView>()
  const list = instruments.data ?? []
  const { prefer, refresh } = usePrefer(customerId, list)

  if (instruments.isError) {
    return (
      <Card>
        <QueryError
          error={instruments.error}
          onRetry={() => void instruments.refetch()}
          retrying={instruments.isFetching}
        />
      </Card>
    )
  }
  if (!instruments.data) {
    return (
      <Loading label="instruments">
        <div className="grid gap-4 2xl:grid-cols-2">
          <Skeleton className="h-44" />
          <Skeleton className="h-44" />
        </div>
      </Loading>
    )
  }
  if (list.length === 0) {
    return (
      <Card>
        <EmptyState icon={CreditCard} title="No instruments yet">
          A card, account or wallet appears here once a payment saved it. No form takes a card number.
        </EmptyState>
      </Card>
    )
  }
  return (
    <>
      <ul aria-label="Instruments" className="grid gap-4 2xl:grid-cols-2">
        {list.map((instrument) => (
          <li key={instrument.id}>
            <InstrumentCard
              instrument={instrument}
              onPrefer={can('instruments:write') ? () => void prefer(instrument.profileGuid, instrument) : undefined}
              onRemove={can('instruments:write') ? () => setRemoving(instrument) : undefined}
            />
          </li>
        ))}
      </ul>
      {removing && (
        <RemoveInstrument
          instrument={removing}
          others={list.filter(({ id, profileGuid }) => id !== removing.id && profileGuid === removing.profileGuid)}
          onDone={refresh}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </>
  )
}
