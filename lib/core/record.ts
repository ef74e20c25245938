// The audit trail and the outbox. A command calls `record`; its rows are written in the transaction of the change.
// Reads call `recordRead`; those rows wait for the next flush, so that a read costs no commit.
import { placeholders, statement, type Writer } from '#db/client'
import { events } from '#db/schema'
import { log } from '../log.ts'
import { type Audit, type AuditChanges, appendAudit } from './audit-chain.ts'
import type { Ctx } from './ctx.ts'
import type { AuditAction, EventType, ObjectType } from './events.ts'
import { EVENTS } from './events.ts'
import type { Tx } from './verb.ts'

type Row = Record<string, unknown>

type OutboxEvent = { type: EventType; objectType: ObjectType; objectId: number; payload: Record<string, unknown> }
export type Recorded = { audit: Audit[]; events: OutboxEvent[]; accounted: boolean }

/** Columns that no audit event shows: derived ones, and secrets of every kind. */
const HIDDEN = new Set([
  'id',
  'version',
  'updatedAt',
  'createdAt',
  'search',
  'sortName',
  'emailFolded',
  'phoneE164',
  'completeness',
  'city',
  'passwordHash',
  'secretHash',
  'previousHash',
  'tokenHash',
  'password',
  'username',
  'sharedSecret',
  'fingerprint',
  'merchantId',
  'path',
])

const same = (a: unknown, b: unknown): boolean =>
  a === b ||
  (a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : JSON.stringify(a) === JSON.stringify(b))

/** Before and after of each shown field that differs; a missing side counts as null everywhere. */
export function changesBetween(before: Row | null, after: Row | null): AuditChanges {
  const changes: AuditChanges = {}
  for (const field in { ...before, ...after }) {
    if (HIDDEN.has(field)) continue
    const [was, is] = [before?.[field] ?? null, after?.[field] ?? null]
    if (!same(was, is)) changes[field] = { before: was, after: is }
  }
  return changes
}

type What = {
  objectType: ObjectType
  objectId: number | string
  customerId?: number | null
  before?: Row | null
  after?: Row | null
  /** Other facts worth keeping that are no column, for instance how many instruments went with a profile. */
  detail?: AuditChanges
}

function auditOf(ctx: Ctx, action: string, what: What, changes: AuditChanges | null): Audit {
  return {
    merchantId: ctx.merchantId,
    at: ctx.now(),
    actor: ctx.actor,
    requestId: ctx.requestId,
    ip: ctx.ip,
    action,
    objectType: what.objectType,
    objectId: String(what.objectId),
    customerId: what.customerId ?? (what.objectType === 'customer' ? Number(what.objectId) : null),
    fields: changes && Object.keys(changes),
    changes,
  }
}

/** Notes a change: one audit event with before and after by field, and the outbox event of the same name if there is one. */
export function record(tx: Tx, action: AuditAction, what: What): void {
  const changes = { ...changesBetween(what.before ?? null, what.after ?? null), ...what.detail }
  tx.recorded.audit.push(auditOf(tx, action, what, changes))
  if (!(action in EVENTS)) return
  const type = action as EventType
  const payload = {
    changedFields: what.before ? Object.keys(changes) : [],
    version: Number(what.after?.version ?? what.before?.version ?? 1),
  }
  tx.recorded.events.push({
    type,
    objectType: what.objectType,
    objectId: Number(what.objectId),
    payload: EVENTS[type].parse(payload),
  })
}

/** Says that a command found nothing to change, or that the commands it called recorded everything. */
export function unchanged(tx: Tx): void {
  tx.recorded.accounted = true
}

const insertEvent = (writer: Writer) =>
  statement(writer, 'event_insert', (on) => on.insert(events).values(placeholders(EVENT_COLUMNS) as never))
const EVENT_COLUMNS = ['merchantId', 'type', 'objectType', 'objectId', 'payload', 'createdAt', 'handledAt'] as const

/**
 * Writes what a command recorded. A command that recorded nothing and did not say `unchanged` must not
 * commit.
 */
export async function flushRecords(tx: Tx): Promise<void> {
  const { audit, events: outbox, accounted } = tx.recorded
  if (audit.length === 0) {
    if (accounted) return
    throw new Error('A command changed facts without recording it')
  }
  await appendAudit(tx.writer, audit)
  for (const event of outbox) {
    await insertEvent(tx.writer).execute({ merchantId: tx.merchantId, createdAt: tx.now(), handledAt: null, ...event })
  }
}

// ---- reads -----------------------------------------------------------------------------------------------------------
const FLUSH_MS = 200
/** A slice holds the process for about a millisecond; between slices requests have their turn. */
const SLICE = 100
const MAX_WAITING = 50_000

type Reads = { waiting: Audit[]; db: Ctx['db'] | null; timer: NodeJS.Timeout | null; flushing: Promise<void> }
const shared = globalThis as { __clienteleReads?: Reads }
const reads = (shared.__clienteleReads ??= { waiting: [], db: null, timer: null, flushing: Promise.resolve() })

/** Notes who read one customer's details or instruments; on disk with the next flush, at most 250 ms later. */
export function recordRead(ctx: Ctx, action: AuditAction, what: What): void {
  if (reads.waiting.length >= MAX_WAITING) return
  reads.waiting.push(auditOf(ctx, action, what, null))
  reads.db = ctx.db
  reads.timer ??= setTimeout(() => void flushReads(), FLUSH_MS)
}

const byCustomer = (a: Audit, b: Audit): number => (a.customerId ?? 0) - (b.customerId ?? 0)

/**
 * Appends in few large transactions and in the order of the customers' index, so that its pages are each gone to once.
 * The reads of one customer keep their order.
 */
async function appendSliced(writer: Writer, noted: readonly Audit[]): Promise<void> {
  const rows = noted.toSorted(byCustomer)
  for (let at = 0; at < rows.length; at += SLICE) {
    if (at > 0) await new Promise(setImmediate)
    await appendAudit(writer, rows.slice(at, at + SLICE))
  }
}

/**
 * Writes the reads noted so far and waits for the disk; called by the timer and at shutdown. One flush after the other,
 * so that rows keep their order. Rows that could not be written wait on.
 */
export function flushReads(): Promise<void> {
  if (reads.timer) clearTimeout(reads.timer)
  reads.timer = null
  reads.flushing = reads.flushing.then(async () => {
    const { db, waiting } = reads
    reads.waiting = []
    if (!db || waiting.length === 0) return
    try {
      await db.append((writer) => appendSliced(writer, waiting))
    } catch (err) {
      log.error({ err, count: waiting.length }, 'read audit events could not be written yet')
      reads.waiting = [...waiting, ...reads.waiting].slice(0, MAX_WAITING)
      reads.timer ??= setTimeout(() => void flushReads(), FLUSH_MS * 4)
    }
  })
  return reads.flushing
}
