// What people set for the screens: columns, density and the like. Only they themselves write it.
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { staff } from '#db/schema'
import { fail, invalid } from '../core/errors.ts'
import { changesBetween, record, unchanged } from '../core/record.ts'
import { command } from '../core/verb.ts'

const value = z.union([z.string().max(500), z.number(), z.boolean(), z.array(z.string().max(200)).max(100), z.null()])
export const Preferences = z.strictObject({ preferences: z.record(z.string().min(1).max(100), value) })
export type Preferences = z.input<typeof Preferences>

const MAX_PREFERENCES = 200

/** Merges into the caller's own preferences; null takes one away. Keys and clients have none: PERMISSION_MISSING. */
export const saveStaffPreference = command(null, Preferences, async (tx, { preferences: patch }) => {
  const { type, id } = tx.actor
  if (type !== 'staff' || id === null) return fail('PERMISSION_MISSING', { reason: 'staff_only' })
  const [before] = await tx.writer.select().from(staff).where(eq(staff.id, id))
  if (!before) return fail('USER_NOT_FOUND', { userId: String(id) })
  const merged = Object.entries({ ...before.preferences, ...patch }).filter(([, one]) => one !== null)
  if (merged.length > MAX_PREFERENCES) invalid('preferences', 'TOO_MANY', `must be at most ${MAX_PREFERENCES}`)
  const preferences = Object.fromEntries(merged)
  const sides = { before: { preferences: before.preferences }, after: { preferences } }
  if (Object.keys(changesBetween(sides.before, sides.after)).length === 0) {
    unchanged(tx)
    return preferences
  }
  const same = and(eq(staff.id, before.id), eq(staff.version, before.version))
  const set = { preferences, version: before.version + 1, updatedAt: tx.now() }
  const [stored] = await tx.writer.update(staff).set(set).where(same).returning({ id: staff.id })
  if (!stored) return fail('STALE_WRITE', { currentVersion: before.version + 1 })
  record(tx, 'staff.preferences.updated', { objectType: 'staff', objectId: before.id, ...sides })
  return preferences
})
