// Who may do what. Roles, API key scopes and the interface all read this one table (browser-safe).
type Noun =
  | 'customers'
  | 'pii'
  | 'profiles'
  | 'instruments'
  | 'containers'
  | 'connectors'
  | 'transactions'
  | 'merchants'
  | 'custom-fields'
  | 'interactions'
  | 'segments'
  | 'consents'
  | 'transfers'
  | 'privacy'
  | 'analytics'
  | 'audit'
  | 'webhooks'
  | 'keys'
  | 'settings'
  | 'team'
type Act =
  | 'archive'
  | 'merge'
  | 'erase'
  | 'delete'
  | 'reveal'
  | 'share'
  | 'import'
  | 'export'
  | 'approve'
  | 'rotate'
  | 'own'

export type Permission = `${Noun}:${'read' | 'write' | Act}`

export const ROLES = ['owner', 'admin', 'manager', 'support', 'analyst', 'auditor', 'developer'] as const
export type Role = (typeof ROLES)[number]

/** What each role is for, in one sentence. */
export const ROLE_SENTENCES: Record<Role, string> = {
  owner: 'Everything, and the only role that makes or removes owners.',
  admin: 'Everything but owners: team, settings, keys, connectors, erasure.',
  manager: 'Runs the daily work: customers, merges, payments, imports and exports.',
  support: 'Helps customers: reads and edits them and their instruments.',
  analyst: 'Reads figures and masked records, exports them, sees no personal data in clear.',
  auditor: 'Reads the audit trail and every setting, reveals single fields, changes nothing.',
  developer: 'Builds integrations: keys, webhooks, connectors and custom fields.',
}

const everyone: readonly Role[] = ROLES
const handlers: readonly Role[] = ['owner', 'admin', 'manager', 'support']
const managers: readonly Role[] = ['owner', 'admin', 'manager']
const admins: readonly Role[] = ['owner', 'admin']
const builders: readonly Role[] = ['owner', 'admin', 'developer']
const watchers: readonly Role[] = ['owner', 'admin', 'auditor', 'developer']

export const GRANTS: Partial<Record<Permission, readonly Role[]>> = {
  'customers:read': everyone,
  'profiles:read': everyone,
  'instruments:read': everyone,
  'containers:read': everyone,
  'transactions:read': everyone,
  'merchants:read': everyone,
  'custom-fields:read': everyone,
  'interactions:read': everyone,
  'segments:read': everyone,
  'segments:write': everyone,
  'pii:read': handlers,
  'pii:reveal': [...handlers, 'auditor'],
  'customers:write': handlers,
  'interactions:write': handlers,
  'profiles:write': handlers,
  'instruments:write': handlers,
  'consents:write': handlers,
  'customers:archive': managers,
  'customers:merge': managers,
  'segments:share': managers,
  'transfers:import': managers,
  'transactions:write': managers,
  'privacy:write': managers,
  'customers:erase': admins,
  'profiles:delete': admins,
  'privacy:approve': admins,
  'containers:write': admins,
  'connectors:rotate': admins,
  'merchants:write': admins,
  'team:write': admins,
  'settings:write': admins,
  'transfers:export': [...managers, 'analyst'],
  'analytics:read': [...managers, 'analyst', 'auditor'],
  'privacy:read': [...handlers, 'auditor'],
  'audit:read': [...admins, 'auditor'],
  'audit:export': [...admins, 'auditor'],
  'connectors:read': [...managers, 'auditor', 'developer'],
  'connectors:write': builders,
  'webhooks:write': builders,
  'keys:write': builders,
  'webhooks:read': watchers,
  'keys:read': watchers,
  'settings:read': watchers,
  'custom-fields:write': [...managers, 'developer'],
  'team:read': [...managers, 'auditor'],
  'team:own': ['owner'],
}

export const PERMISSIONS = Object.keys(GRANTS) as Permission[]
const known: ReadonlySet<string> = new Set(PERMISSIONS)

export const isPermission = (text: string): text is Permission => known.has(text)

const byRole = Object.fromEntries(
  ROLES.map((role) => [role, new Set(PERMISSIONS.filter((permission) => GRANTS[permission]?.includes(role)))]),
) as unknown as Record<Role, ReadonlySet<Permission>>

/** What a role may do. */
export const rolePermissions = (role: Role): ReadonlySet<Permission> => byRole[role]

/** What several roles may do together. */
export const rolesPermissions = (roles: readonly Role[]): ReadonlySet<Permission> =>
  new Set(roles.flatMap((role) => [...byRole[role]]))

/** The permissions of stored scopes; `*` is all of them, an unknown one grants nothing. */
export const scopePermissions = (scopes: readonly string[]): ReadonlySet<Permission> =>
  new Set(scopes.includes('*') ? PERMISSIONS : scopes.filter(isPermission))
