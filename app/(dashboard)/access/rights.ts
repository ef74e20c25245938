// What changes for a person with another role, and who may hand a role out. The server decides; this says it before.
import { PERMISSIONS, type Permission, ROLES, type Role, rolePermissions } from '#lib/core/permissions'

type Can = (permission: Permission) => boolean

/** Nobody hands out more than they hold, and only owners make owners. */
export const mayGrant = (can: Can, role: Role): boolean => [...rolePermissions(role)].every(can)

export const grantableRoles = (can: Can): Role[] => ROLES.filter((role) => mayGrant(can, role))

export type RightsChange = { gained: Permission[]; lost: Permission[] }

export function rightsChange(before: Role, after: Role): RightsChange {
  const [had, has] = [rolePermissions(before), rolePermissions(after)]
  return {
    gained: PERMISSIONS.filter((permission) => has.has(permission) && !had.has(permission)),
    lost: PERMISSIONS.filter((permission) => had.has(permission) && !has.has(permission)),
  }
}

/** One's own role may only shrink. */
export const raises = (before: Role, after: Role): boolean => rightsChange(before, after).gained.length > 0
