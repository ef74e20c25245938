import { eq } from 'drizzle-orm'
import { violation } from '#db/errors'
import { connectors } from '#db/schema'
import { visibleContainers } from '../containers/visible.ts'
import { fail } from '../core/errors.ts'
import { randomToken } from '../core/ids.ts'
import { record } from '../core/record.ts'
import { command } from '../core/verb.ts'
import { NewConnector } from './schema.ts'
import { type ConnectorSecrets, newSecrets, sealSecrets } from './secrets.ts'

export type ConnectorRow = typeof connectors.$inferSelect
export type NewlyMade = { connector: Omit<ConnectorRow, keyof ConnectorSecrets>; secrets: ConnectorSecrets }

/**
 * A new route to a gateway with fresh credentials. The answer is the only time that they are seen in clear.
 * CONTAINER_NOT_FOUND for a container that the merchant does not see, CONNECTOR_NAME_TAKEN for a second of that name.
 */
export const createConnector = command('connectors:write', NewConnector, async (tx, input): Promise<NewlyMade> => {
  const { containerId } = input
  if (containerId !== null && !(await visibleContainers(tx)).includes(containerId)) {
    fail('CONTAINER_NOT_FOUND', { containerId: String(containerId) })
  }
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
