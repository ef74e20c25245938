'use client'

import { Archive, Copy } from 'lucide-react'
import { useConfirm } from '#components/confirm'
import { SelectionBar } from '#components/selection-bar'
import { Button } from '#components/ui/button'
import { notify } from '#components/ui/toast'
import type { CustomerListRow } from '#lib/customers/list'
import { useCustomerWrites } from './use-writes.ts'

type BulkActionsProps = { rows: readonly CustomerListRow[]; selected: ReadonlySet<string>; onClear: () => void }

/** What can be done with the selected rows of this page. */
export function BulkActions({ rows, selected, onClear }: BulkActionsProps) {
  const confirm = useConfirm()
  const { archiveAll } = useCustomerWrites()
  const chosen = rows.filter(({ id }) => selected.has(String(id)))
  const current = chosen.filter(({ lifecycle }) => lifecycle === 'current')

  async function archive() {
    const count = current.length === 1 ? '1 customer' : `${current.length} customers`
    const sure = await confirm({
      title: `Archive ${count}?`,
      body: `${count} will leave every list and search until restored. Their instruments and history stay.`,
      action: `Archive ${count}`,
    })
    if (!sure) return
    onClear()
    await archiveAll(current)
  }

  async function copyIds() {
    await navigator.clipboard.writeText(chosen.map(({ customerId }) => customerId).join('\n'))
    notify({ title: `${chosen.length} ids copied` })
  }

  return (
    <SelectionBar count={chosen.length} noun={chosen.length === 1 ? 'customer' : 'customers'} onClear={onClear}>
      <Button size="small" onClick={copyIds}>
        <Copy aria-hidden strokeWidth={1.5} />
        Copy ids
      </Button>
      {current.length > 0 && (
        <Button size="small" onClick={archive}>
          <Archive aria-hidden strokeWidth={1.5} />
          Archive selected
        </Button>
      )}
    </SelectionBar>
  )
}
