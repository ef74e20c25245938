// Whose customers a profile belongs to. A merchant names itself, those below it and the owner of the container; of any
// other it learns that there is one, and of no other merchant's customer anything.
import { asc, eq } from 'drizzle-orm'
import { containers, merchants, profileCustomers } from '#db/schema'
import { query } from '../core/verb.ts'
import { customersOf } from '../instruments/load.ts'
import { findProfile } from './rows.ts'
import { ProfileRef } from './schema.ts'

type Named = { id: number; name: string }
/** A merchant with a linked customer; `customer` only at the caller's own merchant. */
export type ProfileLinkAt = { merchant: (Named & { own: boolean }) | null; customer: Named | null }
/** `writtenBy` is the merchant that made the profile and wrote its data; null stands for one that is not named. */
export type Sharing = { writtenBy: Named | null; links: ProfileLinkAt[] }

/** The profile's links, the caller's own first, then those below it, then the unnamed. PROFILE_NOT_FOUND. */
export const getSharing = query('profiles:read', ProfileRef, async (read, { profileGuid }): Promise<Sharing> => {
  const { profile } = await findProfile(read, profileGuid)
  const merchant = { id: merchants.id, name: merchants.name, path: merchants.path }
  const [own] = await read.reader.select(merchant).from(merchants).where(eq(merchants.id, read.merchantId))
  const [owner] = await read.reader
    .select(merchant)
    .from(containers)
    .innerJoin(merchants, eq(merchants.id, containers.merchantId))
    .where(eq(containers.id, profile.containerId))
  const [writer] = await read.reader.select(merchant).from(merchants).where(eq(merchants.id, profile.merchantId))
  const linked = await read.reader
    .select(merchant)
    .from(profileCustomers)
    .innerJoin(merchants, eq(merchants.id, profileCustomers.merchantId))
    .where(eq(profileCustomers.profileId, profile.id))
    .orderBy(asc(merchants.path))
  const customer = (await customersOf(read, [profile.id])).get(profile.id) ?? null
  const named = (one: typeof own): Named | null => {
    const inside = one && own && one.path.startsWith(own.path)
    return one && (inside || one.id === owner?.id) ? { id: one.id, name: one.name } : null
  }
  const links = linked.map((one): ProfileLinkAt => {
    const shown = named(one)
    const isOwn = one.id === read.merchantId
    return { merchant: shown && { ...shown, own: isOwn }, customer: isOwn ? customer : null }
  })
  const rank = ({ merchant: at }: ProfileLinkAt) => (at?.own ? 0 : at ? 1 : 2)
  return { writtenBy: named(writer), links: links.toSorted((one, other) => rank(one) - rank(other)) }
})
