// Which customer a profile belongs to, at each merchant. A shared profile's links are of several merchants, and each
// merchant's audit trail tells its own.
import { and, eq, ne } from 'drizzle-orm'
import { z } from 'zod'
import { instruments, profileCustomers, profiles } from '#db/schema'
import { fail } from '../core/errors.ts'
import { record, unchanged } from '../core/record.ts'
import { command, type Tx } from '../core/verb.ts'
import { changeCustomer, ownCustomer } from '../customers/commands.ts'
import { completenessOf } from '../customers/rules.ts'
import type { ProfileRow } from './rows.ts'

/** The guids of the customer's profiles, the oldest first. */
async function guidsOf(tx: Tx, customerId: number): Promise<string[]> {
  const rows = await tx.writer
    .select({ guid: profiles.profileGuid })
    .from(profileCustomers)
    .innerJoin(profiles, eq(profiles.id, profileCustomers.profileId))
    .where(eq(profileCustomers.customerId, customerId))
    .orderBy(profiles.id)
  return rows.map(({ guid }) => guid)
}

/**
 * Writes what of its wallet the customer shows: which profile (the one it has, while linked, else the oldest), and
 * whether there is an instrument in any.
 */
export async function showWallet(tx: Tx, customerId: number): Promise<void> {
  const guids = await guidsOf(tx, customerId)
  const [instrument] = await tx.writer
    .select({ id: instruments.id })
    .from(profileCustomers)
    .innerJoin(instruments, eq(instruments.profileId, profileCustomers.profileId))
    .where(eq(profileCustomers.customerId, customerId))
    .limit(1)
  await changeCustomer(tx, { id: customerId }, 'customer.updated', (before) => {
    const kept = before.profileGuid && guids.includes(before.profileGuid)
    const shown = {
      profileGuid: kept ? before.profileGuid : (guids[0] ?? null),
      hasInstrument: instrument !== undefined,
    }
    return { ...shown, completeness: completenessOf({ ...before, ...shown }).share }
  })
}

/** The same at the customer's own merchant, whose audit trail and events tell it; not for callers. */
const showWalletThere = command(null, z.strictObject({ customerId: z.number().int() }), async (tx, { customerId }) => {
  await showWallet(tx, customerId)
  unchanged(tx)
})

/** After an instrument came or went: every linked customer, at whichever merchant, shows it. */
export async function showWallets(tx: Tx, profileId: number): Promise<void> {
  const links = await tx.writer.select().from(profileCustomers).where(eq(profileCustomers.profileId, profileId))
  for (const { customerId, merchantId } of links) await showWalletThere({ ...tx, merchantId }, { customerId })
}

/** At most one profile of a container per customer. */
async function refuseSecond(tx: Tx, profile: ProfileRow, customerId: number): Promise<void> {
  const [other] = await tx.writer
    .select({ profileGuid: profiles.profileGuid })
    .from(profileCustomers)
    .innerJoin(profiles, eq(profiles.id, profileCustomers.profileId))
    .where(
      and(
        eq(profileCustomers.customerId, customerId),
        eq(profiles.containerId, profile.containerId),
        ne(profiles.id, profile.id),
      ),
    )
  if (other) fail('CUSTOMER_HAS_PROFILE', { customerId: String(customerId), profileGuid: other.profileGuid })
}

type Named = Pick<ProfileRow, 'id' | 'profileGuid'>

const about = (profile: Named, customerId: number) => ({
  objectType: 'profile' as const,
  objectId: profile.id,
  customerId,
  detail: { profileGuid: { before: null, after: profile.profileGuid } },
})

/** Links a locked profile to the caller's customer. CUSTOMER_NOT_FOUND, CUSTOMER_ARCHIVED, CUSTOMER_HAS_PROFILE. */
export async function link(tx: Tx, profile: ProfileRow, customerId: number): Promise<void> {
  const customer = await ownCustomer(tx, customerId)
  if (customer.lifecycle === 'archived') fail('CUSTOMER_ARCHIVED', { customerId: String(customerId) })
  await tx.writer.insert(profileCustomers).values({ profileId: profile.id, customerId, merchantId: tx.merchantId })
  // Writing the customer first makes a second link of the same customer wait, so that the check below sees it.
  await showWallet(tx, customerId)
  await refuseSecond(tx, profile, customerId)
  record(tx, 'profile.linked', about(profile, customerId))
}

const Release = z.strictObject({ id: z.number().int(), profileGuid: z.string(), customerId: z.number().int() })

/** One link less. A command of its own, so that audit and events go to the merchant of the customer; not for callers. */
const release = command(null, Release, async (tx, { customerId, ...profile }): Promise<void> => {
  const one = and(eq(profileCustomers.profileId, profile.id), eq(profileCustomers.customerId, customerId))
  await tx.writer.delete(profileCustomers).where(one)
  await showWallet(tx, customerId)
  const detail = { profileGuid: { before: profile.profileGuid, after: null } }
  record(tx, 'profile.unlinked', { ...about(profile, customerId), detail })
})

/** Unlinks a locked profile from the caller's customer. */
export const unlink = (tx: Tx, profile: ProfileRow, customerId: number): Promise<void> =>
  release(tx, { id: profile.id, profileGuid: profile.profileGuid, customerId })

/** Unlinks a locked profile from the customers of every merchant; answers how many merchants that were. */
export async function unlinkAll(tx: Tx, profile: ProfileRow): Promise<number> {
  const links = await tx.writer
    .select({ customerId: profileCustomers.customerId, merchantId: profileCustomers.merchantId })
    .from(profileCustomers)
    .where(eq(profileCustomers.profileId, profile.id))
  for (const { customerId, merchantId } of links)
    await release({ ...tx, merchantId }, { id: profile.id, profileGuid: profile.profileGuid, customerId })
  return links.length
}
