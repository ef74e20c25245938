// What permissions and roles are called in sentences. The table of permissions stays the only source of what exists.
import { PERMISSIONS, type Permission, type Role } from '#lib/core/permissions'

export const roleName = (role: Role): string => role.replace(/^./, (letter) => letter.toUpperCase())

/** Nouns in the order of the table, as a reader calls them. */
const NOUNS: Readonly<Record<string, string>> = {
  customers: 'customers',
  pii: 'personal data',
  profiles: 'profiles',
  instruments: 'instruments',
  containers: 'containers',
  connectors: 'connectors',
  transactions: 'transactions',
  merchants: 'merchants',
  'custom-fields': 'custom fields',
  interactions: 'interactions',
  segments: 'segments',
  consents: 'consents',
  transfers: 'imports and exports',
  privacy: 'privacy requests',
  analytics: 'analytics',
  audit: 'the audit trail',
  webhooks: 'webhooks',
  keys: 'API keys',
  settings: 'settings',
  team: 'the team',
}

/** What is neither plain reading nor plain changing, as it follows "may". */
const ACTS: Readonly<Partial<Record<Permission, string>>> = {
  'pii:read': 'see contact data in clear',
  'pii:reveal': 'reveal one masked field at a time',
  'segments:write': 'keep personal segments and views',
  'segments:share': 'share segments and views',
  'customers:archive': 'archive and restore customers',
  'customers:merge': 'merge customers',
  'customers:erase': 'erase customers for good',
  'profiles:delete': 'delete profiles with their instruments',
  'connectors:rotate': 'change the credentials of connectors',
  'transfers:import': 'import data',
  'transfers:export': 'export data, masked fields stay masked',
  'privacy:approve': 'approve privacy requests',
  'audit:export': 'export the audit trail',
  'team:own': 'make and remove owners',
}

const nounOf = (permission: Permission): string => permission.slice(0, permission.indexOf(':'))
const actOf = (permission: Permission): string => permission.slice(permission.indexOf(':') + 1)
const called = (permission: Permission): string => NOUNS[nounOf(permission)] ?? nounOf(permission)
const capital = (text: string): string => text.replace(/^./, (letter) => letter.toUpperCase())
const listed = (words: readonly string[]): string => new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(words)

/** "See customers", "Archive and restore customers". */
export function permissionText(permission: Permission): string {
  const act = ACTS[permission] ?? `${actOf(permission) === 'read' ? 'see' : 'change'} ${called(permission)}`
  return capital(act)
}

export type PermissionGroup = { noun: string; label: string; permissions: Permission[] }

/** All of these by noun, in the order of the table. */
export function groupsOf(permissions: readonly Permission[]): PermissionGroup[] {
  return Object.entries(NOUNS)
    .map(([noun, label]) => ({
      noun,
      label: capital(label.replace('the ', '')),
      permissions: permissions.filter((permission) => nounOf(permission) === noun),
    }))
    .filter((group) => group.permissions.length > 0)
}

const plainAct = (permission: Permission, act: string): boolean => !ACTS[permission] && actOf(permission) === act
const READS = PERMISSIONS.filter((permission) => plainAct(permission, 'read'))

const isKnown = (scope: string): scope is Permission => (PERMISSIONS as readonly string[]).includes(scope)

/** What a key with these scopes can do, in one sentence. */
export function scopeSentence(scopes: readonly string[]): string {
  if (scopes.includes('*')) return 'Does everything at this merchant, also what future versions add.'
  const held = PERMISSIONS.filter((permission) => scopes.some((scope) => isKnown(scope) && scope === permission))
  const reads = held.filter((permission) => plainAct(permission, 'read'))
  const writes = held.filter((permission) => plainAct(permission, 'write'))
  const acts = held.flatMap((permission) => ACTS[permission] ?? [])
  const parts = [
    ...(reads.length > 0 ? [`sees ${reads.length === READS.length ? 'everything' : listed(reads.map(called))}`] : []),
    ...(writes.length > 0 ? [`changes ${listed(writes.map(called))}`] : []),
    ...(acts.length > 0 ? [`may ${listed(acts)}`] : []),
  ]
  return parts.length > 0 ? `${capital(parts.join('; '))}.` : 'Does nothing.'
}
