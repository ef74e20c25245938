// How far a membership reaches: the merchant it names and everything below. Read on every request, so prepared.
import { and, eq, isNull, sql } from 'drizzle-orm'
import { type Reader, statement } from '#db/client'
import { memberships, merchants } from '#db/schema'
import { type Permission, ROLES, type Role, rolesPermissions } from '../core/permissions.ts'

export type Reach = { merchantId: number; name: string; path: string; role: Role }

const reachStatement = (on: Reader) =>
  statement(on, 'access_reach', (reader) =>
    reader
      .select({ merchantId: merchants.id, name: merchants.name, path: merchants.path, role: memberships.role })
      .from(memberships)
      .innerJoin(merchants, eq(merchants.id, memberships.merchantId))
      .where(eq(memberships.staffId, sql.placeholder('staffId')))
      .orderBy(merchants.path),
  )

/** Where a person is a member, from the root down. */
export const reachOf = (on: Reader, staffId: number): Promise<Reach[]> => reachStatement(on).execute({ staffId })

const pathStatement = (on: Reader) =>
  statement(on, 'access_merchant_path', (reader) =>
    reader
      .select({ path: merchants.path })
      .from(merchants)
      .where(eq(merchants.id, sql.placeholder('id'))),
  )

export async function pathOf(on: Reader, merchantId: number): Promise<string | undefined> {
  const [row] = await pathStatement(on).execute({ id: merchantId })
  return row?.path
}

/** The person's roles at the merchant of `path`, the strongest first; none when no membership reaches it. */
export function rolesAt(reach: readonly Reach[], path: string): Role[] {
  const held = new Set(reach.filter((one) => path.startsWith(one.path)).map(({ role }) => role))
  return ROLES.filter((role) => held.has(role))
}

const remembered = new Map<string, ReadonlySet<Permission>>()

/** What the roles allow together; the same set object for the same roles. */
export function permissionsOf(roles: readonly Role[]): ReadonlySet<Permission> {
  const key = roles.join(' ')
  let set = remembered.get(key)
  if (!set) remembered.set(key, (set = rolesPermissions(roles)))
  return set
}

/** True when `merchantId` is the merchant `root` itself or lies below it. */
export async function isInside(on: Reader, merchantId: number, root: number): Promise<boolean> {
  if (merchantId === root) return true
  const [path, rootPath] = [await pathOf(on, merchantId), await pathOf(on, root)]
  return path !== undefined && rootPath !== undefined && path.startsWith(rootPath)
}

/** Every merchant that the memberships reach, from the root down; a parent outside of the reach is not named. */
export async function reachable(
  on: Reader,
  reach: readonly Reach[],
): Promise<{ id: number; name: string; parentId: number | null }[]> {
  const roots = reach.filter(
    (one) => !reach.some((other) => other !== one && one.path !== other.path && one.path.startsWith(other.path)),
  )
  const found = new Map<number, { id: number; name: string; parentId: number | null }>()
  for (const root of roots) {
    const rows = await on
      .select({ id: merchants.id, name: merchants.name, parentId: merchants.parentId })
      .from(merchants)
      .where(and(sql`${merchants.path} like ${`${root.path}%`}`, isNull(merchants.archivedAt)))
      .orderBy(merchants.path)
    for (const row of rows) found.set(row.id, row)
  }
  return [...found.values()].map((row) => ({
    ...row,
    parentId: row.parentId !== null && found.has(row.parentId) ? row.parentId : null,
  }))
}
