// The container that a connector works on, and every reason why it has none.
import { and, eq } from 'drizzle-orm'
import { connectors, merchants } from '#db/schema'
import { fail } from '../core/errors.ts'
import type { Read, Tx } from '../core/verb.ts'
import { visibleContainers } from './visible.ts'

/**
 * The connector's own container, else the default one of its merchant, which is the caller's. PROFILES_NOT_ENABLED when
 * the merchant's plan has no profiles, CONTAINER_MISSING when neither is set, CONTAINER_DISABLED when it is not to be
 * used here.
 */
export async function containerOfConnector(on: Read | Tx, connectorId: number): Promise<number> {
  const reader = 'reader' in on ? on.reader : on.writer
  const [found] = await reader
    .select({
      own: connectors.containerId,
      fallback: merchants.defaultContainerId,
      profilesEnabled: merchants.profilesEnabled,
    })
    .from(connectors)
    .innerJoin(merchants, eq(merchants.id, connectors.merchantId))
    .where(and(eq(connectors.id, connectorId), eq(connectors.merchantId, on.merchantId)))
  if (!found) fail('CONNECTOR_NOT_FOUND', { connectorId: String(connectorId) })
  if (!found.profilesEnabled) fail('PROFILES_NOT_ENABLED')
  const containerId = found.own ?? found.fallback
  if (containerId === null) fail('CONTAINER_MISSING')
  if (!(await visibleContainers(on)).includes(containerId)) fail('CONTAINER_DISABLED')
  return containerId
}
