// From what a request carries to what it may do. The hottest path of all: prepared look-ups, nothing slow, and nothing
// remembered for longer than until the next commit, since it could be revoked by it.
import { eq, sql } from 'drizzle-orm'
import { db, type Reader, statement } from '#db/client'
import { apiKeys, staff } from '#db/schema'
import type { Ctx } from '../core/ctx.ts'
import { fail } from '../core/errors.ts'
import { checkApiKey, parseId, sha256 } from '../core/ids.ts'
import { type Permission, scopePermissions } from '../core/permissions.ts'
import { log } from '../log.ts'
import { isAllowedFrom } from './networks.ts'
import { holderOfToken, OAUTH_TOKEN_PREFIX } from './oauth.ts'
import { pathOf, permissionsOf, reachOf, rolesAt } from './reach.ts'
import { ctxOfSession, findSession, touch } from './sessions.ts'

export type Credential = {
  /** The value of X-API-Key. */
  apiKey?: string
  /** An API key, an access token of an OAuth client, or a staff token. */
  bearer?: string
  /** The user name of Basic: an API key. */
  basicUser?: string
  ip: string | null
  requestId: string
  /** The value of Clientele-Merchant: a merchant of the credential's subtree to act at. */
  merchantHeader?: string
  now?: () => Date
}

export type CredentialCtx = Ctx & { compatStatus200: boolean }

const COLUMNS = {
  id: apiKeys.id,
  merchantId: apiKeys.merchantId,
  name: apiKeys.name,
  previousUntil: apiKeys.previousUntil,
  scopes: apiKeys.scopes,
  networks: apiKeys.networks,
  compatStatus200: apiKeys.compatStatus200,
  ownerStaffId: apiKeys.ownerStaffId,
  expiresAt: apiKeys.expiresAt,
  revokedAt: apiKeys.revokedAt,
}

const byHash = (on: Reader) =>
  statement(
    on,
    'access_key',
    (reader) =>
      reader
        .select(COLUMNS)
        .from(apiKeys)
        .where(eq(apiKeys.secretHash, sql.placeholder('hash'))),
    { remember: 1000 },
  )
const byPreviousHash = (on: Reader) =>
  statement(on, 'access_key_previous', (reader) =>
    reader
      .select(COLUMNS)
      .from(apiKeys)
      .where(eq(apiKeys.previousHash, sql.placeholder('hash'))),
  )
const ownerOf = (on: Reader) =>
  statement(on, 'access_key_owner', (reader) =>
    reader
      .select({ suspendedAt: staff.suspendedAt })
      .from(staff)
      .where(eq(staff.id, sql.placeholder('id'))),
  )

type Key = Awaited<ReturnType<ReturnType<typeof byHash>['execute']>>[number]

async function findKey(on: Reader, secret: string, now: Date): Promise<Key | undefined> {
  const hash = sha256(secret)
  const [current] = await byHash(on).execute({ hash })
  if (current) return current
  const [previous] = await byPreviousHash(on).execute({ hash })
  return previous?.previousUntil && previous.previousUntil > now ? previous : undefined
}

const remembered = new Map<string, ReadonlySet<Permission>>()

/** The same set object for the same scopes; there are only as many as keys differ in theirs. */
function permissionsOfScopes(scopes: readonly string[]): ReadonlySet<Permission> {
  const name = scopes.length === 1 ? (scopes[0] ?? '') : scopes.join(' ')
  let set = remembered.get(name)
  if (!set) {
    if (remembered.size >= 10_000) remembered.clear()
    remembered.set(name, (set = scopePermissions(scopes)))
  }
  return set
}

/** A staff member's key never does more than its owner may do now, and nothing at all while they are suspended. */
async function boundByOwner(
  on: Reader,
  ownerId: number,
  path: string,
  scoped: ReadonlySet<Permission>,
): Promise<ReadonlySet<Permission>> {
  const [owner] = await ownerOf(on).execute({ id: ownerId })
  const roles = owner && !owner.suspendedAt ? rolesAt(await reachOf(on, ownerId), path) : []
  if (roles.length === 0) fail('CREDENTIALS_INVALID')
  const held = permissionsOf(roles)
  return new Set([...scoped].filter((permission) => held.has(permission)))
}

/** The merchant to act at: the credential's own, or the one of the header when it lies below. */
async function targetOf(on: Reader, own: number, header: string): Promise<number> {
  const wanted = parseId(header.trim())
  if (wanted === own) return own
  const path = wanted === undefined ? undefined : await pathOf(on, wanted)
  const ownPath = path && (await pathOf(on, own))
  if (wanted === undefined || !path || !ownPath || !path.startsWith(ownPath))
    fail('MERCHANT_NOT_FOUND', { merchantId: header })
  return wanted
}

const clock = () => new Date()

async function ctxOfKey(secret: string, given: Credential): Promise<CredentialCtx> {
  if (!checkApiKey(secret)) fail('CREDENTIALS_INVALID')
  const now = given.now ?? clock
  const at = now()
  const { read } = db()
  const key = await findKey(read, secret, at)
  if (!key || key.revokedAt) fail('CREDENTIALS_INVALID')
  if (key.expiresAt && key.expiresAt <= at) fail('TOKEN_EXPIRED')
  if (key.networks.length > 0 && !isAllowedFrom(key.networks, given.ip)) fail('ADDRESS_NOT_ALLOWED')
  const merchantId =
    given.merchantHeader === undefined ? key.merchantId : await targetOf(read, key.merchantId, given.merchantHeader)
  const scoped = permissionsOfScopes(key.scopes)
  const permissions =
    key.ownerStaffId === null
      ? scoped
      : await boundByOwner(read, key.ownerStaffId, (await pathOf(read, merchantId)) ?? '', scoped)
  noteUse(key.id, given.ip, at)
  return {
    db: db(),
    merchantId,
    actor: { type: 'key', id: key.id, name: key.name },
    permissions,
    requestId: given.requestId,
    ip: given.ip,
    provenAt: null,
    now,
    compatStatus200: key.compatStatus200,
  }
}

async function ctxOfToken(token: string, given: Credential): Promise<CredentialCtx> {
  const now = given.now ?? clock
  const session = await findSession(token, 'api', now())
  if (!session) fail('CREDENTIALS_INVALID')
  if (session === 'expired') fail('TOKEN_EXPIRED')
  const header = given.merchantHeader?.trim()
  const wanted =
    header === undefined ? undefined : (parseId(header) ?? fail('MERCHANT_NOT_FOUND', { merchantId: header }))
  const ctx = await ctxOfSession(session, wanted, { requestId: given.requestId, ip: given.ip, now })
  if (!ctx)
    return wanted === undefined
      ? fail('CREDENTIALS_INVALID')
      : fail('MERCHANT_NOT_FOUND', { merchantId: String(wanted) })
  void touch(session, session.merchantId, now())
  return { ...ctx, compatStatus200: false }
}

async function ctxOfAccessToken(token: string, given: Credential): Promise<CredentialCtx> {
  const now = given.now ?? clock
  const { read } = db()
  const { client, permissions } = await holderOfToken(read, token, now())
  const merchantId =
    given.merchantHeader === undefined
      ? client.merchantId
      : await targetOf(read, client.merchantId, given.merchantHeader)
  return {
    db: db(),
    merchantId,
    actor: { type: 'client', id: client.id, name: client.name },
    permissions,
    requestId: given.requestId,
    ip: given.ip,
    provenAt: null,
    now,
    compatStatus200: false,
  }
}

/**
 * Who is calling and what they may do. Throws CREDENTIALS_MISSING, CREDENTIALS_INVALID (also for a revoked key),
 * TOKEN_EXPIRED, ADDRESS_NOT_ALLOWED, and MERCHANT_NOT_FOUND for a header outside of the credential's subtree.
 */
export async function ctxOfCredential(given: Credential): Promise<CredentialCtx> {
  const key = given.apiKey ?? (given.bearer?.startsWith('ck_') ? given.bearer : undefined)
  if (key !== undefined) return ctxOfKey(key, given)
  if (given.bearer?.startsWith(OAUTH_TOKEN_PREFIX)) return ctxOfAccessToken(given.bearer, given)
  if (given.bearer !== undefined) return ctxOfToken(given.bearer, given)
  if (given.basicUser) return ctxOfKey(given.basicUser, given)
  return fail('CREDENTIALS_MISSING')
}

// ---- last use --------------------------------------------------------------------------------------------------------
const NOTE_MS = 60_000
const FLUSH_MS = 2000
type Use = { at: Date; ip: string | null }
const noted = new Map<number, number>()
const waiting = new Map<number, Use>()
let timer: NodeJS.Timeout | undefined

/** Remembers that a key was used; written at most once a minute and key, together with other keys'. */
function noteUse(keyId: number, ip: string | null, at: Date): void {
  const last = noted.get(keyId)
  if (last !== undefined && at.getTime() - last < NOTE_MS) return
  if (noted.size > 10_000) noted.clear()
  noted.set(keyId, at.getTime())
  waiting.set(keyId, { at, ip })
  timer ??= setTimeout(() => void flushUses(), FLUSH_MS).unref()
}

/** Writes the uses noted so far; called by the timer and at shutdown. */
export async function flushUses(): Promise<void> {
  clearTimeout(timer)
  timer = undefined
  const uses = [...waiting]
  waiting.clear()
  if (uses.length === 0) return
  try {
    await db().write(async (writer) => {
      for (const [id, { at, ip }] of uses) {
        await writer.update(apiKeys).set({ lastUsedAt: at, lastUsedIp: ip }).where(eq(apiKeys.id, id))
      }
    })
  } catch (err) {
    log.warn({ err, count: uses.length }, 'the last use of keys could not be written')
  }
}
