// The people of a merchant and what they may do there. Every change needs a fresh proof of the password.
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { violation } from '#db/errors'
import { memberships, merchants, staff } from '#db/schema'
import type { Ctx } from '../core/ctx.ts'
import { fail } from '../core/errors.ts'
import { type Role, rolePermissions } from '../core/permissions.ts'
import { record, unchanged } from '../core/record.ts'
import { foldEmail } from '../core/text.ts'
import { command, query, type Read, type Tx } from '../core/verb.ts'
import { endAllSessions, keepAnOwner, lockMembers, type Membership, mayGrant, membershipsIn } from './members.ts'
import { parsed } from './parsed.ts'
import { acceptablePassword, hashPassword } from './passwords.ts'
import { isInside, pathOf } from './reach.ts'
import { MemberRef, NewStaff, RoleOf, StaffRef, StaffSearch } from './schema.ts'

export type MemberView = {
  id: number
  name: string
  email: string
  suspendedAt: Date | null
  lastSeenAt: Date | null
  createdAt: Date
  version: number
  memberships: { merchantId: number; merchantName: string; role: Role }[]
}

async function members(read: Read, root: { path: string; tree: boolean }, staffId?: number): Promise<MemberView[]> {
  const where = root.tree ? sql`${merchants.path} like ${`${root.path}%`}` : eq(merchants.path, root.path)
  const rows = await read.reader
    .select({ staff, merchantId: merchants.id, merchantName: merchants.name, role: memberships.role })
    .from(memberships)
    .innerJoin(staff, eq(staff.id, memberships.staffId))
    .innerJoin(merchants, eq(merchants.id, memberships.merchantId))
    .where(and(where, staffId === undefined ? undefined : eq(staff.id, staffId)))
    .orderBy(asc(staff.name), asc(staff.id), asc(merchants.path))
  const found = new Map<number, MemberView>()
  for (const { staff: person, ...membership } of rows) {
    const { id, name, email, suspendedAt, lastSeenAt, createdAt, version } = person
    const view = found.get(id) ?? { id, name, email, suspendedAt, lastSeenAt, createdAt, version, memberships: [] }
    view.memberships.push(membership)
    found.set(id, view)
  }
  return [...found.values()]
}

/** The members of the caller's merchant, by name; with `tree` those of its sub-merchants too. */
export const listStaff = query('team:read', StaffSearch, async (read, { tree }): Promise<MemberView[]> => {
  const path = await pathOf(read.reader, read.merchantId)
  return path === undefined ? [] : members(read, { path, tree })
})

/** One member of the caller's merchant or of one below it; anybody else is USER_NOT_FOUND. */
export const getStaff = query('team:read', StaffRef, async (read, { staffId }): Promise<MemberView> => {
  const path = await pathOf(read.reader, read.merchantId)
  const [found] = path === undefined ? [] : await members(read, { path, tree: true }, staffId)
  return found ?? fail('USER_NOT_FOUND', { userId: String(staffId) })
})

/** The merchant that a change is meant for: the caller's own, or one below it. */
export async function placeOf(tx: Tx, merchantId: number | undefined): Promise<number> {
  const place = merchantId ?? tx.merchantId
  if (!(await isInside(tx.writer, place, tx.merchantId))) fail('MERCHANT_NOT_FOUND', { merchantId: String(place) })
  return place
}

async function ownMembership(tx: Tx, staffId: number, merchantId: number): Promise<Membership> {
  const found = (await membershipsIn(tx.writer, staffId, merchantId)).find((one) => one.merchantId === merchantId)
  return found ?? fail('USER_NOT_FOUND', { userId: String(staffId) })
}

const notSelf = (tx: Tx, staffId: number, before: Role, after: Role): void => {
  if (tx.actor.type !== 'staff' || tx.actor.id !== staffId) return
  const gained = [...rolePermissions(after)].find((permission) => !rolePermissions(before).has(permission))
  if (gained) fail('PERMISSION_MISSING', { permission: gained, reason: 'own_role' })
}

const identity = (staffId: number, merchantId: number) =>
  and(eq(memberships.staffId, staffId), eq(memberships.merchantId, merchantId))

/** Changes a member's role. LAST_OWNER, and PERMISSION_MISSING for more than the caller holds or a raise of the own role. */
export const setRole = command(
  'team:write',
  RoleOf,
  async (tx, { staffId, role, merchantId }) => {
    const place = await placeOf(tx, merchantId)
    await lockMembers(tx, place)
    const before = await ownMembership(tx, staffId, place)
    if (before.role === role) return unchanged(tx)
    mayGrant(tx, before.role)
    mayGrant(tx, role)
    notSelf(tx, staffId, before.role, role)
    if (before.role === 'owner') await keepAnOwner(tx, place, staffId)
    await tx.writer.update(memberships).set({ role }).where(identity(staffId, place))
    record(tx, 'membership.set', {
      objectType: 'membership',
      objectId: staffId,
      before: { role: before.role },
      after: { role },
    })
  },
  { stepUp: true },
)

/** Takes a member away from a merchant. Without any membership left, the person's sessions end. */
export const removeMember = command(
  'team:write',
  MemberRef,
  async (tx, { staffId, merchantId }) => {
    const place = await placeOf(tx, merchantId)
    await lockMembers(tx, place)
    const before = await ownMembership(tx, staffId, place)
    mayGrant(tx, before.role)
    if (before.role === 'owner') await keepAnOwner(tx, place, staffId)
    await tx.writer.delete(memberships).where(identity(staffId, place))
    const [left] = await tx.writer
      .select({ role: memberships.role })
      .from(memberships)
      .where(eq(memberships.staffId, staffId))
      .limit(1)
    if (!left) await endAllSessions(tx, staffId)
    record(tx, 'membership.removed', { objectType: 'membership', objectId: staffId, before: { role: before.role } })
  },
  { stepUp: true },
)

/** Suspending touches the whole account, so each of its memberships must lie in the caller's hands. */
async function ownAccount(tx: Tx, staffId: number) {
  const inside = await membershipsIn(tx.writer, staffId, tx.merchantId)
  if (inside.length === 0) fail('USER_NOT_FOUND', { userId: String(staffId) })
  const all = await tx.writer
    .select({ merchantId: memberships.merchantId })
    .from(memberships)
    .where(eq(memberships.staffId, staffId))
  if (all.length > inside.length) fail('PERMISSION_MISSING', { permission: 'team:write', reason: 'member_elsewhere' })
  for (const { role } of inside) mayGrant(tx, role)
  const [person] = await tx.writer.select().from(staff).where(eq(staff.id, staffId))
  return { person: person ?? fail('USER_NOT_FOUND', { userId: String(staffId) }), inside }
}

/** Locks a person out at once: no sign-in, no session, no staff key until resumed. */
export const suspendStaff = command(
  'team:write',
  StaffRef,
  async (tx, { staffId }) => {
    const { person, inside } = await ownAccount(tx, staffId)
    if (person.suspendedAt) return unchanged(tx)
    for (const { role, merchantId } of inside) {
      if (role !== 'owner') continue
      await lockMembers(tx, merchantId)
      await keepAnOwner(tx, merchantId, staffId)
    }
    const set = { suspendedAt: tx.now(), updatedAt: tx.now(), version: person.version + 1 }
    await tx.writer.update(staff).set(set).where(eq(staff.id, staffId))
    await endAllSessions(tx, staffId)
    record(tx, 'staff.suspended', {
      objectType: 'staff',
      objectId: staffId,
      before: { suspendedAt: null },
      after: { suspendedAt: set.suspendedAt },
    })
  },
  { stepUp: true },
)

/** Lets a suspended person sign in again. */
export const resumeStaff = command(
  'team:write',
  StaffRef,
  async (tx, { staffId }) => {
    const { person } = await ownAccount(tx, staffId)
    if (!person.suspendedAt) return unchanged(tx)
    const set = { suspendedAt: null, updatedAt: tx.now(), version: person.version + 1 }
    await tx.writer.update(staff).set(set).where(eq(staff.id, staffId))
    record(tx, 'staff.resumed', {
      objectType: 'staff',
      objectId: staffId,
      before: { suspendedAt: person.suspendedAt },
      after: { suspendedAt: null },
    })
  },
  { stepUp: true },
)

/** Ends every session of a member, or of oneself, at once. */
export const endSessions = command(
  'team:write',
  StaffRef,
  async (tx, { staffId }) => {
    const inside = await membershipsIn(tx.writer, staffId, tx.merchantId)
    if (inside.length === 0) fail('USER_NOT_FOUND', { userId: String(staffId) })
    for (const { role } of inside) mayGrant(tx, role)
    const ended = await endAllSessions(tx, staffId)
    record(tx, 'session.ended', {
      objectType: 'staff',
      objectId: staffId,
      detail: { sessions: { before: ended, after: 0 } },
    })
  },
  { stepUp: true },
)

/** Adds a membership in this transaction. MEMBERSHIP_EXISTS when there is one. */
export async function addMembership(tx: Tx, staffId: number, merchantId: number, role: Role): Promise<void> {
  const [known] = await tx.writer
    .select({ role: memberships.role })
    .from(memberships)
    .where(identity(staffId, merchantId))
  if (known) fail('MEMBERSHIP_EXISTS', { userId: String(staffId) })
  await tx.writer.insert(memberships).values({ staffId, merchantId, role, createdAt: tx.now() })
  record({ ...tx, merchantId }, 'membership.set', { objectType: 'membership', objectId: staffId, after: { role } })
}

/** Adds a person in this transaction. MEMBERSHIP_EXISTS when the address is taken: one person has one account. */
export async function addStaff(tx: Tx, person: { name: string; email: string; passwordHash: string }): Promise<number> {
  const now = tx.now()
  const stamps = { preferences: {}, version: 1, createdAt: now, updatedAt: now }
  const [made] = await tx.writer
    .insert(staff)
    .values({ ...person, emailFolded: foldEmail(person.email), ...stamps })
    .returning({ id: staff.id })
    .catch((err: unknown) => {
      if (violation(err)?.kind === 'unique') return fail('MEMBERSHIP_EXISTS', {})
      throw err
    })
  if (!made) throw new Error('An insert returned no row')
  record(tx, 'staff.created', {
    objectType: 'staff',
    objectId: made.id,
    after: { name: person.name, email: person.email },
  })
  return made.id
}

/** The hash stays out of the input: random text may look like anything to the card data guard. */
const storeStaff = (passwordHash: string) =>
  command('team:write', NewStaff.omit({ password: true }), async (tx, { role, merchantId, ...person }) => {
    const place = await placeOf(tx, merchantId)
    mayGrant(tx, role)
    const staffId = await addStaff(tx, { ...person, passwordHash })
    await addMembership(tx, staffId, place, role)
    return { staffId }
  })

/** A person with a given password and one membership, for set-up by program. The policy holds for it like for anybody. */
export async function createStaff(ctx: Ctx, input: z.input<typeof NewStaff>): Promise<{ staffId: number }> {
  const { password, ...person } = parsed(NewStaff, input)
  const names = await namesAt(ctx, person.merchantId ?? ctx.merchantId)
  const passwordHash = await hashPassword(acceptablePassword(password, [...names, person.name, person.email]))
  return storeStaff(passwordHash)(ctx, person)
}

/** The merchant's name, which no password may be made of. */
export async function namesAt(ctx: Pick<Ctx, 'db'>, ...merchantIds: number[]): Promise<string[]> {
  const rows = await ctx.db.read
    .select({ name: merchants.name })
    .from(merchants)
    .where(inArray(merchants.id, merchantIds))
  return rows.map(({ name }) => name)
}
