'use client'

import type { DataColumn } from '#components/data-table'
import { IdValue } from '#components/ui/copy-button'
import { useFormat, useNow } from '#components/ui/format-provider'
import { dateText, relativeText, utcText } from '#components/ui/format-value'
import { OrMissing } from '#components/ui/masked-value'
import type { CustomerListRow } from '#lib/customers/list'
import { InstrumentLine, StatusBadge, VerificationBadge } from './badges.tsx'
import { Highlight } from './highlight.tsx'
import { countryName, languageName } from './words.ts'

/** The preferred instrument, or the dash. */
export function Preferred({ row }: { row: CustomerListRow }) {
  const now = useNow()
  return <OrMissing>{row.instrument && <InstrumentLine instrument={row.instrument} now={now} />}</OrMissing>
}

function NameCell({ row, words }: { row: CustomerListRow; words: readonly string[] }) {
  return (
    <>
      <span className="block truncate">
        <Highlight text={row.name} words={words} />
      </span>
      {row.email && row.email !== row.name && (
        <span className="block truncate text-caption font-normal text-muted group-data-[density=compact]/table:hidden">
          <Highlight text={row.email} words={words} />
        </span>
      )}
    </>
  )
}

/** A moment as its day, or how long ago within a week; the exact time on hover. A list has no room for more. */
function Day({ at }: { at: string }) {
  const format = useFormat()
  const now = useNow()
  const moment = new Date(at)
  return (
    <time dateTime={at} title={utcText(moment)} className="whitespace-nowrap" suppressHydrationWarning>
      {(now && relativeText(moment, now)) ?? dateText(at, format)}
    </time>
  )
}

const marked = (text: string | null, words: readonly string[]) => (
  <OrMissing>{text && <Highlight text={text} words={words} />}</OrMissing>
)

/** The columns, with what was searched for marked. Names and e-mails sort only for those who see them in clear. */
export function columnsOf(words: readonly string[], clear: boolean): DataColumn<CustomerListRow>[] {
  return [
    { id: 'name', header: 'Name', sortable: clear, cell: (row) => <NameCell row={row} words={words} /> },
    {
      id: 'memberId',
      header: 'Member id',
      secondary: true,
      cell: (row) => <OrMissing>{row.memberId && <IdValue value={row.memberId} copy={false} />}</OrMissing>,
    },
    { id: 'instrument', header: 'Preferred instrument', cell: (row) => <Preferred row={row} /> },
    { id: 'status', header: 'Status', cell: (row) => <StatusBadge status={row.status} /> },
    {
      id: 'country',
      header: 'Country',
      secondary: true,
      cell: (row) => <OrMissing>{row.country && countryName(row.country)}</OrMissing>,
    },
    { id: 'phone', header: 'Phone', secondary: true, cell: (row) => marked(row.phone, words) },
    { id: 'company', header: 'Company', secondary: true, cell: (row) => marked(row.company, words) },
    { id: 'tags', header: 'Tags', secondary: true, cell: (row) => <OrMissing>{row.tags?.join(', ')}</OrMissing> },
    {
      id: 'verification',
      header: 'Verification',
      secondary: true,
      cell: (row) => <VerificationBadge verificationStatus={row.verificationStatus} />,
    },
    { id: 'completeness', header: 'Completeness', end: true, secondary: true, cell: (row) => `${row.completeness} %` },
    {
      id: 'language',
      header: 'Language',
      secondary: true,
      cell: (row) => <OrMissing>{row.language && languageName(row.language)}</OrMissing>,
    },
    {
      id: 'created',
      header: 'Created',
      sortable: true,
      secondary: true,
      cell: (row) => <Day at={row.createdAt} />,
    },
    {
      id: 'updated',
      header: 'Changed',
      sortable: true,
      secondary: true,
      cell: (row) => <Day at={row.updatedAt} />,
    },
  ]
}
