import { count, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import type { Reader } from '#db/client'
import { connectors, instruments, merchants, profiles } from '#db/schema'
import { fail } from '../core/errors.ts'
import { query, type Read } from '../core/verb.ts'
import { ContainerRef } from './schema.ts'
import { type VisibleContainer, visibleContainerRows } from './visible.ts'

/** A container as one merchant sees it: `own` says whether it may be changed here, connectors are this merchant's. */
export type Container = VisibleContainer & {
  ownerName: string
  own: boolean
  isDefault: boolean
  profiles: number
  instruments: number
  connectors: number
}

type Counts = Map<number, number>
const byId = (rows: { id: number | null; n: number }[]): Counts => new Map(rows.map(({ id, n }) => [id ?? 0, n]))

const profilesIn = async (reader: Reader, ids: number[]): Promise<Counts> =>
  byId(
    await reader
      .select({ id: profiles.containerId, n: count() })
      .from(profiles)
      .where(inArray(profiles.containerId, ids))
      .groupBy(profiles.containerId),
  )

const instrumentsIn = async (reader: Reader, ids: number[]): Promise<Counts> =>
  byId(
    await reader
      .select({ id: profiles.containerId, n: count() })
      .from(instruments)
      .innerJoin(profiles, eq(profiles.id, instruments.profileId))
      .where(inArray(profiles.containerId, ids))
      .groupBy(profiles.containerId),
  )

/** How many of the merchant's connectors use each container: by their own choice, or through its default. */
const connectorsOf = async (reader: Reader, merchantId: number, fallback: number | null): Promise<Counts> => {
  const rows = await reader
    .select({ id: connectors.containerId })
    .from(connectors)
    .where(eq(connectors.merchantId, merchantId))
  const counts: Counts = new Map()
  for (const { id } of rows) {
    const used = id ?? fallback
    if (used !== null) counts.set(used, (counts.get(used) ?? 0) + 1)
  }
  return counts
}

async function complete(read: Read, rows: VisibleContainer[]): Promise<Container[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const involved = [...new Set([read.merchantId, ...rows.map(({ merchantId }) => merchantId)])]
  const named = await read.reader
    .select({ id: merchants.id, name: merchants.name, fallback: merchants.defaultContainerId })
    .from(merchants)
    .where(inArray(merchants.id, involved))
  const fallback = named.find(({ id }) => id === read.merchantId)?.fallback ?? null
  const [profileCounts, instrumentCounts, connectorCounts] = await Promise.all([
    profilesIn(read.reader, ids),
    instrumentsIn(read.reader, ids),
    connectorsOf(read.reader, read.merchantId, fallback),
  ])
  return rows.map((row) => ({
    ...row,
    ownerName: named.find(({ id }) => id === row.merchantId)?.name ?? '',
    own: row.merchantId === read.merchantId,
    isDefault: row.id === fallback,
    profiles: profileCounts.get(row.id) ?? 0,
    instruments: instrumentCounts.get(row.id) ?? 0,
    connectors: connectorCounts.get(row.id) ?? 0,
  }))
}

/** Every container that the caller's merchant sees, by name. */
export const listContainers = query(
  'containers:read',
  z.strictObject({}),
  async (read): Promise<Container[]> => complete(read, await visibleContainerRows(read)),
)

/** One container; CONTAINER_NOT_FOUND for one that the merchant does not see. */
export const getContainer = query('containers:read', ContainerRef, async (read, { id }): Promise<Container> => {
  const rows = (await visibleContainerRows(read)).filter((row) => row.id === id)
  const [container] = await complete(read, rows)
  if (!container) fail('CONTAINER_NOT_FOUND', { containerId: String(id) })
  return container
})
