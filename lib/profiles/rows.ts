// Finding and locking profiles. Whatever changes a profile, its links or its instruments locks the profile's row first,
// so that "at most one preferred" and "at most one customer of each merchant" hold under any race on both engines.
import { and, eq, sql } from 'drizzle-orm'
import { type Reader, statement } from '#db/client'
import { profileCustomers, profiles } from '#db/schema'
import { visibleContainers } from '../containers/visible.ts'
import { fail } from '../core/errors.ts'
import type { Read, Tx } from '../core/verb.ts'

export type ProfileRow = typeof profiles.$inferSelect
/** A profile and the customer of the caller's merchant that it belongs to. */
export type Found = { profile: ProfileRow; customerId: number | null }

const byGuid = (on: Reader) =>
  statement(on, 'profile_by_guid', (reader) =>
    reader
      .select()
      .from(profiles)
      .where(eq(profiles.profileGuid, sql.placeholder('guid'))),
  )

const linkOf = (on: Reader) =>
  statement(on, 'profile_customer_of_merchant', (reader) =>
    reader
      .select({ id: profileCustomers.customerId })
      .from(profileCustomers)
      .where(
        and(
          eq(profileCustomers.profileId, sql.placeholder('profileId')),
          eq(profileCustomers.merchantId, sql.placeholder('merchantId')),
        ),
      ),
  )

const readerOf = (on: Read | Tx): Reader => ('reader' in on ? on.reader : on.writer)

async function linkedCustomer(on: Read | Tx, profileId: number): Promise<number | null> {
  const [link] = await linkOf(readerOf(on)).execute({ profileId, merchantId: on.merchantId })
  return link?.id ?? null
}

async function visibleProfile(on: Read | Tx, guid: string): Promise<ProfileRow> {
  const [profile] = await byGuid(readerOf(on)).execute({ guid: guid.toUpperCase() })
  const isVisible = profile && (await visibleContainers(on)).includes(profile.containerId)
  return isVisible ? profile : fail('PROFILE_NOT_FOUND', { profileGuid: guid })
}

/** The profile in a container that the merchant sees, else PROFILE_NOT_FOUND. */
export async function findProfile(on: Read | Tx, guid: string): Promise<Found> {
  const profile = await visibleProfile(on, guid)
  return { profile, customerId: await linkedCustomer(on, profile.id) }
}

/**
 * The profile with its next version, its row locked until the transaction ends. `expectedVersion` is the version the
 * caller saw; another one is STALE_WRITE. PROFILE_NOT_FOUND as in `findProfile`.
 */
export async function lockProfile(tx: Tx, guid: string, expectedVersion?: number): Promise<Found> {
  const { id } = await visibleProfile(tx, guid)
  const [profile] = await tx.writer
    .update(profiles)
    .set({ version: sql`${profiles.version} + 1`, updatedAt: tx.now() })
    .where(eq(profiles.id, id))
    .returning()
  // Another transaction may have deleted it while this one waited for the lock.
  if (!profile) fail('PROFILE_NOT_FOUND', { profileGuid: guid })
  const currentVersion = profile.version - 1
  if (expectedVersion !== undefined && expectedVersion !== currentVersion) {
    fail('STALE_WRITE', { profileGuid: profile.profileGuid, currentVersion, changedFields: [] })
  }
  return { profile, customerId: await linkedCustomer(tx, profile.id) }
}
