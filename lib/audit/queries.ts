import { and, eq, gte, inArray, isNotNull, isNull, lte } from 'drizzle-orm'
import { z } from 'zod'
import { contains } from '#db/kit'
import { auditChains, auditEvents } from '#db/schema'
import { chainedBytes, chainHash, commitmentTo } from '../core/audit-chain.ts'
import { fail } from '../core/errors.ts'
import { afterCursor, decodeCursor, listFingerprint, orderOf, type Page, type SortKey, toPage } from '../core/page.ts'
import { recordRead } from '../core/record.ts'
import { query } from '../core/verb.ts'
import { shownChanges } from './mask.ts'
import { AuditSearch } from './schema.ts'

export type AuditEvent = Omit<typeof auditEvents.$inferSelect, 'hash' | 'salt' | 'commitment' | 'merchantId'>

const COLUMNS = {
  id: auditEvents.id,
  seq: auditEvents.seq,
  at: auditEvents.at,
  actorType: auditEvents.actorType,
  actorId: auditEvents.actorId,
  actorName: auditEvents.actorName,
  action: auditEvents.action,
  objectType: auditEvents.objectType,
  objectId: auditEvents.objectId,
  customerId: auditEvents.customerId,
  fields: auditEvents.fields,
  changes: auditEvents.changes,
  requestId: auditEvents.requestId,
  ip: auditEvents.ip,
}

const NEWEST_FIRST: SortKey[] = [{ column: auditEvents.seq, descending: true }]

/** The merchant's audit trail, newest first; before and after follow the caller's mask. Reading it is audited too. */
export const listAuditEvents = query('audit:read', AuditSearch, async (read, search): Promise<Page<AuditEvent>> => {
  const { limit, cursor: given, ...which } = search
  const fingerprint = listFingerprint(['audit', read.merchantId, which])
  const cursor = given ? decodeCursor(given, fingerprint) : undefined
  const rows = await read.reader
    .select(COLUMNS)
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.merchantId, read.merchantId),
        search.actor ? contains(auditEvents.actorName, search.actor) : undefined,
        search.action.length ? inArray(auditEvents.action, search.action) : undefined,
        search.objectType.length ? inArray(auditEvents.objectType, search.objectType) : undefined,
        search.objectId ? eq(auditEvents.objectId, search.objectId) : undefined,
        search.customerId ? eq(auditEvents.customerId, search.customerId) : undefined,
        search.requestId ? eq(auditEvents.requestId, search.requestId) : undefined,
        search.from ? gte(auditEvents.at, search.from) : undefined,
        search.to ? lte(auditEvents.at, search.to) : undefined,
        search.kind === 'reads' ? isNull(auditEvents.fields) : undefined,
        search.kind === 'changes' ? isNotNull(auditEvents.fields) : undefined,
        cursor && afterCursor(NEWEST_FIRST, cursor, (value) => value),
      ),
    )
    .orderBy(...orderOf(NEWEST_FIRST, cursor?.backwards))
    .limit(limit + 1)
  recordRead(read, 'audit.read', { objectType: 'search', objectId: 'audit' })
  const page = toPage(rows, limit, cursor, fingerprint, (row) => [row.seq])
  return {
    ...page,
    data: page.data.map((row) => ({ ...row, changes: shownChanges(read, row.changes) })),
  }
})

export const getAuditEvent = query(
  'audit:read',
  z.strictObject({ id: z.number().int() }),
  async (read, { id }): Promise<AuditEvent> => {
    const own = and(eq(auditEvents.id, id), eq(auditEvents.merchantId, read.merchantId))
    const [row] = await read.reader.select(COLUMNS).from(auditEvents).where(own)
    if (!row) fail('AUDIT_EVENT_NOT_FOUND', { auditEventId: String(id) })
    return { ...row, changes: shownChanges(read, row.changes) }
  },
)

const VERIFY_STEP = 1000

/**
 * Walks the merchant's chain from its start. `brokenAt` is the sequence number of the first row that is missing,
 * reordered or changed; null when all `rows` fit and the chain ends at its recorded head.
 */
export const verifyAuditChain = query(
  'audit:read',
  z.strictObject({}),
  async (read): Promise<{ rows: number; brokenAt: number | null }> => {
    let [seq, previous] = [0, '']
    for (;;) {
      const rows = await read.reader
        .select()
        .from(auditEvents)
        .where(and(eq(auditEvents.merchantId, read.merchantId), gte(auditEvents.seq, seq + 1)))
        .orderBy(auditEvents.seq)
        .limit(VERIFY_STEP)
      for (const row of rows) {
        seq++
        previous = chainHash(previous, chainedBytes(row))
        const committed = !row.changes || !row.salt || commitmentTo(row.salt, row.changes) === row.commitment
        if (row.seq !== seq || row.hash !== previous || !committed) return { rows: seq - 1, brokenAt: seq }
      }
      if (rows.length < VERIFY_STEP) break
    }
    const [head] = await read.reader.select().from(auditChains).where(eq(auditChains.merchantId, read.merchantId))
    const whole = head ? head.seq === seq && head.hash === previous : seq === 0
    return { rows: seq, brokenAt: whole ? null : seq + 1 }
  },
)
