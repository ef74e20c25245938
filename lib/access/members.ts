// Who belongs where: the rows behind the team, and the rules that no change of rights may break.
import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Reader } from '#db/client'
import { memberships, merchants, sessions, staff } from '#db/schema'
import { fail } from '../core/errors.ts'
import { type Role, rolePermissions } from '../core/permissions.ts'
import type { Tx } from '../core/verb.ts'
import { pathOf } from './reach.ts'

export type Membership = { staffId: number; merchantId: number; role: Role; path: string }

/** The person's memberships at the merchant `root` and below it. */
export async function membershipsIn(on: Reader, staffId: number, root: number): Promise<Membership[]> {
  const rootPath = await pathOf(on, root)
  if (rootPath === undefined) return []
  return on
    .select({
      staffId: memberships.staffId,
      merchantId: memberships.merchantId,
      role: memberships.role,
      path: merchants.path,
    })
    .from(memberships)
    .innerJoin(merchants, eq(merchants.id, memberships.merchantId))
    .where(and(eq(memberships.staffId, staffId), sql`${merchants.path} like ${`${rootPath}%`}`))
    .orderBy(merchants.path)
}

export const isMember = async (on: Reader, staffId: number, root: number): Promise<boolean> =>
  (await membershipsIn(on, staffId, root)).length > 0

/** Ends every session of a person in this transaction; returns how many. */
export async function endAllSessions(tx: Tx, staffId: number): Promise<number> {
  const ended = await tx.writer.delete(sessions).where(eq(sessions.staffId, staffId)).returning({ id: sessions.id })
  return ended.length
}

/**
 * Nobody hands out more than they hold, nor changes a member who holds more, and only owners make owners.
 * Throws PERMISSION_MISSING naming what lacks.
 */
export function mayGrant(tx: Tx, role: Role): void {
  if (role === 'owner' && !tx.permissions.has('team:own')) fail('PERMISSION_MISSING', { permission: 'team:own' })
  const lacking = [...rolePermissions(role)].find((permission) => !tx.permissions.has(permission))
  if (lacking) fail('PERMISSION_MISSING', { permission: lacking, role })
}

/** Takes turns with every other change of the merchant's members, so that two owners cannot remove each other at once. */
export async function lockMembers(tx: Tx, merchantId: number): Promise<void> {
  await tx.writer
    .update(merchants)
    .set({ archivedAt: sql`${merchants.archivedAt}` })
    .where(eq(merchants.id, merchantId))
}

/** LAST_OWNER unless another active owner is a member of this very merchant. */
export async function keepAnOwner(tx: Tx, merchantId: number, without: number): Promise<void> {
  const [other] = await tx.writer
    .select({ id: staff.id })
    .from(memberships)
    .innerJoin(staff, eq(staff.id, memberships.staffId))
    .where(
      and(
        eq(memberships.merchantId, merchantId),
        eq(memberships.role, 'owner'),
        ne(staff.id, without),
        isNull(staff.suspendedAt),
      ),
    )
    .limit(1)
  if (!other) fail('LAST_OWNER', { merchantId: String(merchantId) })
}
