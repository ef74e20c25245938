// What every page and every internal read needs. One that is missing here fails the matrix of strangers and roles.
import type { READS } from '#lib/api/internal/reads'
import type { Permission } from '#lib/core/permissions'

/** What each page of the dashboard needs; null for everybody who is signed in, 404 where there is nothing. */
export const PAGES: Record<string, Permission | null | 404> = {
  '/': null,
  '/customers': 'customers:read',
  '/customers/[id]': 'customers:read',
  '/profiles': 'profiles:read',
  '/profiles/[guid]': 'profiles:read',
  '/transactions': 'transactions:read',
  '/transactions/[uuid]': 'transactions:read',
  '/access/team': 'team:read',
  '/access/roles': 'team:read',
  '/access/sessions': null,
  '/access/keys': 'keys:read',
  '/dev/ui': null,
  '/[...missing]': 404,
}
/** Pages outside of the dashboard hold nothing of a merchant. */
export const OPEN = new Set([
  '/sign-in',
  '/pay/[uuid]',
  '/hosted/card/[apiKey]',
  '/setup/[token]',
  '/invite/[token]',
  '/docs/errors',
  '/docs/errors/[code]',
])

/** What each internal read needs. */
export const NEEDS: Record<keyof typeof READS, Permission | Permission[] | null> = {
  customers: 'customers:read',
  'customer-facets': 'customers:read',
  customer: 'customers:read',
  'customer-changes': 'customers:read',
  'customer-duplicates': 'customers:read',
  'customer-history': 'customers:read',
  'customer-notes': 'customers:read',
  'customer-profiles': 'profiles:read',
  duplicates: ['customers:read', 'pii:read'],
  tags: 'customers:read',
  profiles: 'profiles:read',
  profile: 'profiles:read',
  'profile-sharing': 'profiles:read',
  'profile-deletion-impact': 'profiles:read',
  instruments: 'instruments:read',
  instrument: 'instruments:read',
  containers: 'containers:read',
  container: 'containers:read',
  connectors: 'connectors:read',
  connector: 'connectors:read',
  transactions: 'transactions:read',
  transaction: 'transactions:read',
  merchants: 'merchants:read',
  merchant: 'merchants:read',
  audit: 'audit:read',
  'audit-event': 'audit:read',
  'api-keys': 'keys:read',
  'api-key': 'keys:read',
  team: 'team:read',
  member: 'team:read',
  invitations: 'team:read',
  sessions: null,
  'team-sessions': 'team:read',
  home: null,
  'first-steps': null,
}
