/** How the reader writes numbers, dates and times. */
export type Format = {
  /** A BCP 47 tag. */
  locale: string
  /** An IANA zone, "Europe/Berlin". */
  timeZone: string
  hourCycle: 'h12' | 'h23'
}

export const defaultFormat: Format = { locale: 'en-GB', timeZone: 'UTC', hourCycle: 'h23' }

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

// Making an Intl formatter costs a hundred times its use, and a list uses the same few for every row.
const cache = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>()

function dates(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `d${locale}${JSON.stringify(options)}`
  const known = cache.get(key)
  if (known instanceof Intl.DateTimeFormat) return known
  const made = new Intl.DateTimeFormat(locale, options)
  cache.set(key, made)
  return made
}

function numbers(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `n${locale}${JSON.stringify(options)}`
  const known = cache.get(key)
  if (known instanceof Intl.NumberFormat) return known
  const made = new Intl.NumberFormat(locale, options)
  cache.set(key, made)
  return made
}

/** "12 Mar 2026, 14:05 CET", in the reader's zone. */
export function dateTimeText(at: Date, format: Format): string {
  const { locale, timeZone, hourCycle } = format
  const day = dates(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone }).format(at)
  const time = dates(locale, { hour: '2-digit', minute: '2-digit', hourCycle, timeZone }).format(at)
  return `${day}, ${time} ${zoneName(at, format)}`
}

/** "CET" where the language knows the abbreviation, "GMT-5" where it does not. */
function zoneName(at: Date, { locale, timeZone }: Format): string {
  for (const tag of [locale, 'en-US', 'en-AU', 'en-GB']) {
    const part = dates(tag, { timeZone, timeZoneName: 'short' }).formatToParts(at)
    const name = part.find((each) => each.type === 'timeZoneName')?.value
    if (name && !/^(GMT|UTC)[+−-]/.test(name)) return name
  }
  const part = dates(locale, { timeZone, timeZoneName: 'short' }).formatToParts(at)
  return part.find((each) => each.type === 'timeZoneName')?.value ?? timeZone
}

/** A date without a time, `YYYY-MM-DD`; it is the same day in every zone. */
export function dateText(date: string, { locale }: Format): string {
  const at = new Date(`${date.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(at.getTime())) return date
  return dates(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(at)
}

/** "2026-03-12 13:05:09 UTC". */
export function utcText(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** "3 h ago", "in 2 days"; undefined outside seven days, where only the absolute time is meant. */
export function relativeText(at: Date, now: Date): string | undefined {
  const gapMs = at.getTime() - now.getTime()
  const size = Math.abs(gapMs)
  if (size > 7 * dayMs) return undefined
  if (size < minuteMs) return 'just now'
  const days = Math.floor(size / dayMs)
  const text =
    size < hourMs
      ? `${Math.floor(size / minuteMs)} min`
      : size < dayMs
        ? `${Math.floor(size / hourMs)} h`
        : `${days} ${days === 1 ? 'day' : 'days'}`
  return gapMs < 0 ? `${text} ago` : `in ${text}`
}

/**
 * Money from integer minor units, with the currency's own decimals: 1999 USD is "US$19.99", 1999 JPY is "JP¥1,999".
 * Never goes through a float, so large amounts stay exact. An unknown code is written after the number.
 */
export function moneyText(amountMinor: number | bigint, currency: string, { locale }: Format): string {
  if (!/^[A-Za-z]{3}$/.test(currency)) return `${amountMinor} ${currency}`
  const formatter = numbers(locale, { style: 'currency', currency })
  const decimals = formatter.resolvedOptions().maximumFractionDigits ?? 2
  const digits = String(amountMinor)
    .replace('-', '')
    .padStart(decimals + 1, '0')
  const sign = amountMinor < 0 ? '-' : ''
  const whole = digits.slice(0, digits.length - decimals)
  const decimal = decimals === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-decimals)}`
  return formatter.format(decimal as Intl.StringNumericLiteral).replace('-', '−')
}

/** "12,400", or "12.4k" when compact; a share below 10 % gets one decimal. */
export function numberText(
  value: number,
  { locale }: Format,
  style: 'exact' | 'compact' | 'percent' = 'exact',
): string {
  if (style === 'compact') {
    return numbers(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(value)
  }
  if (style === 'percent') {
    const maximumFractionDigits = Math.abs(value) < 0.1 ? 1 : 0
    return numbers(locale, { style: 'percent', maximumFractionDigits }).format(value)
  }
  return numbers(locale, {}).format(value)
}

/** "850 ms", "12 s", "1 min 20 s", "2 h 5 min". */
export function durationText(durationMs: number): string {
  if (durationMs < 1000) return `${Math.round(durationMs)} ms`
  const seconds = Math.round(durationMs / 1000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600)
    return [`${Math.floor(seconds / 60)} min`, seconds % 60 ? `${seconds % 60} s` : ''].join(' ').trim()
  const minutes = Math.floor(seconds / 60)
  return [`${Math.floor(minutes / 60)} h`, minutes % 60 ? `${minutes % 60} min` : ''].join(' ').trim()
}

/** "640 B", "3.4 MB"; steps of a thousand. */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`
}
