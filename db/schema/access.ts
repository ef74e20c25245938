import type { Role } from '#lib/core/permissions'
import { k } from '../kit.ts'
import { merchants } from './merchants.ts'

/** A person of the merchants' staff. Only the hash of the password is kept. */
export const staff = k.table(
  'staff',
  {
    id: k.id(),
    name: k.text('name').notNull(),
    email: k.text('email').notNull(),
    emailFolded: k.text('email_folded').notNull(),
    passwordHash: k.text('password_hash').notNull(),
    preferences: k.json<Record<string, unknown>>('preferences').notNull(),
    suspendedAt: k.time('suspended_at'),
    lastSeenAt: k.time('last_seen_at'),
    version: k.int('version').notNull(),
    createdAt: k.time('created_at').notNull(),
    updatedAt: k.time('updated_at').notNull(),
  },
  (t) => [k.uniqueIndex('staff_email').on(t.emailFolded)],
)

/** What a person may do at a merchant and in its whole subtree. */
export const memberships = k.table(
  'memberships',
  {
    staffId: k
      .int('staff_id')
      .notNull()
      .references(() => staff.id),
    merchantId: k
      .int('merchant_id')
      .notNull()
      .references(() => merchants.id),
    role: k.text('role').$type<Role>().notNull(),
    createdAt: k.time('created_at').notNull(),
  },
  (t) => [k.primaryKey({ columns: [t.staffId, t.merchantId] }), k.index('memberships_merchant').on(t.merchantId)],
)

/** A sign-in. `web` is a browser's, `api` a staff token; only the hash of its secret id is kept. */
export const sessions = k.table(
  'sessions',
  {
    id: k.id(),
    secretHash: k.text('secret_hash').notNull(),
    staffId: k
      .int('staff_id')
      .notNull()
      .references(() => staff.id),
    kind: k.text('kind').$type<'web' | 'api'>().notNull(),
    merchantId: k
      .int('merchant_id')
      .notNull()
      .references(() => merchants.id),
    device: k.text('device').notNull(),
    ip: k.text('ip').notNull(),
    provenAt: k.time('proven_at').notNull(),
    createdAt: k.time('created_at').notNull(),
    lastActiveAt: k.time('last_active_at').notNull(),
    expiresAt: k.time('expires_at').notNull(),
  },
  (t) => [
    k.uniqueIndex('sessions_secret').on(t.secretHash),
    k.index('sessions_staff').on(t.staffId, t.lastActiveAt),
    k.index('sessions_expiry').on(t.expiresAt),
  ],
)

/** An API key; only its hash is kept. `previousHash` stays valid until `previousUntil` after a rotation. */
export const apiKeys = k.table(
  'api_keys',
  {
    id: k.id(),
    merchantId: k
      .int('merchant_id')
      .notNull()
      .references(() => merchants.id),
    name: k.text('name').notNull(),
    publicId: k.text('public_id').notNull(),
    secretHash: k.text('secret_hash').notNull(),
    previousHash: k.text('previous_hash'),
    previousUntil: k.time('previous_until'),
    scopes: k.json<string[]>('scopes').notNull(),
    networks: k.json<string[]>('networks').notNull(),
    compatStatus200: k.bool('compat_status_200').notNull(),
    ownerStaffId: k.int('owner_staff_id').references(() => staff.id),
    createdBy: k.text('created_by').notNull(),
    expiresAt: k.time('expires_at'),
    revokedAt: k.time('revoked_at'),
    lastUsedAt: k.time('last_used_at'),
    lastUsedIp: k.text('last_used_ip'),
    version: k.int('version').notNull(),
    createdAt: k.time('created_at').notNull(),
    updatedAt: k.time('updated_at').notNull(),
  },
  (t) => [
    k.uniqueIndex('api_keys_secret').on(t.secretHash),
    k.uniqueIndex('api_keys_previous').on(t.previousHash),
    k.index('api_keys_merchant').on(t.merchantId, t.id),
  ],
)

/** An OAuth client of a system; only the hash of its secret is kept. */
export const oauthClients = k.table(
  'oauth_clients',
  {
    id: k.id(),
    merchantId: k
      .int('merchant_id')
      .notNull()
      .references(() => merchants.id),
    name: k.text('name').notNull(),
    clientId: k.text('client_id').notNull(),
    secretHash: k.text('secret_hash').notNull(),
    scopes: k.json<string[]>('scopes').notNull(),
    revokedAt: k.time('revoked_at'),
    createdAt: k.time('created_at').notNull(),
  },
  (t) => [k.uniqueIndex('oauth_clients_client_id').on(t.clientId)],
)

/** An access token of an OAuth client; only its hash is kept. Revoking deletes the row. */
export const oauthTokens = k.table(
  'oauth_tokens',
  {
    id: k.id(),
    oauthClientId: k
      .int('oauth_client_id')
      .notNull()
      .references(() => oauthClients.id),
    tokenHash: k.text('token_hash').notNull(),
    scopes: k.json<string[]>('scopes').notNull(),
    createdAt: k.time('created_at').notNull(),
    expiresAt: k.time('expires_at').notNull(),
  },
  (t) => [
    k.uniqueIndex('oauth_tokens_token').on(t.tokenHash),
    k.index('oauth_tokens_client').on(t.oauthClientId),
    k.index('oauth_tokens_expiry').on(t.expiresAt),
  ],
)

/** One-time links: the first owner's, an invitation, a password reset. Only the hash of the token is kept. */
export const oneTimeLinks = k.table(
  'one_time_links',
  {
    id: k.id(),
    kind: k.text('kind').$type<'first_owner' | 'invitation' | 'password_reset'>().notNull(),
    tokenHash: k.text('token_hash').notNull(),
    merchantId: k.int('merchant_id').references(() => merchants.id),
    staffId: k.int('staff_id').references(() => staff.id),
    email: k.text('email'),
    role: k.text('role').$type<Role>(),
    createdBy: k.text('created_by').notNull(),
    createdAt: k.time('created_at').notNull(),
    expiresAt: k.time('expires_at').notNull(),
    usedAt: k.time('used_at'),
  },
  (t) => [k.uniqueIndex('one_time_links_token').on(t.tokenHash), k.index('one_time_links_merchant').on(t.merchantId)],
)

/** Failed sign-ins, counted in the database so that a restart forgets none. `subject` is an account or an address. */
export const signInFailures = k.table(
  'sign_in_failures',
  {
    id: k.id(),
    subject: k.text('subject').notNull(),
    failedAt: k.time('failed_at').notNull(),
  },
  (t) => [k.index('sign_in_failures_subject').on(t.subject, t.failedAt)],
)
