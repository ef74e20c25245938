'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { Card } from '#components/ui/card'
import { DateTime } from '#components/ui/date-time'
import { EmptyState } from '#components/ui/empty-state'
import { OrMissing } from '#components/ui/masked-value'
import { Loading, SkeletonText } from '#components/ui/skeleton'
import { Cell, ColumnHeader, RowHeader, Table, TableHead, TableRow } from '#components/ui/table'
import { fieldLabel } from '#lib/customers/form-patch'
import { useDesk } from '../../desk.tsx'
import { QueryError } from '../../query-error.tsx'
import { type AuditView, auditRead } from '../reads.ts'
import { actionWords } from './happenings.tsx'

/** The audit trail of one customer, as the merchant's chain holds it. */
export function AuditTab({ id }: { id: number }) {
  const { m } = useDesk()
  const [cursor, setCursor] = useState<string>()
  const audit = useQuery({ ...auditRead(m, id, cursor), placeholderData: keepPreviousData })
  if (audit.isError) {
    return (
      <Card>
        <QueryError error={audit.error} onRetry={() => void audit.refetch()} retrying={audit.isFetching} />
      </Card>
    )
  }
  if (!audit.data) {
    return (
      <Card title="Audit">
        <Loading label="audit events">
          <SkeletonText lines={8} />
        </Loading>
      </Card>
    )
  }
  const { data, nextCursor, prevCursor } = audit.data
  return (
    <Card flush>
      {data.length === 0 ? (
        <EmptyState title="No audit events">Who reads or changes this customer is written down here.</EmptyState>
      ) : (
        <AuditTable rows={data} />
      )}
      <nav aria-label="Pages" className="flex justify-end gap-2 p-3">
        <Button size="small" disabled={!prevCursor} onClick={() => setCursor(prevCursor ?? undefined)}>
          Newer
        </Button>
        <Button size="small" disabled={!nextCursor} onClick={() => setCursor(nextCursor ?? undefined)}>
          Older
        </Button>
      </nav>
    </Card>
  )
}

function AuditTable({ rows }: { rows: readonly AuditView[] }) {
  return (
    <Table caption="Audit events of this customer">
      <TableHead>
        {['Number', 'Time', 'Who', 'What', 'Fields', 'Request', 'Address'].map((header) => (
          <ColumnHeader key={header}>{header}</ColumnHeader>
        ))}
      </TableHead>
      <tbody>
        {rows.map((row) => (
          <TableRow key={row.id}>
            <RowHeader>{row.seq}</RowHeader>
            <Cell className="whitespace-nowrap">
              <DateTime at={row.at} />
            </Cell>
            <Cell className="whitespace-nowrap">
              <bdi>{row.actorName}</bdi> <span className="text-muted">({row.actorType})</span>
            </Cell>
            <Cell className="whitespace-nowrap">{actionWords(row.action)}</Cell>
            <Cell className="max-w-60 truncate" title={row.fields?.map(fieldLabel).join(', ')}>
              <OrMissing>{row.fields?.map(fieldLabel).join(', ')}</OrMissing>
            </Cell>
            <Cell className="font-mono whitespace-nowrap">{row.requestId}</Cell>
            <Cell>
              <OrMissing>{row.ip}</OrMissing>
            </Cell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  )
}
