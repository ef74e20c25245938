// One gapless chain of audit events per merchant, signed row by row, so that a change behind our back is found.
import { createHmac, hash, randomBytes } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { placeholders, statement, type Writer } from '#db/client'
import { auditChains, auditEvents } from '#db/schema'
import type { Ctx } from './ctx.ts'
import type { ObjectType } from './events.ts'
import { auditKey } from './secrets.ts'

export type AuditChanges = Record<string, { before: unknown; after: unknown }>

/** An audit event before it has its place in the chain. */
export type Audit = {
  merchantId: number
  at: Date
  actor: Ctx['actor']
  requestId: string
  ip: string | null
  action: string
  objectType: ObjectType
  objectId: string
  customerId: number | null
  fields: string[] | null
  changes: AuditChanges | null
}

const AUDIT_COLUMNS = [
  'merchantId',
  'seq',
  'at',
  'actorType',
  'actorId',
  'actorName',
  'action',
  'objectType',
  'objectId',
  'customerId',
  'fields',
  'changes',
  'salt',
  'commitment',
  'requestId',
  'ip',
  'hash',
] as const

const insertAudit = (writer: Writer) =>
  statement(writer, 'audit_insert', (on) => on.insert(auditEvents).values(placeholders(AUDIT_COLUMNS) as never))
const advanceChain = (writer: Writer) =>
  statement(writer, 'chain_advance', (on) =>
    on
      .update(auditChains)
      .set({ seq: sql`${auditChains.seq} + ${sql.placeholder('count')}` })
      .where(eq(auditChains.merchantId, sql.placeholder('merchantId')))
      .returning({ seq: auditChains.seq, hash: auditChains.hash }),
  )
const closeChain = (writer: Writer) =>
  statement(writer, 'chain_close', (on) =>
    on
      .update(auditChains)
      .set({ hash: sql`${sql.placeholder('hash')}` })
      .where(eq(auditChains.merchantId, sql.placeholder('merchantId'))),
  )

/** The bytes that the chain signs: everything but the changes, which count through their commitment. */
export const chainedBytes = (row: {
  merchantId: number
  seq: number
  at: Date
  actorType: string
  actorId: number | null
  actorName: string
  action: string
  objectType: string
  objectId: string
  customerId: number | null
  fields: string[] | null
  commitment: string | null
  requestId: string
  ip: string | null
}): string =>
  JSON.stringify([
    row.merchantId,
    row.seq,
    row.at.getTime(),
    row.actorType,
    row.actorId,
    row.actorName,
    row.action,
    row.objectType,
    row.objectId,
    row.customerId,
    row.fields,
    row.commitment,
    row.requestId,
    row.ip,
  ])

/** HMAC of the previous hash and the row, base64url. */
export const chainHash = (previous: string, bytes: string): string =>
  createHmac('sha256', auditKey())
    .update(previous + bytes)
    .digest('base64url')

/** The salted commitment to what changed. */
export const commitmentTo = (salt: string, changes: AuditChanges): string =>
  hash('sha256', salt + JSON.stringify(changes), 'base64url')

/** Appends rows of one merchant to its chain. */
async function append(writer: Writer, merchantId: number, rows: readonly Audit[]): Promise<void> {
  const advance = { merchantId, count: rows.length }
  let [head] = await advanceChain(writer).execute(advance)
  if (!head) {
    await writer.insert(auditChains).values({ merchantId, seq: 0, hash: '' }).onConflictDoNothing()
    ;[head] = await advanceChain(writer).execute(advance)
  }
  if (!head) throw new Error('An audit chain cannot be advanced')
  let seq = head.seq - rows.length
  let previous = head.hash
  for (const { actor, ...audit } of rows) {
    const salt = audit.changes && randomBytes(12).toString('base64url')
    const commitment = audit.changes && salt ? commitmentTo(salt, audit.changes) : null
    const row = {
      ...audit,
      seq: ++seq,
      actorType: actor.type,
      actorId: actor.id,
      actorName: actor.name,
      salt,
      commitment,
    }
    previous = chainHash(previous, chainedBytes(row))
    await insertAudit(writer).execute({ ...row, hash: previous })
  }
  await closeChain(writer).execute({ merchantId, hash: previous })
}

function groupByMerchant(rows: readonly Audit[]): Map<number, Audit[]> {
  const groups = new Map<number, Audit[]>()
  for (const row of rows) {
    const group = groups.get(row.merchantId)
    if (group) group.push(row)
    else groups.set(row.merchantId, [row])
  }
  return groups
}

/** Appends events, each to the chain of its merchant, in their order. */
export async function appendAudit(writer: Writer, rows: readonly Audit[]): Promise<void> {
  for (const [merchantId, own] of groupByMerchant(rows)) await append(writer, merchantId, own)
}
