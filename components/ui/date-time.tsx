'use client'

import { use } from 'react'
import { DenseContext, useFormat, useNow } from './format-provider.tsx'
import { dateText, dateTimeText, relativeText, utcText } from './format-value.tsx'
import { MissingValue } from './masked-value.tsx'
import { Tip } from './tooltip.tsx'

export type DateTimeProps = {
  /** ISO 8601 or a Date; nothing gives the dash. */
  at: string | Date | null | undefined
  /** Absolute always, or relative within seven days. */
  relative?: boolean
}

/** A moment in the reader's zone. Hover or focus shows UTC and the other form. */
export function DateTime({ at, relative }: DateTimeProps) {
  const format = useFormat()
  const now = useNow()
  const dense = use(DenseContext)
  if (!at) return <MissingValue />
  const moment = new Date(at)
  if (Number.isNaN(moment.getTime())) return <MissingValue />
  const absolute = dateTimeText(moment, format)
  const ago = now && relativeText(moment, now)
  const text = relative && ago ? ago : absolute
  const more = [relative && ago ? absolute : ago, utcText(moment)].filter(Boolean).join(' · ')
  const dateTime = moment.toISOString()
  if (dense) {
    return (
      <time dateTime={dateTime} title={more} suppressHydrationWarning>
        {text}
      </time>
    )
  }
  return (
    <Tip text={more}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the tip must be reachable by keyboard. */}
      <time dateTime={dateTime} tabIndex={0} className="rounded-badge" suppressHydrationWarning>
        {text}
      </time>
    </Tip>
  )
}

/** A date without a time, `YYYY-MM-DD`; it never shifts by zone. */
export function DateOnly({ date }: { date: string | null | undefined }) {
  const format = useFormat()
  if (!date) return <MissingValue />
  return (
    <time dateTime={date} className="whitespace-nowrap">
      {dateText(date, format)}
    </time>
  )
}
