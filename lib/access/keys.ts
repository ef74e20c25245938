// API keys and OAuth clients. A secret is returned once, by the command that made it; the database keeps its hash.
import { and, asc, eq, gt, isNull, or } from 'drizzle-orm'
import { z } from 'zod'
import { apiKeys, oauthClients } from '#db/schema'
import { fail, invalid } from '../core/errors.ts'
import { newApiKey, randomToken, sha256 } from '../core/ids.ts'
import { afterCursor, type Cursor, decodeCursor, listFingerprint, orderOf, type Page, toPage } from '../core/page.ts'
import { isPermission, PERMISSIONS } from '../core/permissions.ts'
import { changesBetween, record, unchanged } from '../core/record.ts'
import { command, query, type Tx } from '../core/verb.ts'
import { isNetwork } from './networks.ts'
import {
  ApiKeyPatch,
  ApiKeyRef,
  ApiKeyRoll,
  ApiKeySearch,
  KEEP_OLD_HOURS,
  NewApiKey,
  NewOauthClient,
} from './schema.ts'

const HOUR_MS = 3_600_000

type Row = typeof apiKeys.$inferSelect
/** A key as it may be shown: `prefix` is what stands in clear at its beginning. */
export type ApiKeyView = Omit<Row, 'secretHash' | 'previousHash' | 'publicId'> & {
  prefix: string
  state: 'active' | 'expired' | 'revoked'
}

const stateOf = (row: Row, now: Date): ApiKeyView['state'] => {
  if (row.revokedAt) return 'revoked'
  return row.expiresAt && row.expiresAt <= now ? 'expired' : 'active'
}

function viewOf({ secretHash: _secret, previousHash: _previous, publicId, ...row }: Row, now: Date): ApiKeyView {
  const full = { ...row, publicId, secretHash: '', previousHash: null }
  return { ...row, prefix: `ck_${publicId}`, state: stateOf(full, now) }
}

/**
 * Nobody grants more than they hold. `*` is everything its maker may do: for one who may do everything it stays `*` and
 * grows with the product, for anybody else it is written out.
 */
function grantable(tx: Tx, scopes: readonly string[]): string[] {
  if (scopes.includes('*')) {
    const held = PERMISSIONS.filter((permission) => tx.permissions.has(permission))
    return held.length === PERMISSIONS.length ? ['*'] : held
  }
  const lacking = scopes.find((scope) => isPermission(scope) && !tx.permissions.has(scope))
  if (lacking) fail('PERMISSION_MISSING', { permission: lacking })
  return [...new Set(scopes)]
}

/** A key that can do more than the caller must not come into the caller's hands by a new secret. */
function mayHold(tx: Tx, row: Row): void {
  const scopes = row.scopes.includes('*') ? PERMISSIONS : row.scopes
  grantable(tx, scopes)
}

function checkNetworks(networks: readonly string[]): void {
  const wrong = networks.findIndex((network) => !isNetwork(network))
  if (wrong >= 0)
    invalid(`networks.${wrong}`, 'FORMAT_INVALID', 'must be an IP address or a network such as 203.0.113.0/24')
}

/** A point in time that lies ahead, or null. */
function expiryOf(tx: Tx, expiresAt: string | null): Date | null {
  const at = expiresAt === null ? null : new Date(expiresAt)
  if (at && at <= tx.now()) invalid('expiresAt', 'DATE_INVALID', 'must lie in the future')
  return at
}

type Values = Pick<Row, 'name' | 'scopes' | 'networks' | 'expiresAt' | 'compatStatus200' | 'ownerStaffId'>

async function store(tx: Tx, values: Values): Promise<{ apiKey: ApiKeyView; key: string }> {
  const { key, publicId } = newApiKey()
  const now = tx.now()
  const identity = { merchantId: tx.merchantId, publicId, secretHash: sha256(key), createdBy: tx.actor.name }
  const stamps = { version: 1, createdAt: now, updatedAt: now }
  const [made] = await tx.writer
    .insert(apiKeys)
    .values({ ...values, ...identity, ...stamps })
    .returning()
  if (!made) throw new Error('An insert returned no row')
  record(tx, 'api_key.created', { objectType: 'api_key', objectId: made.id, after: made })
  return { apiKey: viewOf(made, now), key }
}

/** Makes a key; `key` is shown this once. PERMISSION_MISSING names a scope that the caller does not hold. */
export const createApiKey = command(
  'keys:write',
  NewApiKey,
  async (tx, { expiresAt, scopes, ...fields }) => {
    checkNetworks(fields.networks)
    return store(tx, {
      ...fields,
      scopes: grantable(tx, scopes),
      expiresAt: expiryOf(tx, expiresAt),
      ownerStaffId: null,
    })
  },
  { stepUp: true },
)

/** The merchant's keys in the order they were made, revoked ones included unless `state` is `active`. */
export const listApiKeys = query(
  'keys:read',
  ApiKeySearch,
  async (read, { state, limit, cursor: given }): Promise<Page<ApiKeyView>> => {
    const now = read.now()
    const fingerprint = listFingerprint(['api_keys', read.merchantId, state])
    const cursor: Cursor | undefined = given ? decodeCursor(given, fingerprint) : undefined
    const keys = [{ column: apiKeys.id, descending: false }]
    const live = and(isNull(apiKeys.revokedAt), or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, now)))
    const rows = await read.reader
      .select()
      .from(apiKeys)
      .where(
        and(
          eq(apiKeys.merchantId, read.merchantId),
          state === 'active' ? live : undefined,
          cursor && afterCursor(keys, cursor, (value) => value),
        ),
      )
      .orderBy(...orderOf(keys, cursor?.backwards))
      .limit(limit + 1)
    const page = toPage(rows, limit, cursor, fingerprint, (row) => [row.id])
    return { ...page, data: page.data.map((row) => viewOf(row, now)) }
  },
)

/** One key of the caller's merchant; any other is API_KEY_NOT_FOUND. */
export const getApiKey = query('keys:read', ApiKeyRef, async (read, { keyId }): Promise<ApiKeyView> => {
  const own = and(eq(apiKeys.id, keyId), eq(apiKeys.merchantId, read.merchantId))
  const [row] = await read.reader.select().from(apiKeys).where(own)
  return row ? viewOf(row, read.now()) : fail('API_KEY_NOT_FOUND', { keyId: String(keyId) })
})

async function ownKey(tx: Tx, keyId: number): Promise<Row> {
  const own = and(eq(apiKeys.id, keyId), eq(apiKeys.merchantId, tx.merchantId))
  const [row] = await tx.writer.select().from(apiKeys).where(own)
  return row ?? fail('API_KEY_NOT_FOUND', { keyId: String(keyId) })
}

type KeyAction = 'api_key.updated' | 'api_key.rolled' | 'api_key.revoked'

async function change(tx: Tx, before: Row, set: Partial<Row>, action: KeyAction): Promise<ApiKeyView> {
  const after: Row = { ...before, ...set, version: before.version + 1, updatedAt: tx.now() }
  const { id, ...columns } = after
  const same = and(eq(apiKeys.id, id), eq(apiKeys.version, before.version))
  // Use is noted at any moment and is no change of the key.
  const { lastUsedAt: _at, lastUsedIp: _ip, ...changed } = columns
  const [stored] = await tx.writer.update(apiKeys).set(changed).where(same).returning({ id: apiKeys.id })
  if (!stored) fail('STALE_WRITE', { keyId: String(id), currentVersion: before.version + 1 })
  record(tx, action, { objectType: 'api_key', objectId: id, before, after })
  return viewOf(after, tx.now())
}

/** Changes name, networks, expiry or the answer style. A revoked key cannot come back: API_KEY_NOT_FOUND. */
export const updateApiKey = command(
  'keys:write',
  ApiKeyPatch,
  async (tx, { keyId, expectedVersion, expiresAt, ...patch }) => {
    const before = await ownKey(tx, keyId)
    if (before.revokedAt) fail('API_KEY_NOT_FOUND', { keyId: String(keyId) })
    if (expectedVersion !== undefined && expectedVersion !== before.version) {
      fail('STALE_WRITE', { keyId: String(keyId), currentVersion: before.version })
    }
    mayHold(tx, before)
    if (patch.networks) checkNetworks(patch.networks)
    const given: Partial<Row> = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
    if (expiresAt !== undefined) given.expiresAt = expiryOf(tx, expiresAt)
    if (Object.keys(changesBetween(before, { ...before, ...given })).length === 0) {
      unchanged(tx)
      return viewOf(before, tx.now())
    }
    return change(tx, before, given, 'api_key.updated')
  },
  { stepUp: true },
)

/** A new secret for the same key; the old one works on for 0 h, 24 h or 7 days. An even older one stops at once. */
export const rollApiKey = command(
  'keys:write',
  ApiKeyRoll,
  async (tx, { keyId, keepOld }) => {
    const before = await ownKey(tx, keyId)
    if (before.revokedAt) fail('API_KEY_NOT_FOUND', { keyId: String(keyId) })
    mayHold(tx, before)
    const { key, publicId } = newApiKey()
    const hours = KEEP_OLD_HOURS[keepOld]
    const kept = { previousHash: before.secretHash, previousUntil: new Date(tx.now().getTime() + hours * HOUR_MS) }
    const old = hours === 0 ? { previousHash: null, previousUntil: null } : kept
    const apiKey = await change(tx, before, { publicId, secretHash: sha256(key), ...old }, 'api_key.rolled')
    return { apiKey, key }
  },
  { stepUp: true },
)

/** The key and its previous secret fail from the next request on. Revoking twice is no error. */
export const revokeApiKey = command(
  'keys:write',
  ApiKeyRef,
  async (tx, { keyId }) => {
    const before = await ownKey(tx, keyId)
    if (before.revokedAt) {
      unchanged(tx)
      return viewOf(before, tx.now())
    }
    return change(tx, before, { revokedAt: tx.now(), previousHash: null, previousUntil: null }, 'api_key.revoked')
  },
  { stepUp: true },
)

const StaffKey = z.strictObject({ userId: z.number().int().positive() })

/**
 * The one key of a staff member at this merchant, made anew; the one before stops working. It can do what its owner may
 * do at the moment of use. Only for oneself: any other user is USER_NOT_FOUND.
 */
export const replaceStaffKey = command(
  'keys:write',
  StaffKey,
  async (tx, { userId }) => {
    if (tx.actor.type !== 'staff' || tx.actor.id !== userId) fail('USER_NOT_FOUND', { userId: String(userId) })
    const own = and(eq(apiKeys.merchantId, tx.merchantId), eq(apiKeys.ownerStaffId, userId), isNull(apiKeys.revokedAt))
    for (const before of await tx.writer.select().from(apiKeys).where(own).orderBy(asc(apiKeys.id))) {
      await change(tx, before, { revokedAt: tx.now(), previousHash: null, previousUntil: null }, 'api_key.revoked')
    }
    const fields = { scopes: ['*'], networks: [], expiresAt: null, compatStatus200: false, ownerStaffId: userId }
    return store(tx, { name: tx.actor.name, ...fields })
  },
  { stepUp: true },
)

export type OauthClientView = { id: number; name: string; clientId: string; scopes: string[]; createdAt: Date }

/** Registers an OAuth client; `clientSecret` is shown this once. Scopes as for keys. */
export const createOauthClient = command(
  'keys:write',
  NewOauthClient,
  async (tx, { name, scopes }): Promise<{ client: OauthClientView; clientSecret: string }> => {
    const clientSecret = randomToken(32)
    const identity = { merchantId: tx.merchantId, clientId: `oc_${randomToken(12)}`, secretHash: sha256(clientSecret) }
    const values = { name, scopes: grantable(tx, scopes), ...identity, createdAt: tx.now() }
    const [made] = await tx.writer.insert(oauthClients).values(values).returning()
    if (!made) throw new Error('An insert returned no row')
    record(tx, 'oauth_client.created', { objectType: 'oauth_client', objectId: made.id, after: made })
    const { id, clientId, createdAt } = made
    return { client: { id, name, clientId, scopes: made.scopes, createdAt }, clientSecret }
  },
  { stepUp: true },
)
