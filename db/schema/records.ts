import { sql } from 'drizzle-orm'
import type { AuditChanges } from '#lib/core/audit-chain'
import { k } from '../kit.ts'
import { merchants } from './merchants.ts'

/**
 * Who did or read what. One gapless chain per merchant: `hash` = HMAC over the previous hash and the row, in which the
 * changes count only through a salted commitment, so that erasing them leaves the chain valid. Triggers refuse the rest.
 */
export const auditEvents = k.table(
  'audit_events',
  {
    id: k.id(),
    merchantId: k
      .int('merchant_id')
      .notNull()
      .references(() => merchants.id),
    seq: k.int('seq').notNull(),
    at: k.time('at').notNull(),
    actorType: k.text('actor_type').$type<'staff' | 'key' | 'client' | 'connector' | 'system'>().notNull(),
    actorId: k.int('actor_id'),
    actorName: k.text('actor_name').notNull(),
    action: k.text('action').notNull(),
    objectType: k.text('object_type').notNull(),
    objectId: k.text('object_id').notNull(),
    customerId: k.int('customer_id'),
    fields: k.json<string[]>('fields'),
    changes: k.json<AuditChanges>('changes'),
    salt: k.text('salt'),
    commitment: k.text('commitment'),
    requestId: k.text('request_id').notNull(),
    ip: k.text('ip'),
    hash: k.text('hash').notNull(),
  },
  (t) => [
    k.uniqueIndex('audit_events_chain').on(t.merchantId, t.seq),
    k.index('audit_events_customer').on(t.customerId, t.id),
    // Events about customers have their own index above; a second one would double what each read costs.
    k
      .index('audit_events_object')
      .on(t.merchantId, t.objectType, t.objectId, t.id)
      .where(sql`object_type <> 'customer'`),
  ],
)

/** The head of each merchant's audit chain; updating it is what serializes writers of one chain. */
export const auditChains = k.table('audit_chains', {
  merchantId: k
    .int('merchant_id')
    .primaryKey()
    .references(() => merchants.id),
  seq: k.int('seq').notNull(),
  hash: k.text('hash').notNull(),
})

/** The outbox: what downstream systems are to be told, written in the transaction of the change. */
export const events = k.table(
  'events',
  {
    id: k.id(),
    merchantId: k
      .int('merchant_id')
      .notNull()
      .references(() => merchants.id),
    type: k.text('type').notNull(),
    objectType: k.text('object_type').notNull(),
    objectId: k.int('object_id').notNull(),
    payload: k.json<Record<string, unknown>>('payload').notNull(),
    createdAt: k.time('created_at').notNull(),
    handledAt: k.time('handled_at'),
  },
  (t) => [k.index('events_waiting').on(t.handledAt, t.id), k.index('events_merchant').on(t.merchantId, t.id)],
)

/** The stored answer of a request with an Idempotency-Key, sealed, written in the transaction of its effect. */
export const idempotencyKeys = k.table(
  'idempotency_keys',
  {
    id: k.id(),
    merchantId: k
      .int('merchant_id')
      .notNull()
      .references(() => merchants.id),
    scope: k.text('scope').notNull(),
    requestHash: k.text('request_hash').notNull(),
    status: k.int('status'),
    answer: k.text('answer'),
    customerId: k.int('customer_id'),
    createdAt: k.time('created_at').notNull(),
    expiresAt: k.time('expires_at').notNull(),
  },
  (t) => [
    k.uniqueIndex('idempotency_keys_scope').on(t.merchantId, t.scope),
    k.index('idempotency_keys_expiry').on(t.expiresAt),
  ],
)

/** Long or later work. A job is claimed by one worker at a time through `lockedUntil` and survives a crash. */
export const jobs = k.table(
  'jobs',
  {
    id: k.id(),
    merchantId: k.int('merchant_id').references(() => merchants.id),
    type: k.text('type').notNull(),
    state: k.text('state').$type<'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled'>().notNull(),
    payload: k.json<Record<string, unknown>>('payload').notNull(),
    attempts: k.int('attempts').notNull(),
    error: k.text('error'),
    runAt: k.time('run_at').notNull(),
    lockedUntil: k.time('locked_until'),
    createdAt: k.time('created_at').notNull(),
    finishedAt: k.time('finished_at'),
  },
  (t) => [k.index('jobs_due').on(t.state, t.runAt)],
)
