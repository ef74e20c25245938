// Whether a request comes from our own pages. Runs in plain Node too: nothing of Next here.
import { env } from '../env.ts'

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])(:\d+)?$/

/**
 * True when Origin is the public address, or on this machine the very host that was called, and the browser's own
 * Sec-Fetch-Site, where it sends one, agrees. A missing Origin and `null` are somebody else's.
 */
export function isOwnOrigin(headers: Headers): boolean {
  const origin = headers.get('origin')
  const site = headers.get('sec-fetch-site')
  if (!origin || (site !== null && site !== 'same-origin')) return false
  if (origin === new URL(env.publicUrl).origin) return true
  const host = headers.get('host') ?? ''
  return LOOPBACK.test(host) && origin === `http://${host}`
}

/** A path of our own to go on to, or `/`: never another site, however it is spelled. */
export function ownPath(next: string | null | undefined): string {
  if (!next?.startsWith('/') || /[\\\p{C}]/u.test(next)) return '/'
  const base = 'http://own.invalid'
  const url = URL.canParse(next, base) ? new URL(next, base) : undefined
  return url?.origin === base && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}` : '/'
}
