'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { PageHeader } from '#components/page-header'
import { StateBadge } from '#components/ui/badge'
import { Button, TextLink } from '#components/ui/button'
import { Card, type DetailItem, DetailList } from '#components/ui/card'
import { IdValue } from '#components/ui/copy-button'
import { DateTime } from '#components/ui/date-time'
import { OrMissing } from '#components/ui/masked-value'
import { Money } from '#components/ui/money'
import type { TransactionDetail as Detail } from '#lib/transactions/desk'
import { useDesk } from '../../desk.tsx'
import { QueryError } from '../../query-error.tsx'
import { useAddress } from '../../use-address.ts'
import { ConnectorText, CustomerLink, Method } from '../columns.tsx'
import { transactionRead } from '../reads.ts'
import { STATE_WORDS, TYPE_WORDS } from '../words.ts'
import { ChainCard } from './chain-card.tsx'
import { detailAddress, type Panel } from './detail-address.ts'
import { LifeCard } from './life-card.tsx'
import { possible } from './possible.ts'

const FollowDrawer = dynamic(() => import('./follow-drawer.tsx').then((module) => module.FollowDrawer), { ssr: false })

const BUTTONS: Record<Panel, string> = { capture: 'Capture', increment: 'Increment', refund: 'Refund', void: 'Void' }

/** One movement: what it is, what happened to it, what continues it, and what may be done. */
export function TransactionDetail({ uuid }: { uuid: string }) {
  const { m, can } = useDesk()
  const where = useAddress()
  const found = useQuery(transactionRead(m, uuid))
  const { panel } = detailAddress(where.params)
  if (!found.data) {
    return <QueryError error={found.error} onRetry={() => void found.refetch()} retrying={found.isFetching} />
  }
  const acts = can('transactions:write') ? possible(found.data) : []
  const open = acts.find(({ what }) => what === panel)
  return (
    <>
      <Header
        transaction={found.data}
        acts={acts.map(({ what }) => what)}
        onAct={(what) => where.go({ panel: what })}
      />
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <ChainCard transaction={found.data} />
          <LifeCard transaction={found.data} />
        </div>
        <Facts transaction={found.data} />
      </div>
      {open && (
        <FollowDrawer
          key={open.what}
          transaction={found.data}
          what={open.what}
          upTo={open.upTo}
          onClose={() => where.go({ panel: undefined }, 'replace')}
        />
      )}
    </>
  )
}

type HeaderProps = { transaction: Detail; acts: readonly Panel[]; onAct: (what: Panel) => void }

function Header({ transaction, acts, onAct }: HeaderProps) {
  const { m } = useDesk()
  const { type, state, amountMinor, currency, merchantTransactionId, errorMessage } = transaction
  const [main, ...others] = acts
  return (
    <PageHeader
      breadcrumbs={[{ label: 'Transactions', href: `/transactions?m=${m}` }, { label: merchantTransactionId }]}
      title={
        <span className="inline-flex flex-wrap items-center gap-x-2">
          {TYPE_WORDS[type]} {amountMinor !== null && <Money amountMinor={amountMinor} currency={currency} />}
        </span>
      }
      context={
        <span className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
          <StateBadge word={STATE_WORDS[state]} />
          {errorMessage && <span>{errorMessage}</span>}
          <ConnectorText row={transaction} />
        </span>
      }
      primary={
        main && (
          <Button variant="primary" onClick={() => onAct(main)}>
            {BUTTONS[main]}
          </Button>
        )
      }
      secondary={others.map((what) => (
        <Button key={what} onClick={() => onAct(what)}>
          {BUTTONS[what]}
        </Button>
      ))}
    />
  )
}

function Facts({ transaction }: { transaction: Detail }) {
  const { m } = useDesk()
  const { uuid, merchantTransactionId, purchaseId, profile, paymentToken, description, holderName } = transaction
  const { adapterCode, adapterMessage, errorCode, createdAt, settledAt } = transaction
  const id = (value: string, label: string) => <IdValue value={value} label={label} />
  const items: DetailItem[] = [
    { label: 'Your id', value: id(merchantTransactionId, 'merchant transaction id') },
    { label: 'UUID', value: id(uuid, 'UUID') },
    { label: 'Purchase id', value: id(purchaseId, 'purchase id') },
    { label: 'Customer', value: <CustomerLink row={transaction} /> },
    { label: 'Method', value: <Method row={transaction} /> },
    { label: 'Holder', value: <OrMissing>{holderName && <bdi>{holderName}</bdi>}</OrMissing> },
    {
      label: 'Profile',
      value: (
        <OrMissing>
          {profile && (
            <TextLink href={`/profiles/${profile.profileGuid}?m=${m}`} prefetch={false}>
              {profile.profileGuid}
            </TextLink>
          )}
        </OrMissing>
      ),
    },
    { label: 'Payment token', value: <OrMissing>{paymentToken && id(paymentToken, 'payment token')}</OrMissing> },
    { label: 'Description', value: <OrMissing>{description && <bdi>{description}</bdi>}</OrMissing> },
    { label: 'Error code', value: <OrMissing>{errorCode}</OrMissing> },
    {
      label: 'Gateway says',
      value: <OrMissing>{[adapterCode, adapterMessage].filter(Boolean).join(': ') || null}</OrMissing>,
    },
    { label: 'Begun', value: <DateTime at={createdAt} /> },
    { label: 'Settled', value: <OrMissing>{settledAt && <DateTime at={settledAt} />}</OrMissing> },
  ]
  return (
    <Card title="Details">
      <DetailList items={items} />
    </Card>
  )
}
