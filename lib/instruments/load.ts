// Reads instruments as one merchant may see them. Every answer about an instrument comes from here, so that container
// visibility, masks and other merchants' secrets are decided once.
import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { type Reader, statement } from '#db/client'
import { connectors, customers, instruments, merchants, profileCustomers, profiles } from '#db/schema'
import { visibleContainers } from '../containers/visible.ts'
import { type Ctx, can } from '../core/ctx.ts'
import { maskName, maskText } from '../core/mask.ts'
import type { Read } from '../core/verb.ts'
import { type Expiry, expiryOf, type Route, type Usable, usableBy } from './rules.ts'
import type { InstrumentType } from './schema.ts'

export type InstrumentRow = typeof instruments.$inferSelect

/**
 * An instrument as the caller's merchant sees it. `referenceUuid` and `connector` are null for one that another merchant
 * saved: they work for that merchant only. `customer` is this merchant's own.
 */
export type Instrument = {
  id: number
  instrumentId: string
  profileGuid: string
  containerId: number
  type: InstrumentType
  paymentToken: string
  referenceUuid: string | null
  brand: string | null
  holderName: string | null
  firstSix: string | null
  lastFour: string | null
  expMonth: number | null
  expYear: number | null
  ibanMasked: string | null
  /** What the merchant said of the bank and the billing address; null where it is masked. */
  details: Record<string, string> | null
  isPreferred: boolean
  own: boolean
  connector: { id: number; name: string } | null
  customer: { id: number; name: string } | null
  expiry: Expiry
  usable: Usable
  version: number
  createdAt: Date
  updatedAt: Date
}

const MAX_ROWS = 500

const routes = (on: Reader) =>
  statement(on, 'connector_routes', (reader) =>
    reader
      .select({
        id: connectors.id,
        adapter: connectors.adapter,
        enabled: connectors.enabled,
        containerId: connectors.containerId,
        fallback: merchants.defaultContainerId,
      })
      .from(connectors)
      .innerJoin(merchants, eq(merchants.id, connectors.merchantId))
      .where(eq(connectors.merchantId, sql.placeholder('merchantId'))),
  )

/** The merchant's connectors, each with the container it works on. */
async function routesOf({ reader, merchantId }: Read): Promise<Route[]> {
  const rows = await routes(reader).execute({ merchantId })
  return rows.map(({ fallback, ...route }) => ({ ...route, containerId: route.containerId ?? fallback }))
}

/** The caller's customer behind each profile. */
export async function customersOf(
  read: Read,
  profileIds: number[],
): Promise<Map<number, { id: number; name: string }>> {
  if (profileIds.length === 0) return new Map()
  const rows = await read.reader
    .select({ profileId: profileCustomers.profileId, id: customers.id, name: customers.name })
    .from(profileCustomers)
    .innerJoin(customers, eq(customers.id, profileCustomers.customerId))
    .where(and(inArray(profileCustomers.profileId, profileIds), eq(profileCustomers.merchantId, read.merchantId)))
  const clear = can(read, 'pii:read')
  return new Map(rows.map(({ profileId, id, name }) => [profileId, { id, name: clear ? name : maskName(name) }]))
}

/** The first six digits stay hidden from people until revealed; systems with pii:read get them, since they cannot click. */
function masked(ctx: Ctx, row: InstrumentRow): Pick<InstrumentRow, 'holderName' | 'firstSix' | 'details'> {
  const clear = can(ctx, 'pii:read')
  return {
    holderName: row.holderName === null || clear ? row.holderName : maskName(row.holderName),
    details: clear ? row.details : null,
    firstSix: row.firstSix === null || (clear && ctx.actor.type !== 'staff') ? row.firstSix : maskText(row.firstSix),
  }
}

/** The instruments that match `where` in the containers that the merchant sees, newest first. */
export async function loadInstruments(
  read: Read,
  where: SQL | undefined,
  { limit = MAX_ROWS, offset = 0 } = {},
): Promise<Instrument[]> {
  const visible = await visibleContainers(read)
  const rows = await read.reader
    .select({ row: instruments, profile: profiles, adapter: connectors.adapter, connectorName: connectors.name })
    .from(instruments)
    .innerJoin(profiles, eq(profiles.id, instruments.profileId))
    .innerJoin(connectors, eq(connectors.id, instruments.connectorId))
    .where(and(where, inArray(profiles.containerId, visible)))
    .orderBy(desc(instruments.createdAt), desc(instruments.id))
    .limit(limit)
    .offset(offset)
  if (rows.length === 0) return []
  const own = await routesOf(read)
  const owners = await customersOf(read, [...new Set(rows.map(({ profile }) => profile.id))])
  return rows.map(({ row, profile, adapter, connectorName }) => {
    const mine = row.merchantId === read.merchantId
    const expiry = expiryOf(row.expMonth, row.expYear, read.now())
    const { fingerprint, profileId, merchantId, connectorId, ...kept } = row
    return {
      ...kept,
      ...masked(read, row),
      profileGuid: profile.profileGuid,
      containerId: profile.containerId,
      referenceUuid: mine ? row.referenceUuid : null,
      isPreferred: profile.preferredInstrumentId === row.id,
      own: mine,
      connector: mine ? { id: connectorId, name: connectorName } : null,
      customer: owners.get(profileId) ?? null,
      expiry,
      usable: usableBy(own, { containerId: profile.containerId, adapter, expiry }),
    }
  })
}
