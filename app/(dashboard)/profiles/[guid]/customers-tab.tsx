'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { Link2, Unlink, Users } from 'lucide-react'
import { Button, LinkButton, TextLink } from '#components/ui/button'
import { Card } from '#components/ui/card'
import { EmptyState } from '#components/ui/empty-state'
import { Loading, SkeletonText } from '#components/ui/skeleton'
import { Cell, ColumnHeader, RowHeader, Table, TableHead, TableRow } from '#components/ui/table'
import type { ProfileLinkAt, Sharing } from '#lib/profiles/sharing'
import type { ProfileView } from '#lib/profiles/view'
import { useDesk } from '../../desk.tsx'
import { QueryError } from '../../query-error.tsx'
import type { Address } from '../../use-address.ts'
import { useProfileWrites } from './use-writes.ts'

type CustomersTabProps = { profile: ProfileView; sharing: UseQueryResult<Sharing>; where: Address }

/** Whose customers the profile belongs to, merchant by merchant. */
export function CustomersTab({ profile, sharing, where }: CustomersTabProps) {
  const { can } = useDesk()
  if (!sharing.data) {
    return (
      <Card>
        {sharing.isError ? (
          <QueryError error={sharing.error} onRetry={() => void sharing.refetch()} retrying={sharing.isFetching} />
        ) : (
          <Loading label="linked customers">
            <SkeletonText />
          </Loading>
        )}
      </Card>
    )
  }
  const { links } = sharing.data
  const add = can('profiles:write') && !profile.customer && (
    <Button onClick={() => where.go({ panel: 'link' })}>
      <Link2 aria-hidden strokeWidth={1.5} />
      Link customer
    </Button>
  )
  if (links.length === 0) {
    return (
      <Card>
        <EmptyState icon={Users} title="No customer is linked" action={add}>
          Linked to a customer, the profile’s instruments appear on that customer and can be charged from there.
        </EmptyState>
      </Card>
    )
  }
  return (
    <Card title="Linked customers" action={add} flush>
      <Table caption="Linked customers">
        <TableHead>
          <ColumnHeader>Merchant</ColumnHeader>
          <ColumnHeader>Customer</ColumnHeader>
          <ColumnHeader className="w-9">
            <span className="sr-only">Actions</span>
          </ColumnHeader>
        </TableHead>
        <tbody>
          {links.map((link, index) => (
            <LinkRow key={link.merchant?.id ?? `other ${index}`} link={link} profileGuid={profile.profileGuid} />
          ))}
        </tbody>
      </Table>
    </Card>
  )
}

function LinkRow({ link: { merchant, customer }, profileGuid }: { link: ProfileLinkAt; profileGuid: string }) {
  const { m, can } = useDesk()
  const { unlink } = useProfileWrites()
  return (
    <TableRow>
      <RowHeader>{merchant ? <bdi>{merchant.name}</bdi> : 'Another merchant'}</RowHeader>
      <Cell>
        {customer ? (
          <TextLink href={`/customers/${customer.id}?m=${m}`} prefetch={false}>
            <bdi>{customer.name}</bdi>
          </TextLink>
        ) : (
          <span className="text-muted">{merchant ? 'Shown at that merchant' : 'Not shown here'}</span>
        )}
      </Cell>
      <Cell className="px-1 text-end whitespace-nowrap">
        {customer && can('profiles:write') && (
          <Button
            size="small"
            variant="ghost"
            onClick={() => void unlink({ profileGuid, customerId: customer.id }, customer.name)}
          >
            <Unlink aria-hidden strokeWidth={1.5} />
            Unlink<span className="sr-only"> {customer.name}</span>
          </Button>
        )}
        {merchant && !merchant.own && (
          <LinkButton
            size="small"
            variant="ghost"
            prefetch={false}
            href={`/profiles/${profileGuid}?m=${merchant.id}&tab=customers`}
          >
            Open there
          </LinkButton>
        )}
      </Cell>
    </TableRow>
  )
}
