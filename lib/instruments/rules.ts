// What can be said of an instrument without asking anyone: is it expired, and can this merchant charge it (browser-safe).
export type Expiry = { state: 'none' | 'valid' | 'expiring' | 'expired'; daysLeft: number | null }

const DAY_MS = 86_400_000
const EXPIRING_DAYS = 30

/** A card works through the last day of its month (UTC). `daysLeft` counts that day and is 0 once it is over. */
export function expiryOf(expMonth: number | null, expYear: number | null, now: Date): Expiry {
  if (expMonth === null || expYear === null) return { state: 'none', daysLeft: null }
  const left = Date.UTC(expYear, expMonth, 1) - now.getTime()
  if (left <= 0) return { state: 'expired', daysLeft: 0 }
  const daysLeft = Math.ceil(left / DAY_MS)
  return { state: daysLeft <= EXPIRING_DAYS ? 'expiring' : 'valid', daysLeft }
}

/** A connector of the caller's merchant, with the container that it works on. */
export type Route = { id: number; adapter: string; enabled: boolean; containerId: number | null }
export type Usable = { ok: true; reason: null } | { ok: false; reason: 'expired' | 'no_connector' }

/** Chargeable by a merchant with these routes: one of them works on the container and speaks to the same kind of gateway. */
export function usableBy(
  routes: readonly Route[],
  instrument: { containerId: number; adapter: string; expiry: Expiry },
): Usable {
  if (instrument.expiry.state === 'expired') return { ok: false, reason: 'expired' }
  const { containerId, adapter } = instrument
  const found = routes.some((route) => route.enabled && route.containerId === containerId && route.adapter === adapter)
  return found ? { ok: true, reason: null } : { ok: false, reason: 'no_connector' }
}
