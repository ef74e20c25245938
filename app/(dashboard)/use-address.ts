'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useMemo, useState } from 'react'

type Change = Readonly<Record<string, string | readonly string[] | undefined>>

/** The query with some parameters set, or taken out where they are empty. */
export function withParameters(params: URLSearchParams, change: Change): URLSearchParams {
  const next = new URLSearchParams(params)
  for (const [name, value] of Object.entries(change)) {
    next.delete(name)
    for (const each of Array.isArray(value) ? value : [value]) if (each) next.append(name, each)
  }
  return next
}

export type Address = {
  params: URLSearchParams
  /** The address of this page with some parameters changed. */
  to: (change: Change) => string
  /** Goes there without asking the server for the page again: what is shown follows the address by itself. */
  go: (change: Change, how?: 'push' | 'replace') => void
}

/**
 * The page's address as its state. Next follows a changed address a moment later; what is shown must not wait for it, or
 * a box just ticked would jump back, so the change is kept here until then.
 */
export function useAddress(): Address {
  const path = usePathname()
  const followed = useSearchParams()
  const [ahead, setAhead] = useState<string>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: any newer address ends the head start.
  useEffect(() => setAhead(undefined), [followed])
  // So does Back, also before Next has followed: the address may then be the one it never left.
  useEffect(() => {
    const back = () => setAhead(undefined)
    addEventListener('popstate', back)
    return () => removeEventListener('popstate', back)
  }, [])
  const query = ahead ?? followed.toString()
  const params = useMemo(() => new URLSearchParams(query), [query])
  const to = useCallback(
    (change: Change) => {
      const next = withParameters(params, change).toString()
      return next ? `${path}?${next}` : path
    },
    [path, params],
  )
  const go = useCallback(
    (change: Change, how: 'push' | 'replace' = 'push') => {
      setAhead(withParameters(params, change).toString())
      if (how === 'push') history.pushState(null, '', to(change))
      else history.replaceState(null, '', to(change))
    },
    [params, to],
  )
  return { params, to, go }
}
