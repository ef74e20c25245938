/** Dates in searches. Browser-safe, pure. */
import { isCalendarDate } from './values.ts'

/** A date stands for a span of time: a day, a month, a year or one millisecond; `before` is no longer part of it. UTC. */
export type DateSpan = { from: Date; before: Date }

const monthSpan = (year: number, month: number): DateSpan | undefined => {
  if (month < 1 || month > 12) return undefined
  return { from: new Date(Date.UTC(year, month - 1)), before: new Date(Date.UTC(year, month)) }
}

const TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?$/i

const instant = (text: string): DateSpan | undefined => {
  const [, day, , , , zone] = TIME.exec(text) ?? []
  if (day === undefined || !isCalendarDate(day)) return undefined
  const from = new Date(`${text.toUpperCase().replace(' ', 'T')}${zone ? '' : 'Z'}`)
  return Number.isNaN(from.getTime()) ? undefined : { from, before: new Date(from.getTime() + 1) }
}

/**
 * `2026-01-31`, `2026-01`, `2026`, `2026-01-31T09:30Z`, and as on a card `01/26` or `01/2026`; undefined for anything
 * else, impossible days included. Years are 1000 to 9999; a time without a zone is UTC.
 */
export const dateSpan = (text: string): DateSpan | undefined => {
  const [, year, month, day] = /^([1-9]\d{3})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text) ?? []
  if (year !== undefined && day !== undefined) {
    if (!isCalendarDate(text)) return undefined
    const from = new Date(`${text}T00:00:00.000Z`)
    return { from, before: new Date(from.getTime() + 86_400_000) }
  }
  if (year !== undefined && month !== undefined) return monthSpan(Number(year), Number(month))
  if (year !== undefined)
    return { from: new Date(Date.UTC(Number(year), 0)), before: new Date(Date.UTC(Number(year) + 1, 0)) }
  const [, cardMonth, century = '20', cardYear] = /^(\d\d)\/(20)?(\d\d)$/.exec(text) ?? []
  if (cardMonth !== undefined && cardYear !== undefined) return monthSpan(Number(century + cardYear), Number(cardMonth))
  return instant(text)
}
