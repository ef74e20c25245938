import { and, eq } from 'drizzle-orm'
import { violation } from '#db/errors'
import { instruments, profiles } from '#db/schema'
import { defaultContainerId, visibleContainers } from '../containers/visible.ts'
import { fail, invalid } from '../core/errors.ts'
import { newProfileGuid } from '../core/ids.ts'
import { record, unchanged } from '../core/record.ts'
import { command, type Tx } from '../core/verb.ts'
import { ownCustomer } from '../customers/commands.ts'
import { link, unlink, unlinkAll } from './links.ts'
import { findProfile, lockProfile, type ProfileRow } from './rows.ts'
import { NewProfile, ProfileDeletion, ProfileLink } from './schema.ts'

/** What a change of a profile answers; `getProfile` has the rest. */
export type ProfileState = { id: number; profileGuid: string; customerIdentification: string; version: number }

const stateOf = ({ id, profileGuid, customerIdentification, version }: ProfileRow): ProfileState => ({
  id,
  profileGuid,
  customerIdentification,
  version,
})

async function containerFor(tx: Tx, asked: number | undefined): Promise<number> {
  const id = asked ?? (await defaultContainerId(tx))
  if (id === null) invalid('containerId', 'REQUIRED', 'is needed, since this merchant has no default container')
  if (!(await visibleContainers(tx)).includes(id)) fail('CONTAINER_NOT_FOUND', { containerId: String(id) })
  return id
}

/** Refuses an identification that the container has; the unique index has the last word in a race. */
async function refuseTaken(tx: Tx, containerId: number, customerIdentification: string): Promise<void> {
  const taken = and(eq(profiles.containerId, containerId), eq(profiles.customerIdentification, customerIdentification))
  const [other] = await tx.writer.select({ profileGuid: profiles.profileGuid }).from(profiles).where(taken)
  if (other) fail('CUSTOMER_IDENTIFICATION_TAKEN', { customerIdentification, profileGuid: other.profileGuid })
}

/**
 * A new profile in a container that the merchant sees, linked at once when `customerId` names one of its customers.
 * CUSTOMER_IDENTIFICATION_TAKEN, CONTAINER_NOT_FOUND, CARD_NUMBER_REFUSED, and what linking refuses.
 */
export const createProfile = command('profiles:write', NewProfile, async (tx, input): Promise<ProfileState> => {
  const { containerId: asked, customerId, ...given } = input
  const containerId = await containerFor(tx, asked)
  const profileGuid = newProfileGuid()
  const customer = customerId === undefined ? undefined : await ownCustomer(tx, customerId)
  const customerIdentification = given.customerIdentification ?? customer?.customerId ?? profileGuid
  await refuseTaken(tx, containerId, customerIdentification)
  const now = tx.now()
  const stamps = { preferredInstrumentId: null, version: 1, createdAt: now, updatedAt: now }
  const customerData = Object.fromEntries(Object.entries(given.customerData).filter(([, value]) => value !== ''))
  const [profile] = await tx.writer
    .insert(profiles)
    .values({ profileGuid, containerId, merchantId: tx.merchantId, customerIdentification, customerData, ...stamps })
    .returning()
    .catch((err: unknown) => {
      if (violation(err)?.kind === 'unique') fail('CUSTOMER_IDENTIFICATION_TAKEN', { customerIdentification })
      throw err
    })
  if (!profile) throw new Error('An insert returned no row')
  record(tx, 'profile.created', {
    objectType: 'profile',
    objectId: profile.id,
    customerId: customer?.id ?? null,
    after: profile,
  })
  if (customer) await link(tx, profile, customer.id)
  return stateOf(profile)
})

/**
 * Says that the profile is this customer's at the caller's merchant; again changes nothing. PROFILE_LINKED when it is
 * another customer's here, CUSTOMER_HAS_PROFILE when the customer has one in the same container.
 */
export const linkCustomer = command(
  'profiles:write',
  ProfileLink,
  async (tx, { profileGuid, customerId: asked }): Promise<ProfileState> => {
    const before = await findProfile(tx, profileGuid)
    const { id: customerId } = await ownCustomer(tx, asked)
    if (before.customerId === customerId) {
      unchanged(tx)
      return stateOf(before.profile)
    }
    const { profile, customerId: linked } = await lockProfile(tx, profileGuid)
    if (linked === customerId) unchanged(tx)
    else if (linked !== null) fail('PROFILE_LINKED', { profileGuid: profile.profileGuid, customerId: String(linked) })
    else await link(tx, profile, customerId)
    return stateOf(profile)
  },
)

/** Takes the link back; the profile and its instruments stay. CUSTOMER_NOT_FOUND when there is no such link. */
export const unlinkCustomer = command(
  'profiles:write',
  ProfileLink,
  async (tx, { profileGuid, customerId: asked }): Promise<ProfileState> => {
    const { profile, customerId: linked } = await lockProfile(tx, profileGuid)
    const { id: customerId } = await ownCustomer(tx, asked)
    if (linked !== customerId) fail('CUSTOMER_NOT_FOUND', { customerId: String(customerId) })
    await unlink(tx, profile, customerId)
    return stateOf(profile)
  },
)

export type Deleted = { profileGuid: string; instruments: number; merchants: number }

/**
 * Deletes the profile, its customer data and its instruments for good, for every merchant that shares it; linked
 * customers stay, unlinked. `confirm` repeats the guid. Answers how many instruments and merchants lost it.
 */
export const deleteProfile = command(
  'profiles:delete',
  ProfileDeletion,
  async (tx, { profileGuid, confirm }): Promise<Deleted> => {
    if (confirm !== profileGuid) invalid('confirm', 'MISMATCH', 'must repeat the guid of the profile')
    const { profile, customerId } = await lockProfile(tx, profileGuid)
    const merchants = await unlinkAll(tx, profile)
    const gone = await tx.writer
      .delete(instruments)
      .where(eq(instruments.profileId, profile.id))
      .returning({ id: instruments.id })
    await tx.writer.delete(profiles).where(eq(profiles.id, profile.id))
    const detail = { instruments: { before: gone.length, after: 0 }, linkedMerchants: { before: merchants, after: 0 } }
    record(tx, 'profile.deleted', { objectType: 'profile', objectId: profile.id, customerId, before: profile, detail })
    return { profileGuid: profile.profileGuid, instruments: gone.length, merchants }
  },
  { stepUp: true },
)
