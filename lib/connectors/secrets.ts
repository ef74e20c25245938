// A connector's credentials: sealed in the database, each bound to its column, row and merchant.
import { randomToken } from '../core/ids.ts'
import { seal, unseal } from '../core/secrets.ts'
import type { ConnectorRow } from './commands.ts'

export type ConnectorSecrets = { username: string; password: string; sharedSecret: string }
type Place = { id: number; merchantId: number }

const where = (column: keyof ConnectorSecrets, { id, merchantId }: Place) => `connectors.${column}.${id}.${merchantId}`

export const newSecrets = (): ConnectorSecrets => ({
  username: `api-${randomToken(9)}`,
  password: randomToken(24),
  sharedSecret: randomToken(32),
})

export const sealSecrets = (secrets: ConnectorSecrets, place: Place): ConnectorSecrets => ({
  username: seal(secrets.username, where('username', place)),
  password: seal(secrets.password, where('password', place)),
  sharedSecret: seal(secrets.sharedSecret, where('sharedSecret', place)),
})

/** The credentials in clear, to verify a request or to sign a callback. Throws when a value was changed or moved. */
export const openSecrets = (row: ConnectorRow): ConnectorSecrets => ({
  username: unseal(row.username, where('username', row)),
  password: unseal(row.password, where('password', row)),
  sharedSecret: unseal(row.sharedSecret, where('sharedSecret', row)),
})
