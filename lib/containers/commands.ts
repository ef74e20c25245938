import { and, eq } from 'drizzle-orm'
import { violation } from '#db/errors'
import { containers, merchants } from '#db/schema'
import { fail } from '../core/errors.ts'
import { record, unchanged } from '../core/record.ts'
import { command } from '../core/verb.ts'
import { DefaultContainer, NewContainer } from './schema.ts'
import { type ContainerRow, visibleContainers } from './visible.ts'

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
