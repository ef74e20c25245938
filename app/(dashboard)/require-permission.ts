// Pages that a role does not open at all answer 403 and name what is missing. What may be done on a page is hidden by
// `can`, and checked in the core.
import { forbidden } from 'next/navigation'
import { cache } from 'react'
import type { Permission } from '#lib/core/permissions'
import type { PageDesk } from './desk-of.ts'

/** What the page of this request lacked, for its 403 to say. */
export const missing = cache((): { permission: string; merchant: string } => ({
  permission: '',
  merchant: 'this merchant',
}))

/** Ends the page with 403 unless the person holds the permission at this merchant. */
export function requirePermission(
  { permissions, merchant }: Pick<PageDesk, 'permissions' | 'merchant'>,
  permission: Permission,
): void {
  if (permissions.includes(permission)) return
  Object.assign(missing(), { permission, merchant })
  forbidden()
}
