'use client'

import { useQuery } from '@tanstack/react-query'
import { LinkButton } from '#components/ui/button'
import { DetailList } from '#components/ui/card'
import { IdValue } from '#components/ui/copy-button'
import { DateTime } from '#components/ui/date-time'
import { Drawer } from '#components/ui/drawer'
import { OrMissing } from '#components/ui/masked-value'
import { Loading, SkeletonText } from '#components/ui/skeleton'
import { useDesk } from '../desk.tsx'
import { QueryError } from '../query-error.tsx'
import { StatusBadge, VerificationBadge } from './badges.tsx'
import { customerRead } from './reads.ts'

/** A customer beside the list, for a quick look. */
export function PeekDrawer({ id, onClose }: { id: number; onClose: () => void }) {
  const { m, can } = useDesk()
  const customer = useQuery(customerRead(m, id))
  const href = `/customers/${id}?m=${m}`
  return (
    <Drawer
      open
      onOpenChange={(open) => open || onClose()}
      title={customer.data?.name ?? 'Customer'}
      footer={
        <>
          {can('customers:write') && customer.data?.lifecycle === 'current' && (
            <LinkButton href={`${href}&panel=edit`}>Edit</LinkButton>
          )}
          <LinkButton href={href} variant="primary">
            Open
          </LinkButton>
        </>
      }
    >
      {customer.isError ? (
        <QueryError error={customer.error} onRetry={() => void customer.refetch()} retrying={customer.isFetching} />
      ) : customer.data ? (
        <DetailList
          items={[
            { label: 'Status', value: <StatusBadge status={customer.data.status} /> },
            {
              label: 'Verification',
              value: <VerificationBadge verificationStatus={customer.data.verificationStatus} />,
            },
            { label: 'E-mail', value: <OrMissing>{customer.data.email}</OrMissing> },
            { label: 'Phone', value: <OrMissing>{customer.data.phone}</OrMissing> },
            { label: 'Company', value: <OrMissing>{customer.data.company}</OrMissing> },
            { label: 'Address', value: <OrMissing>{customer.data.addressText}</OrMissing> },
            { label: 'Tags', value: <OrMissing>{customer.data.tags?.join(', ')}</OrMissing> },
            { label: 'Member id', value: <OrMissing>{customer.data.memberId}</OrMissing> },
            { label: 'Customer id', value: <IdValue value={customer.data.customerId} label="customer id" /> },
            { label: 'Created', value: <DateTime at={customer.data.createdAt} /> },
            { label: 'Changed', value: <DateTime at={customer.data.updatedAt} relative /> },
          ]}
        />
      ) : (
        <Loading label="customer">
          <SkeletonText lines={10} />
        </Loading>
      )}
    </Drawer>
  )
}
