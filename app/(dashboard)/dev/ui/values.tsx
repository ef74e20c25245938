'use client'

import { CreditCard, Pencil, UserPlus } from 'lucide-react'
import { Timeline, type TimelineItem } from '#components/timeline'
import { Badge, StateBadge, type StateWord, stateWords } from '#components/ui/badge'
import { Breadcrumbs } from '#components/ui/breadcrumbs'
import { Button } from '#components/ui/button'
import { Card, DetailList } from '#components/ui/card'
import { IdValue } from '#components/ui/copy-button'
import { DateOnly, DateTime } from '#components/ui/date-time'
import { useNow } from '#components/ui/format-provider'
import { durationText, sizeText } from '#components/ui/format-value'
import { MaskedValue, MissingValue } from '#components/ui/masked-value'
import { Money, Num } from '#components/ui/money'
import { Progress } from '#components/ui/progress'
import { Spinner } from '#components/ui/spinner'
import { Chapter, Entry } from './entry.tsx'

const words = Object.keys(stateWords).filter((word): word is StateWord => word in stateWords)

/** How single values look. */
export function Values() {
  return (
    <Chapter title="Values">
      <Entry id="badges" title="State words">
        {words.map((word) => (
          <StateBadge key={word} word={word} />
        ))}
        <Badge className="max-w-32">A badge too long for its column</Badge>
      </Entry>
      <Entry id="values" title="Single values" bare>
        <div className="p-4">
          <ValueList />
        </div>
      </Entry>
      <Entry id="progress" title="Progress and spinner" stacked>
        <Progress label="Import of customers.csv" value={1200} max={4000} detail="1,200 of 4,000 rows" />
        <Progress label="Export" action={<Button size="small">Cancel</Button>} />
        <Progress label="Done" value={100} />
        <Spinner label="Searching" />
      </Entry>
      <Entry id="breadcrumbs" title="Breadcrumbs" stacked>
        <Breadcrumbs
          items={[
            { label: 'Customers', href: '#breadcrumbs' },
            { label: 'عائشة بنت عبد الرحمن', href: '#breadcrumbs' },
            { label: 'Instruments' },
          ]}
        />
      </Entry>
      <Entry id="cards" title="Card" bare>
        <div className="grid gap-4 bg-canvas p-4 sm:grid-cols-2">
          <Card title="Details" level={3} action={<Button size="small">Edit</Button>}>
            <DetailList
              items={[
                { label: 'Name', value: 'Ada Lovelace' },
                { label: 'Company', value: <MissingValue /> },
                { label: 'E-mail', value: <MaskedValue shown="a•••@e•••.com" /> },
              ]}
            />
          </Card>
          <Card title="A title that is longer than the card is wide, so that it must be cut" level={3}>
            <p className="text-figure font-semibold">
              <Num value={12400} style="compact" />
            </p>
            <p className="text-muted">New customers</p>
          </Card>
        </div>
      </Entry>
      <Entry id="timeline" title="Timeline" stacked>
        <Timeline label="Activity" items={happenings} />
      </Entry>
    </Chapter>
  )
}

function ValueList() {
  const now = useNow() ?? new Date('2026-03-12T12:00:00Z')
  const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
  return (
    <DetailList
      items={[
        { label: 'Missing', value: <MissingValue /> },
        { label: 'Masked', value: <MaskedValue /> },
        { label: 'Masked in part', value: <MaskedValue shown="+44 •••• ••12" /> },
        { label: 'Time', value: <DateTime at="2026-03-12T13:05:00Z" /> },
        { label: 'Time, relative', value: <DateTime at={ago(3)} relative /> },
        { label: 'Time, older than a week', value: <DateTime at={ago(200)} relative /> },
        { label: 'Date', value: <DateOnly date="1815-12-10" /> },
        { label: 'Money', value: <Money amountMinor={1999} currency="EUR" /> },
        { label: 'Refund', value: <Money amountMinor={-1999} currency="USD" /> },
        { label: 'Without decimals', value: <Money amountMinor={1999} currency="JPY" /> },
        { label: 'Three decimals', value: <Money amountMinor={1999} currency="KWD" /> },
        { label: 'Number', value: <Num value={1234567} /> },
        { label: 'Share', value: <Num value={0.042} style="percent" /> },
        { label: 'Duration and size', value: `${durationText(80_000)}, ${sizeText(3_400_000)}` },
        { label: 'Id', value: <IdValue value="6f1c2b7e-9f5d-4c0a-8c3e-2f7f2d9c1a55" label="profile GUID" /> },
        { label: 'Short id', value: <IdValue value="48299" label="customer id" /> },
      ]}
    />
  )
}

const happenings: TimelineItem[] = [
  {
    id: '3',
    at: '2026-03-12T13:05:00Z',
    icon: Pencil,
    title: 'Changed',
    actor: 'Grace Hopper',
    changes: [
      { field: 'Phone', before: null, after: '+44 20 7946 0000' },
      { field: 'Company', before: 'Analytical Engines', after: 'Analytical Engines Ltd' },
    ],
  },
  {
    id: '2',
    at: '2026-03-10T09:30:00Z',
    icon: CreditCard,
    title: 'Instrument added: Visa ending 4242',
    actor: 'API key “Shop”',
  },
  { id: '1', at: '2026-03-01T08:00:00Z', icon: UserPlus, title: 'Created', actor: 'Import of customers.csv' },
]
