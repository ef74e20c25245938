import { and, eq } from 'drizzle-orm'
import { violation } from '#db/errors'
import { connectors } from '#db/schema'
import { visibleContainers } from '../containers/visible.ts'
import { fail, invalid } from '../core/errors.ts'
import { randomToken } from '../core/ids.ts'
import { outboundUrl } from '../core/outbound.ts'
import { changesBetween, record, unchanged } from '../core/record.ts'
import { command, type Tx } from '../core/verb.ts'
import { listMembers } from './members.ts'
import { ConnectorPatch, NewConnector, Rotation } from './schema.ts'
import { type ConnectorSecrets, newSecrets, openSecrets, sealSecrets } from './secrets.ts'

export type ConnectorRow = typeof connectors.$inferSelect
export type NewlyMade = { connector: Omit<ConnectorRow, keyof ConnectorSecrets>; secrets: ConnectorSecrets }

async function refuseHiddenContainer(tx: Tx, containerId: number | null | undefined): Promise<void> {
  if (typeof containerId === 'number' && !(await visibleContainers(tx)).includes(containerId)) {
    fail('CONTAINER_NOT_FOUND', { containerId: String(containerId) })
  }
}

function refuseCallback(callbackUrl: string | null | undefined): void {
  if (callbackUrl && !outboundUrl(callbackUrl, { http: true })) {
    invalid('callbackUrl', 'FORMAT_INVALID', 'must be a public http or https address on its own port')
  }
}

/**
 * A new route to a gateway with fresh credentials. The answer is the only time that they are seen in clear.
 * CONTAINER_NOT_FOUND for a container that the merchant does not see, CONNECTOR_NAME_TAKEN for a second of that name.
 */
export const createConnector = command('connectors:write', NewConnector, async (tx, input): Promise<NewlyMade> => {
  const { containerId } = input
  await refuseHiddenContainer(tx, containerId)
  refuseCallback(input.callbackUrl)
  const now = tx.now()
  const stamps = { merchantId: tx.merchantId, version: 1, createdAt: now, updatedAt: now }
  // The seal names the row, whose id only the database knows, so the secrets follow in the same transaction.
  const blank = { username: '', password: '', sharedSecret: '' }
  const [inserted] = await tx.writer
    .insert(connectors)
    .values({ ...input, ...stamps, ...blank, apiKey: randomToken(15) })
    .returning()
    .catch((err: unknown) => {
      if (violation(err)?.kind === 'unique') fail('CONNECTOR_NAME_TAKEN', { name: input.name })
      throw err
    })
  if (!inserted) throw new Error('An insert returned no row')
  const secrets = newSecrets()
  await tx.writer.update(connectors).set(sealSecrets(secrets, inserted)).where(eq(connectors.id, inserted.id))
  const { username, password, sharedSecret, ...connector } = inserted
  record(tx, 'connector.created', { objectType: 'connector', objectId: connector.id, after: connector })
  return { connector, secrets }
})

const withoutSecrets = ({ username, password, sharedSecret, ...row }: ConnectorRow) => row

async function ownConnector(tx: Tx, id: number): Promise<ConnectorRow> {
  const own = and(eq(connectors.id, id), eq(connectors.merchantId, tx.merchantId))
  const [row] = await tx.writer.select().from(connectors).where(own)
  return row ?? fail('CONNECTOR_NOT_FOUND', { connectorId: String(id) })
}

/** Writes a row that nobody else has changed meanwhile, with its next version. */
async function store(tx: Tx, before: ConnectorRow, set: Partial<ConnectorRow>): Promise<ConnectorRow> {
  const same = and(eq(connectors.id, before.id), eq(connectors.version, before.version))
  const [after] = await tx.writer
    .update(connectors)
    .set({ ...set, version: before.version + 1, updatedAt: tx.now() })
    .where(same)
    .returning()
    .catch((err: unknown) => {
      if (violation(err)?.kind === 'unique') fail('CONNECTOR_NAME_TAKEN', { name: set.name })
      throw err
    })
  return after ?? fail('STALE_WRITE', { connectorId: String(before.id), changedFields: [] })
}

/**
 * Changes name, container, signature duty, callback address, limit, or whether it works at all. A meta-connector without
 * members cannot be enabled. CONNECTOR_NOT_FOUND, CONTAINER_NOT_FOUND, CONNECTOR_NAME_TAKEN, STALE_WRITE.
 */
export const updateConnector = command('connectors:write', ConnectorPatch, async (tx, input) => {
  const { id, expectedVersion, ...patch } = input
  const before = await ownConnector(tx, id)
  if (expectedVersion !== undefined && expectedVersion !== before.version) {
    fail('STALE_WRITE', { connectorId: String(id), currentVersion: before.version, changedFields: [] })
  }
  await refuseHiddenContainer(tx, patch.containerId)
  refuseCallback(patch.callbackUrl)
  const isEmpty = patch.enabled && before.adapter === 'meta' && (await listMembers(tx, id)).length === 0
  if (isEmpty) invalid('enabled', 'MEMBERS_MISSING', 'needs a member first')
  const set = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
  if (Object.keys(changesBetween(before, { ...before, ...set })).length === 0) {
    unchanged(tx)
    return withoutSecrets(before)
  }
  const after = await store(tx, before, set)
  record(tx, 'connector.updated', { objectType: 'connector', objectId: id, before, after })
  return withoutSecrets(after)
})

/** New values for some of the credentials, shown once; the old ones stop working with the next request. */
export const rotateConnector = command(
  'connectors:rotate',
  Rotation,
  async (tx, { id, renew }): Promise<NewlyMade> => {
    const before = await ownConnector(tx, id)
    const [old, made] = [openSecrets(before), newSecrets()]
    const secrets = { ...old, ...Object.fromEntries(renew.map((name) => [name, made[name]])) }
    const after = await store(tx, before, sealSecrets(secrets, before))
    const detail = Object.fromEntries(renew.map((name) => [`${name} renewed`, { before: null, after: true }]))
    record(tx, 'connector.rotated', {
      objectType: 'connector',
      objectId: id,
      after: { version: after.version },
      detail,
    })
    return { connector: withoutSecrets(after), secrets }
  },
  { stepUp: true },
)
