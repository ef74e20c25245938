// From the Basic credentials of a payment call to what it may do: at the merchant of the connector, for its profiles and
// payments.
import { createHash, timingSafeEqual } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { db, type Reader, statement } from '#db/client'
import { connectors } from '#db/schema'
import { admit } from '../access/throttle.ts'
import type { Ctx } from '../core/ctx.ts'
import { fail } from '../core/errors.ts'
import { scopePermissions } from '../core/permissions.ts'
import { type ConnectorSecrets, openSecrets } from './secrets.ts'

const byApiKey = (on: Reader) =>
  statement(on, 'connector_by_api_key', (reader) =>
    reader
      .select()
      .from(connectors)
      .where(eq(connectors.apiKey, sql.placeholder('apiKey'))),
  )

const PERMISSIONS = scopePermissions([
  'customers:read',
  'customers:write',
  'pii:read',
  'containers:read',
  'profiles:read',
  'profiles:write',
  'profiles:delete',
  'instruments:read',
  'instruments:write',
  'transactions:read',
  'transactions:write',
])

/** SHA-1 ten times over, hex to hex: what clients that are in use send in place of the password. */
export function tenfold(password: string): string {
  let text = password
  for (let round = 0; round < 10; round++) text = createHash('sha1').update(text).digest('hex')
  return text
}

/** Equal or not in a time that tells nothing; texts of any length are compared by their hashes. */
function same(one: string, other: string): boolean {
  const hashed = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hashed(one), hashed(other))
}

const NOBODY: ConnectorSecrets = { username: '', password: '', sharedSecret: '' }

export type ConnectorCaller = {
  ctx: Ctx
  connector: { id: number; requireSignature: boolean; rateLimited: boolean }
  sharedSecret: string
}
type Given = { apiKey: string; username: string; password: string; ip: string | null; requestId: string }

/**
 * The caller behind a connector's public key and its Basic credentials, the password plain or ten-fold hashed. An
 * unknown key and wrong credentials are one CREDENTIALS_INVALID; RATE_LIMITED once there were too many of them.
 */
export async function connectorCaller(given: Given): Promise<ConnectorCaller> {
  const { apiKey, username, password, ip, requestId } = given
  const now = () => new Date()
  const [row] = await byApiKey(db().read).execute({ apiKey })
  const secrets = row ? openSecrets(row) : NOBODY
  const checks = [
    same(username, secrets.username),
    same(password, secrets.password) || same(password, tenfold(secrets.password)),
  ]
  if (!row || checks.includes(false)) {
    // Only what is wrong is counted, so that strangers cannot lock a connector that sends the right ones.
    await admit({ account: `connector ${apiKey}`, ip, merchantId: row?.merchantId }, now())
    return fail('CREDENTIALS_INVALID')
  }
  const { id, name, merchantId, requireSignature, rateLimited } = row
  const actor = { type: 'connector' as const, id, name }
  const ctx: Ctx = { db: db(), merchantId, actor, permissions: PERMISSIONS, requestId, ip, provenAt: null, now }
  return { ctx, connector: { id, requireSignature, rateLimited }, sharedSecret: secrets.sharedSecret }
}
