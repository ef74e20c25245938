'use client'

import { createContext, type ReactNode, use, useEffect, useState } from 'react'
import { defaultFormat, type Format } from './format-value.tsx'

type Clock = { format: Format; now: Date }

const FormatContext = createContext<Clock | undefined>(undefined)

/** How this reader writes numbers and times, from the account. */
export function useFormat(): Format {
  return use(FormatContext)?.format ?? defaultFormat
}

/** The time, renewed every minute; the first value comes from the server, so both sides render the same text. */
export function useNow(): Date | undefined {
  return use(FormatContext)?.now
}

export type FormatProviderProps = {
  format: Format
  /** When the server rendered the page, as ISO 8601. */
  now: string
  children: ReactNode
}

/** Gives dates, money and numbers their language, zone and clock. */
export function FormatProvider({ format, now, children }: FormatProviderProps) {
  const [time, setTime] = useState(() => new Date(now))
  useEffect(() => {
    const timer = setInterval(() => setTime(new Date()), 60_000)
    return () => clearInterval(timer)
  }, [])
  return <FormatContext value={{ format, now: time }}>{children}</FormatContext>
}

/** Inside a table times are no tab stops: a page of fifty rows would have a hundred. */
export const DenseContext = createContext(false)
