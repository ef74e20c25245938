import { and, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { connectors, containers, merchants } from '#db/schema'
import { fail } from '../core/errors.ts'
import { query, type Read } from '../core/verb.ts'
import type { ConnectorRow } from './commands.ts'
import { ConnectorRef } from './schema.ts'
import type { ConnectorSecrets } from './secrets.ts'

/** A connector without its credentials. `container` is the one it uses, and `containerFrom` says why. */
export type Connector = Omit<ConnectorRow, keyof ConnectorSecrets> & {
  container: { id: number; name: string } | null
  containerFrom: 'own' | 'default' | 'none'
}

async function complete(read: Read, rows: ConnectorRow[]): Promise<Connector[]> {
  const [merchant] = await read.reader
    .select({ fallback: merchants.defaultContainerId })
    .from(merchants)
    .where(eq(merchants.id, read.merchantId))
  const fallback = merchant?.fallback ?? null
  const used = [...new Set(rows.flatMap(({ containerId }) => containerId ?? fallback ?? []))]
  const named = used.length
    ? await read.reader
        .select({ id: containers.id, name: containers.name })
        .from(containers)
        .where(inArray(containers.id, used))
    : []
  return rows.map(({ username, password, sharedSecret, ...row }) => {
    const container = named.find(({ id }) => id === (row.containerId ?? fallback)) ?? null
    return { ...row, container, containerFrom: row.containerId !== null ? 'own' : container ? 'default' : 'none' }
  })
}

/** The merchant's connectors, by name. */
export const listConnectors = query('connectors:read', z.strictObject({}), async (read): Promise<Connector[]> => {
  const own = eq(connectors.merchantId, read.merchantId)
  return complete(read, await read.reader.select().from(connectors).where(own).orderBy(connectors.name, connectors.id))
})

/** One connector of the merchant; CONNECTOR_NOT_FOUND for any other. */
export const getConnector = query('connectors:read', ConnectorRef, async (read, { id }): Promise<Connector> => {
  const own = and(eq(connectors.id, id), eq(connectors.merchantId, read.merchantId))
  const [connector] = await complete(read, await read.reader.select().from(connectors).where(own))
  if (!connector) fail('CONNECTOR_NOT_FOUND', { connectorId: String(id) })
  return connector
})
