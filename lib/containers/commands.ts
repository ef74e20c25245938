import { and, eq, sql } from 'drizzle-orm'
import { violation } from '#db/errors'
import { connectors, containerExclusions, containers, merchants, profiles } from '#db/schema'
import { fail } from '../core/errors.ts'
import { changesBetween, record, unchanged } from '../core/record.ts'
import { command, type Tx } from '../core/verb.ts'
import { ContainerPatch, ContainerRemoval, DefaultContainer, Exclusion, NewContainer } from './schema.ts'
import { type ContainerRow, visibleContainerRows, visibleContainers } from './visible.ts'

/** A new store of profiles, owned by the caller's merchant. CONTAINER_NAME_TAKEN when the merchant has one of that name. */
export const createContainer = command('containers:write', NewContainer, async (tx, input): Promise<ContainerRow> => {
  const now = tx.now()
  const [container] = await tx.writer
    .insert(containers)
    .values({ ...input, merchantId: tx.merchantId, version: 1, createdAt: now, updatedAt: now })
    .returning()
    .catch((err: unknown) => {
      if (violation(err)?.kind === 'unique') fail('CONTAINER_NAME_TAKEN', { name: input.name })
      throw err
    })
  if (!container) throw new Error('An insert returned no row')
  record(tx, 'container.created', { objectType: 'container', objectId: container.id, after: container })
  return container
})

/**
 * The caller's own container with its next version, locked until the transaction ends. One that is only shared with the
 * caller is changed by its owner alone: PERMISSION_MISSING. CONTAINER_NOT_FOUND, STALE_WRITE.
 */
async function lockOwn(tx: Tx, id: number, expectedVersion?: number): Promise<ContainerRow> {
  const seen = (await visibleContainerRows(tx)).find((row) => row.id === id)
  if (!seen) fail('CONTAINER_NOT_FOUND', { containerId: String(id) })
  if (seen.merchantId !== tx.merchantId) fail('PERMISSION_MISSING', { permission: 'containers:write' })
  const [row] = await tx.writer
    .update(containers)
    .set({ version: sql`${containers.version} + 1`, updatedAt: tx.now() })
    .where(eq(containers.id, id))
    .returning()
  if (!row) fail('CONTAINER_NOT_FOUND', { containerId: String(id) })
  const currentVersion = row.version - 1
  if (expectedVersion !== undefined && expectedVersion !== currentVersion) {
    fail('STALE_WRITE', { containerId: String(id), currentVersion, changedFields: [] })
  }
  return row
}

/** Renames, shares, stops sharing, disables or enables. It holds from the next request on. */
export const updateContainer = command('containers:write', ContainerPatch, async (tx, input): Promise<ContainerRow> => {
  const { id, expectedVersion, ...patch } = input
  const set = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
  const seen = (await visibleContainerRows(tx)).find((row) => row.id === id)
  const same = seen && Object.keys(changesBetween(seen, { ...seen, ...set })).length === 0
  if (
    same &&
    (expectedVersion === undefined || expectedVersion === seen.version) &&
    seen.merchantId === tx.merchantId
  ) {
    unchanged(tx)
    const { usable, ...row } = seen
    return row
  }
  const before = await lockOwn(tx, id, expectedVersion)
  const [after] = await tx.writer
    .update(containers)
    .set(set)
    .where(eq(containers.id, id))
    .returning()
    .catch((err: unknown) => {
      if (violation(err)?.kind === 'unique') fail('CONTAINER_NAME_TAKEN', { name: patch.name })
      throw err
    })
  if (!after) throw new Error('An update returned no row')
  record(tx, 'container.updated', { objectType: 'container', objectId: id, before, after })
  return after
})

/** Disables it for one merchant and everything below, or enables it again. MERCHANT_NOT_FOUND outside the owner's tree. */
export const excludeMerchant = command('containers:write', Exclusion, async (tx, input): Promise<ContainerRow> => {
  const { id, merchantId, disabled } = input
  const container = await lockOwn(tx, id)
  const [own] = await tx.writer.select({ path: merchants.path }).from(merchants).where(eq(merchants.id, tx.merchantId))
  const [other] = await tx.writer.select({ path: merchants.path }).from(merchants).where(eq(merchants.id, merchantId))
  if (!own || !other?.path.startsWith(own.path) || other.path === own.path) {
    fail('MERCHANT_NOT_FOUND', { merchantId: String(merchantId) })
  }
  const one = and(eq(containerExclusions.containerId, id), eq(containerExclusions.merchantId, merchantId))
  const gone = await tx.writer.delete(containerExclusions).where(one).returning({ id: containerExclusions.containerId })
  if (disabled) await tx.writer.insert(containerExclusions).values({ containerId: id, merchantId, createdAt: tx.now() })
  const detail = { [`disabled for merchant ${merchantId}`]: { before: gone.length > 0, after: disabled } }
  record(tx, 'container.updated', {
    objectType: 'container',
    objectId: id,
    after: { version: container.version },
    detail,
  })
  return container
})

/** Deletes an empty container that nothing uses; CONTAINER_IN_USE says by what it is used. */
export const deleteContainer = command('containers:write', ContainerRemoval, async (tx, input): Promise<void> => {
  const before = await lockOwn(tx, input.id, input.expectedVersion)
  const { id } = before
  const [profile] = await tx.writer
    .select({ id: profiles.id })
    .from(profiles)
    .where(eq(profiles.containerId, id))
    .limit(1)
  if (profile) fail('CONTAINER_IN_USE', { reason: 'The container holds profiles' })
  const [user] = await tx.writer
    .select({ id: connectors.id })
    .from(connectors)
    .where(eq(connectors.containerId, id))
    .limit(1)
  if (user) fail('CONTAINER_IN_USE', { reason: 'A connector uses the container' })
  const [fallback] = await tx.writer
    .select({ id: merchants.id })
    .from(merchants)
    .where(eq(merchants.defaultContainerId, id))
    .limit(1)
  if (fallback) fail('CONTAINER_IN_USE', { reason: 'The container is the default of a merchant' })
  await tx.writer.delete(containerExclusions).where(eq(containerExclusions.containerId, id))
  await tx.writer.delete(containers).where(eq(containers.id, id))
  record(tx, 'container.deleted', { objectType: 'container', objectId: id, before })
})

/**
 * The container of every connector of the caller's merchant that names none. Sub-merchants do not inherit it, so each
 * sets its own. CONTAINER_NOT_FOUND for one that the merchant does not see.
 */
export const setDefaultContainer = command(
  'containers:write',
  DefaultContainer,
  async (tx, { containerId }): Promise<void> => {
    if (containerId !== null && !(await visibleContainers(tx)).includes(containerId)) {
      fail('CONTAINER_NOT_FOUND', { containerId: String(containerId) })
    }
    const own = eq(merchants.id, tx.merchantId)
    const [before] = await tx.writer.select().from(merchants).where(own)
    if (!before) fail('MERCHANT_NOT_FOUND', { merchantId: String(tx.merchantId) })
    if (before.defaultContainerId === containerId) return unchanged(tx)
    const after = { ...before, defaultContainerId: containerId, version: before.version + 1, updatedAt: tx.now() }
    const { defaultContainerId, version, updatedAt } = after
    const same = and(own, eq(merchants.version, before.version))
    const [stored] = await tx.writer
      .update(merchants)
      .set({ defaultContainerId, version, updatedAt })
      .where(same)
      .returning()
    if (!stored) fail('STALE_WRITE', { merchantId: String(tx.merchantId) })
    record(tx, 'merchant.updated', { objectType: 'merchant', objectId: tx.merchantId, before, after })
  },
)
