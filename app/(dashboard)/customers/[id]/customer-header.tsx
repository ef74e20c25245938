'use client'

import { useQuery } from '@tanstack/react-query'
import { Archive, ArchiveRestore, ChevronLeft, ChevronRight, Copy, Pencil } from 'lucide-react'
import { useEffect, useState } from 'react'
import { PageHeader } from '#components/page-header'
import { Badge } from '#components/ui/badge'
import { Button, LinkButton, TextLink } from '#components/ui/button'
import type { MenuEntry } from '#components/ui/menu'
import { Notice } from '#components/ui/notice'
import { notify } from '#components/ui/toast'
import type { CustomerView } from '#lib/customers/view'
import { useDesk } from '../../desk.tsx'
import { StatusBadge, VerificationBadge } from '../badges.tsx'
import { type LastList, lastList } from '../last-list.ts'
import { duplicatesOfRead } from '../reads.ts'
import { useCustomerWrites } from '../use-writes.ts'
import { LIFECYCLE_WORDS, MISSING_WORDS, REASON_WORDS } from '../words.ts'

type CustomerHeaderProps = { customer: CustomerView; onEdit: ((field?: string) => void) | undefined }

/** The name, the states, what is missing, and what can be done. */
export function CustomerHeader({ customer, onEdit }: CustomerHeaderProps) {
  const { can } = useDesk()
  const { setLifecycle } = useCustomerWrites()
  const list = useLastList()
  const archived = customer.lifecycle === 'archived'
  const menu: MenuEntry[] = [{ label: 'Copy as JSON', icon: Copy, onSelect: () => void copyJson(customer) }]
  const moving = can('customers:archive') && (archived || customer.lifecycle === 'current')
  const Icon = archived ? ArchiveRestore : Archive
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Customers', href: list.href }, { label: customer.name }]}
        title={<bdi>{customer.name}</bdi>}
        context={<States customer={customer} />}
        primary={
          onEdit && (
            <Button variant="primary" onClick={() => onEdit()}>
              <Pencil aria-hidden strokeWidth={1.5} />
              Edit
            </Button>
          )
        }
        secondary={
          <>
            <Neighbours id={customer.id} ids={list.ids} />
            {moving && (
              <Button onClick={() => void setLifecycle(customer, archived ? 'current' : 'archived')}>
                <Icon aria-hidden strokeWidth={1.5} />
                {archived ? 'Restore' : 'Archive'}
              </Button>
            )}
          </>
        }
        menu={menu}
      />
      <Duplicates customer={customer} />
      <Missing customer={customer} onEdit={onEdit} />
    </>
  )
}

async function copyJson(customer: CustomerView) {
  await navigator.clipboard.writeText(JSON.stringify(customer, null, 2))
  notify({ title: 'Copied', description: 'The customer as JSON, as you may see it.' })
}

/** Known only in the browser: on the server no list was left. */
function useLastList(): Pick<LastList, 'ids' | 'href'> {
  const { m } = useDesk()
  const [list, setList] = useState<Pick<LastList, 'ids' | 'href'>>({ ids: [], href: `/customers?m=${m}` })
  useEffect(() => {
    const known = lastList(m)
    if (known) setList(known)
  }, [m])
  return list
}

function Neighbours({ id, ids }: { id: number; ids: readonly number[] }) {
  const { m } = useDesk()
  const at = ids.indexOf(id)
  if (at < 0) return null
  const [before, after] = [ids[at - 1], ids[at + 1]]
  return (
    <span className="flex gap-1 max-sm:hidden">
      {before !== undefined && (
        <LinkButton href={`/customers/${before}?m=${m}`} aria-label="Previous customer" prefetch={false}>
          <ChevronLeft aria-hidden strokeWidth={1.5} className="rtl:rotate-180" />
        </LinkButton>
      )}
      {after !== undefined && (
        <LinkButton href={`/customers/${after}?m=${m}`} aria-label="Next customer" prefetch={false}>
          <ChevronRight aria-hidden strokeWidth={1.5} className="rtl:rotate-180" />
        </LinkButton>
      )}
    </span>
  )
}

function States({ customer }: { customer: CustomerView }) {
  return (
    <span className="mt-1 flex flex-wrap items-center gap-2">
      <StatusBadge status={customer.status} />
      <VerificationBadge verificationStatus={customer.verificationStatus} />
      {customer.lifecycle !== 'current' && <Badge icon={Archive}>{LIFECYCLE_WORDS[customer.lifecycle]}</Badge>}
      {customer.company && customer.company !== customer.name && <bdi>{customer.company}</bdi>}
    </span>
  )
}

function Duplicates({ customer }: { customer: CustomerView }) {
  const { m } = useDesk()
  const found = useQuery({ ...duplicatesOfRead(m, customer.id), staleTime: 60_000 })
  const candidates = found.data ?? []
  if (candidates.length === 0 || customer.lifecycle !== 'current') return null
  return (
    <Notice tone="warning" className="mb-4">
      Possible {candidates.length === 1 ? 'duplicate' : 'duplicates'}:{' '}
      {candidates.map((candidate, index) => (
        <span key={candidate.id}>
          {index > 0 && ', '}
          <TextLink href={`/customers/${candidate.id}?m=${m}`}>
            <bdi>{candidate.name}</bdi>
          </TextLink>{' '}
          ({candidate.reasons.map((reason) => REASON_WORDS[reason] ?? reason).join(', ')})
        </span>
      ))}
    </Notice>
  )
}

/** Where in the form a missing thing is entered; what is not entered there leads elsewhere. */
const FIELDS: Readonly<Record<string, string>> = { billingAddress: 'billing.street' }
const ELSEWHERE = new Set(['instrument', 'lawfulBasis'])

function Missing({ customer, onEdit }: CustomerHeaderProps) {
  const { m } = useDesk()
  if (customer.missing.length === 0 || customer.lifecycle !== 'current') return null
  return (
    <p className="mb-4 text-small text-muted">
      {customer.completeness} % complete. Missing:{' '}
      {customer.missing.map((field, index) => {
        const word = MISSING_WORDS[field] ?? field
        const href = `/customers/${customer.id}?m=${m}`
        const target =
          field === 'instrument' ? `${href}&tab=instruments` : `${href}&panel=edit&field=${FIELDS[field] ?? field}`
        const linked = field === 'instrument' || (onEdit && !ELSEWHERE.has(field))
        return (
          <span key={field}>
            {index > 0 && ', '}
            {linked ? <TextLink href={target}>{word}</TextLink> : word}
          </span>
        )
      })}
      .
    </p>
  )
}
