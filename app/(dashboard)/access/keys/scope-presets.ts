// Ready-made sets of scopes. None can exceed what the maker of the key holds.
import { PERMISSIONS, type Permission } from '#lib/core/permissions'

type Can = (permission: Permission) => boolean
export const PRESETS = ['full', 'read', 'stax', 'own'] as const
export type Preset = (typeof PRESETS)[number]

/** What the endpoints of the Stax API ask for. */
const STAX: readonly Permission[] = [
  'customers:read',
  'customers:write',
  'customers:archive',
  'pii:read',
  'instruments:read',
  'instruments:write',
  'profiles:read',
]

export const isRead = (permission: Permission): boolean => permission.endsWith(':read')

/** Whether the maker holds everything; only then a key can stay `*`. */
export const holdsAll = (can: Can): boolean => PERMISSIONS.every(can)

/** The scopes of a preset, cut to what its maker holds; `own` starts from what was chosen before. */
export function presetScopes(preset: Exclude<Preset, 'own'>, can: Can): (Permission | '*')[] {
  if (preset === 'full') return holdsAll(can) ? ['*'] : PERMISSIONS.filter(can)
  return (preset === 'read' ? PERMISSIONS.filter(isRead) : STAX).filter(can)
}

/** What a Stax integration would lack with a key of this maker. */
export const staxLacks = (can: Can): Permission[] => STAX.filter((permission) => !can(permission))
