// OAuth 2 for systems: client credentials (RFC 6749 §4.4), revocation (RFC 7009), introspection (RFC 7662). Tokens are
// opaque and looked up on every call, so whatever is revoked fails in the next request.
import { timingSafeEqual } from 'node:crypto'
import { and, asc, eq } from 'drizzle-orm'
import { z } from 'zod'
import { db, type Reader } from '#db/client'
import { oauthClients, oauthTokens } from '#db/schema'
import type { Ctx } from '../core/ctx.ts'
import { fail } from '../core/errors.ts'
import { newRequestId, randomToken, sha256 } from '../core/ids.ts'
import { isPermission, type Permission, scopePermissions } from '../core/permissions.ts'
import { record, recordRead, unchanged } from '../core/record.ts'
import { command, query } from '../core/verb.ts'
import { log } from '../log.ts'
import { OauthClientRef } from './schema.ts'
import type { Caller } from './sessions.ts'
import { addressOf, admit, forgive, inTurn, type Ticket } from './throttle.ts'

export const TOKEN_LIFE_S = 900
export const OAUTH_TOKEN_PREFIX = 'ot_'

/** The error codes of RFC 6749 §5.2 that a client can meet here. */
export type OauthErrorCode = 'invalid_request' | 'invalid_client' | 'invalid_scope' | 'unsupported_grant_type'

export class OauthError extends Error {
  readonly code: OauthErrorCode
  constructor(code: OauthErrorCode, description: string) {
    super(description)
    this.code = code
  }
}

type Client = typeof oauthClients.$inferSelect
export type Authenticated = { ctx: Ctx; client: Client }

const ctxOfClient = (client: Client, permissions: ReadonlySet<Permission>, caller: Caller): Ctx => ({
  db: db(),
  merchantId: client.merchantId,
  actor: { type: 'client', id: client.id, name: client.name },
  permissions,
  requestId: caller.requestId ?? newRequestId(),
  ip: caller.ip,
  provenAt: null,
  now: caller.now ?? (() => new Date()),
})

const sameHash = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** The subject that wrong secrets are counted for: a stranger elsewhere must not lock a client out of its own service. */
const accountOf = (clientId: string, ip: string | null) => `oauth ${clientId} ${addressOf(ip)}`

/**
 * The client with this id and secret. Throws `invalid_client` alike for an unknown, a wrong and a revoked one, and
 * RATE_LIMITED when this address has failed too often; counted before the secret is compared, like a sign-in.
 */
export async function authenticateClient(clientId: string, secret: string, caller: Caller): Promise<Authenticated> {
  const account = accountOf(clientId.slice(0, 200), caller.ip)
  return inTurn(account, async () => {
    const ticket: Ticket = await admit({ account, ip: caller.ip, merchantId: undefined }, caller.now?.() ?? new Date())
    const [client] = await db().read.select().from(oauthClients).where(eq(oauthClients.clientId, clientId))
    const right = sameHash(client?.secretHash ?? sha256(''), sha256(secret))
    if (client && right && !client.revokedAt) {
      await db().write((writer) => forgive(writer, ticket))
      return { ctx: ctxOfClient(client, scopePermissions(client.scopes), caller), client }
    }
    if (client) {
      const ctx = ctxOfClient(client, new Set(), caller)
      recordRead(ctx, 'oauth_client.refused', { objectType: 'oauth_client', objectId: client.id })
    }
    log.info({ requestId: caller.requestId, ip: caller.ip }, 'an OAuth client was refused')
    throw new OauthError('invalid_client', 'The client is unknown or its secret is wrong')
  })
}

/** What is asked for, never more than the client holds; all of it when nothing is asked. */
function grantedScopes(client: Client, asked: string | undefined): string[] {
  if (asked === undefined || asked === '') return client.scopes
  const wanted = [...new Set(asked.split(' ').filter((scope) => scope !== ''))]
  const held = scopePermissions(client.scopes)
  const isHeld = (scope: string) =>
    scope === '*' ? client.scopes.includes('*') : isPermission(scope) && held.has(scope)
  if (wanted.length === 0 || !wanted.every(isHeld)) {
    throw new OauthError('invalid_scope', 'A scope is unknown, or the client does not hold it')
  }
  return wanted
}

export type Issued = { accessToken: string; expiresIn: number; scopes: string[] }

/** An access token of 15 minutes; shown this once. */
export async function issueToken({ ctx, client }: Authenticated, scope: string | undefined): Promise<Issued> {
  const scopes = grantedScopes(client, scope)
  const accessToken = OAUTH_TOKEN_PREFIX + randomToken(32)
  const issue = command(null, z.strictObject({}), async (tx): Promise<Issued> => {
    const now = tx.now()
    const times = { createdAt: now, expiresAt: new Date(now.getTime() + TOKEN_LIFE_S * 1000) }
    const values = { oauthClientId: client.id, tokenHash: sha256(accessToken), scopes, ...times }
    await tx.writer.insert(oauthTokens).values(values)
    record(tx, 'oauth_token.issued', { objectType: 'oauth_client', objectId: client.id, after: { scopes } })
    return { accessToken, expiresIn: TOKEN_LIFE_S, scopes }
  })
  return issue(ctx, {})
}

const tokenOf = (clientId: number, token: string) =>
  and(eq(oauthTokens.tokenHash, sha256(token)), eq(oauthTokens.oauthClientId, clientId))

/** Ends a token of this client. One that is unknown, ended or another client's is no error and changes nothing. */
export async function revokeToken({ ctx, client }: Authenticated, token: string): Promise<void> {
  const revoke = command(null, z.strictObject({}), async (tx) => {
    const gone = await tx.writer.delete(oauthTokens).where(tokenOf(client.id, token)).returning({ id: oauthTokens.id })
    if (gone.length === 0) return unchanged(tx)
    record(tx, 'oauth_token.revoked', { objectType: 'oauth_client', objectId: client.id })
  })
  await revoke(ctx, {})
}

export type TokenFacts = { scopes: string[]; clientId: string; issuedAt: Date; expiresAt: Date }

/** A living token of this client, or undefined: of any other token nothing is told, not even that it exists. */
export async function inspectToken({ ctx, client }: Authenticated, token: string): Promise<TokenFacts | undefined> {
  const [row] = await ctx.db.read.select().from(oauthTokens).where(tokenOf(client.id, token))
  if (!row || row.expiresAt <= ctx.now()) return undefined
  return { scopes: row.scopes, clientId: client.clientId, issuedAt: row.createdAt, expiresAt: row.expiresAt }
}

export type TokenHolder = { client: Client; permissions: ReadonlySet<Permission> }

/** Whose token it is and what it may do now: never more than its client holds. CREDENTIALS_INVALID, TOKEN_EXPIRED. */
export async function holderOfToken(read: Reader, token: string, now: Date): Promise<TokenHolder> {
  const [found] = await read
    .select({ client: oauthClients, scopes: oauthTokens.scopes, expiresAt: oauthTokens.expiresAt })
    .from(oauthTokens)
    .innerJoin(oauthClients, eq(oauthClients.id, oauthTokens.oauthClientId))
    .where(eq(oauthTokens.tokenHash, sha256(token)))
  if (!found || found.client.revokedAt) return fail('CREDENTIALS_INVALID')
  if (found.expiresAt <= now) return fail('TOKEN_EXPIRED')
  const held = scopePermissions(found.client.scopes)
  const permissions = [...scopePermissions(found.scopes)].filter((permission) => held.has(permission))
  return { client: found.client, permissions: new Set(permissions) }
}

export type OauthClientRow = {
  id: number
  name: string
  clientId: string
  scopes: string[]
  revokedAt: Date | null
  createdAt: Date
}

const MAX_CLIENTS = 1000

/** The merchant's clients in the order they were made, revoked ones included. */
export const listOauthClients = query('keys:read', z.strictObject({}), async (read): Promise<OauthClientRow[]> => {
  const rows = await read.reader
    .select()
    .from(oauthClients)
    .where(eq(oauthClients.merchantId, read.merchantId))
    .orderBy(asc(oauthClients.id))
    .limit(MAX_CLIENTS)
  return rows.map(({ secretHash: _secret, merchantId: _merchant, ...row }) => row)
})

/** The client and all its tokens fail from the next request on. Revoking twice is no error. */
export const revokeOauthClient = command(
  'keys:write',
  OauthClientRef,
  async (tx, { oauthClientId }) => {
    const own = and(eq(oauthClients.id, oauthClientId), eq(oauthClients.merchantId, tx.merchantId))
    const [before] = await tx.writer.select().from(oauthClients).where(own)
    if (!before) return fail('OAUTH_CLIENT_NOT_FOUND', { oauthClientId: String(oauthClientId) })
    if (before.revokedAt) return unchanged(tx)
    const after = { ...before, revokedAt: tx.now() }
    await tx.writer.update(oauthClients).set({ revokedAt: after.revokedAt }).where(own)
    await tx.writer.delete(oauthTokens).where(eq(oauthTokens.oauthClientId, before.id))
    record(tx, 'oauth_client.revoked', { objectType: 'oauth_client', objectId: before.id, before, after })
  },
  { stepUp: true },
)
