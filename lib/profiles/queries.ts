import { and, count, eq, inArray, ne, or, type SQL, sql } from 'drizzle-orm'
import { contains, countAll, matches } from '#db/kit'
import { containers, customers, instruments, merchants, profileCustomers, profiles } from '#db/schema'
import { visibleContainers } from '../containers/visible.ts'
import { can } from '../core/ctx.ts'
import {
  afterCursor,
  type Cursor,
  countUpTo,
  decodeCursor,
  listFingerprint,
  orderOf,
  type Page,
  type SortKey,
  toPage,
} from '../core/page.ts'
import { recordRead } from '../core/record.ts'
import { fold, foldEmail } from '../core/text.ts'
import { query, type Read } from '../core/verb.ts'
import { customersOf, type Instrument, loadInstruments } from '../instruments/load.ts'
import type { InstrumentType } from '../instruments/schema.ts'
import { shownData } from './mask.ts'
import { findProfile, type ProfileRow } from './rows.ts'
import { ProfileRef, ProfileSearch } from './schema.ts'

type Named = { id: number; name: string }
type Shown = Omit<ProfileRow, 'merchantId' | 'customerData'>

/** A row of the list: `customer` is the caller's own, `preferredMethod` the type of the preferred instrument. */
export type ProfileItem = Shown & {
  container: Named
  customer: Named | null
  instruments: number
  preferredMethod: InstrumentType | null
}

/** One profile whole. `owner` owns the container; `otherMerchants` counts whose customers are linked besides. */
export type Profile = Shown & {
  customerData: Record<string, string>
  container: Named & { shared: boolean }
  owner: Named
  customer: Named | null
  otherMerchants: number
  instruments: Instrument[]
  preferredMethod: InstrumentType | null
}

/** The merchant's own customers that the text finds; without pii:read by a whole value only. */
function ofCustomers(read: Read, q: string): SQL {
  const folded = fold(q)
  const words = folded
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => [word])
  const found = can(read, 'pii:read')
    ? matches(customers.id, customers.search, 'customers_search', words)
    : or(eq(customers.sortName, folded), eq(customers.emailFolded, foldEmail(q)), eq(customers.memberId, q))
  const linked = read.reader
    .select({ id: profileCustomers.profileId })
    .from(profileCustomers)
    .innerJoin(customers, eq(customers.id, profileCustomers.customerId))
    .where(and(eq(profileCustomers.merchantId, read.merchantId), ne(customers.lifecycle, 'erased'), found))
  return inArray(profiles.id, linked)
}

async function condition(
  read: Read,
  { q, containerId }: { q: string; containerId: number[] },
): Promise<SQL | undefined> {
  const visible = await visibleContainers(read)
  const asked = containerId.length > 0 ? visible.filter((id) => containerId.includes(id)) : visible
  const text = q.trim()
  const identification = sql`lower(${profiles.customerIdentification}) = ${text.toLowerCase()}`
  const found = or(
    contains(profiles.profileGuid, text.toUpperCase()),
    contains(profiles.customerIdentification, text),
    identification,
    ofCustomers(read, text),
  )
  return and(inArray(profiles.containerId, asked), text ? found : undefined)
}

const PAGE = {
  id: profiles.id,
  profileGuid: profiles.profileGuid,
  containerId: profiles.containerId,
  customerIdentification: profiles.customerIdentification,
  preferredInstrumentId: profiles.preferredInstrumentId,
  version: profiles.version,
  createdAt: profiles.createdAt,
  updatedAt: profiles.updatedAt,
}

async function complete(read: Read, rows: Shown[]): Promise<ProfileItem[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const named = await read.reader
    .select({ id: containers.id, name: containers.name })
    .from(containers)
    .where(inArray(containers.id, [...new Set(rows.map(({ containerId }) => containerId))]))
  const counts = await read.reader
    .select({ profileId: instruments.profileId, n: count() })
    .from(instruments)
    .where(inArray(instruments.profileId, ids))
    .groupBy(instruments.profileId)
  const chosen = rows.flatMap(({ preferredInstrumentId }) => preferredInstrumentId ?? [])
  const methods = chosen.length
    ? await read.reader
        .select({ id: instruments.id, type: instruments.type })
        .from(instruments)
        .where(inArray(instruments.id, chosen))
    : []
  const owners = await customersOf(read, ids)
  return rows.map((row) => ({
    ...row,
    container: named.find(({ id }) => id === row.containerId) ?? { id: row.containerId, name: '' },
    customer: owners.get(row.id) ?? null,
    instruments: counts.find(({ profileId }) => profileId === row.id)?.n ?? 0,
    preferredMethod: methods.find(({ id }) => id === row.preferredInstrumentId)?.type ?? null,
  }))
}

/** One page of the profiles in the containers that the merchant sees. Throws CURSOR_INVALID. */
export const listProfiles = query('profiles:read', ProfileSearch, async (read, search): Promise<Page<ProfileItem>> => {
  const { limit, cursor: given, total, ...which } = search
  const fingerprint = listFingerprint([read.merchantId, 'profiles', which])
  const cursor: Cursor | undefined = given ? decodeCursor(given, fingerprint) : undefined
  const descending = search.sort === '-createDate'
  const keys: SortKey[] = [
    { column: profiles.createdAt, descending },
    { column: profiles.id, descending },
  ]
  const where = await condition(read, search)
  const toDriver = (value: string | number | null, index: number) => (index === 0 ? new Date(Number(value)) : value)
  const rows = await read.reader
    .select(PAGE)
    .from(profiles)
    .where(and(where, cursor && afterCursor(keys, cursor, toDriver)))
    .orderBy(...orderOf(keys, cursor?.backwards))
    .limit(limit + 1)
  const page = toPage(rows, limit, cursor, fingerprint, (row) => [row.createdAt.getTime(), row.id])
  const data = await complete(read, page.data)
  if (!total) return { ...page, data }
  return { ...page, data, total: await countUpTo(read.reader, profiles.id, where) }
})

/** How many merchants' customers are linked to the profile. */
async function linkedMerchants(read: Read, profileId: number): Promise<number> {
  const [row] = await read.reader
    .select({ n: countAll() })
    .from(profileCustomers)
    .where(eq(profileCustomers.profileId, profileId))
  return row?.n ?? 0
}

/** One profile with its instruments and the caller's own customer; the read is audited. PROFILE_NOT_FOUND. */
export const getProfile = query('profiles:read', ProfileRef, async (read, { profileGuid }): Promise<Profile> => {
  const { profile, customerId } = await findProfile(read, profileGuid)
  const [place] = await read.reader
    .select({
      id: containers.id,
      name: containers.name,
      shared: containers.shared,
      ownerId: merchants.id,
      ownerName: merchants.name,
    })
    .from(containers)
    .innerJoin(merchants, eq(merchants.id, containers.merchantId))
    .where(eq(containers.id, profile.containerId))
  if (!place) throw new Error(`Profile ${profile.id} stands in no container`)
  const saved = await loadInstruments(read, eq(instruments.profileId, profile.id))
  const linked = await linkedMerchants(read, profile.id)
  const what = { objectType: 'profile', objectId: profile.id, customerId } as const
  recordRead(read, 'profile.read', what)
  if (saved.length > 0) recordRead(read, 'instruments.read', what)
  const { merchantId, customerData, ...shown } = profile
  const { ownerId, ownerName, ...container } = place
  return {
    ...shown,
    customerData: shownData(read, customerData),
    container,
    owner: { id: ownerId, name: ownerName },
    customer: (await customersOf(read, [profile.id])).get(profile.id) ?? null,
    otherMerchants: linked - (customerId === null ? 0 : 1),
    instruments: saved,
    preferredMethod: saved.find(({ isPreferred }) => isPreferred)?.type ?? null,
  }
})

/** What `deleteProfile` would take away: instruments, and merchants whose customers are linked. */
export const deletionImpact = query('profiles:read', ProfileRef, async (read, { profileGuid }) => {
  const { profile } = await findProfile(read, profileGuid)
  const inside = eq(instruments.profileId, profile.id)
  const [saved] = await read.reader.select({ n: countAll() }).from(instruments).where(inside)
  return { instruments: saved?.n ?? 0, merchants: await linkedMerchants(read, profile.id) }
})
