// The list of the dashboard: a page of profiles with the instrument each one prefers, and whose container it stands in.
import { and, count, eq, inArray, ne } from 'drizzle-orm'
import { containers, instruments, merchants, profileCustomers } from '#db/schema'
import { can } from '../core/ctx.ts'
import { type Json, plain } from '../core/json.ts'
import type { Page } from '../core/page.ts'
import { query, type Read } from '../core/verb.ts'
import { listProfiles, type ProfileItem } from './queries.ts'
import { ProfileSearch } from './schema.ts'

/** What a list says of an instrument. */
export type ShownInstrument = {
  type: string
  brand: string | null
  lastFour: string | null
  ibanMasked: string | null
  expMonth: number | null
  expYear: number | null
}

type Owner = { shared: boolean; own: boolean; ownerName: string }

/** A row: `otherMerchants` counts whose customers are linked besides the caller's own. */
export type ProfileListRow = Json<Omit<ProfileItem, 'container' | 'preferredMethod'>> & {
  container: { id: number; name: string } & Owner
  instrument: ShownInstrument | null
  otherMerchants: number
}

async function preferredOf(read: Read, rows: readonly ProfileItem[]): Promise<Map<number, ShownInstrument>> {
  const ids = rows.flatMap(({ preferredInstrumentId }) => preferredInstrumentId ?? [])
  if (ids.length === 0 || !can(read, 'instruments:read')) return new Map()
  const found = await read.reader
    .select({
      id: instruments.id,
      type: instruments.type,
      brand: instruments.brand,
      lastFour: instruments.lastFour,
      ibanMasked: instruments.ibanMasked,
      expMonth: instruments.expMonth,
      expYear: instruments.expYear,
    })
    .from(instruments)
    .where(inArray(instruments.id, ids))
  return new Map(found.map(({ id, ...instrument }) => [id, instrument]))
}

async function ownersOf(read: Read, rows: readonly ProfileItem[]): Promise<Map<number, Owner>> {
  const found = await read.reader
    .select({ id: containers.id, shared: containers.shared, merchantId: merchants.id, ownerName: merchants.name })
    .from(containers)
    .innerJoin(merchants, eq(merchants.id, containers.merchantId))
    .where(inArray(containers.id, [...new Set(rows.map(({ containerId }) => containerId))]))
  return new Map(found.map(({ id, merchantId, ...owner }) => [id, { ...owner, own: merchantId === read.merchantId }]))
}

/** How many merchants beside the caller's have a customer linked to each profile. */
async function othersOf(read: Read, rows: readonly ProfileItem[]): Promise<Map<number, number>> {
  const ids = rows.map(({ id }) => id)
  const found = await read.reader
    .select({ profileId: profileCustomers.profileId, n: count() })
    .from(profileCustomers)
    .where(and(inArray(profileCustomers.profileId, ids), ne(profileCustomers.merchantId, read.merchantId)))
    .groupBy(profileCustomers.profileId)
  return new Map(found.map(({ profileId, n }) => [profileId, n]))
}

/** `listProfiles` with what the list shows of each row's preferred instrument, container and other links. */
export const listProfileRows = query(
  'profiles:read',
  ProfileSearch,
  async (read, search): Promise<Page<ProfileListRow>> => {
    const page = await listProfiles(read, search)
    if (page.data.length === 0) return { ...page, data: [] }
    const preferred = await preferredOf(read, page.data)
    const owners = await ownersOf(read, page.data)
    const others = await othersOf(read, page.data)
    const data = page.data.map(({ container, preferredMethod, ...row }) => ({
      ...plain(row),
      container: { ...container, ...(owners.get(container.id) ?? { shared: false, own: false, ownerName: '' }) },
      instrument: preferred.get(row.preferredInstrumentId ?? 0) ?? null,
      otherMerchants: others.get(row.id) ?? 0,
    }))
    return { ...page, data }
  },
)
