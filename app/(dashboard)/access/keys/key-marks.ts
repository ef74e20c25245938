// What deserves a look: keys about to expire, keys nobody uses, keys whose old secret still works.
import type { ApiKey } from '../reads.ts'

const DAY_MS = 86_400_000
export const EXPIRES_SOON_DAYS = 14
export const UNUSED_DAYS = 90

export type KeyMark = 'revoked' | 'expired' | 'expiring' | 'unused' | 'rotating'

type Dated = Pick<ApiKey, 'state' | 'expiresAt' | 'lastUsedAt' | 'createdAt' | 'previousUntil'>

/** The marks of a key at a moment; a dead key has its one mark and no other. */
export function marksOf(key: Dated, now: Date): KeyMark[] {
  if (key.state !== 'active') return [key.state]
  const left = key.expiresAt ? Date.parse(key.expiresAt) - now.getTime() : Number.POSITIVE_INFINITY
  if (left <= 0) return ['expired']
  const idle = now.getTime() - Date.parse(key.lastUsedAt ?? key.createdAt)
  return [
    ...(left <= EXPIRES_SOON_DAYS * DAY_MS ? (['expiring'] as const) : []),
    ...(idle >= UNUSED_DAYS * DAY_MS ? (['unused'] as const) : []),
    ...(key.previousUntil && Date.parse(key.previousUntil) > now.getTime() ? (['rotating'] as const) : []),
  ]
}

/** Somebody would notice at once when this key stopped working. */
export const usedLately = ({ lastUsedAt }: Pick<ApiKey, 'lastUsedAt'>, now: Date): boolean =>
  lastUsedAt !== null && now.getTime() - Date.parse(lastUsedAt) < DAY_MS
