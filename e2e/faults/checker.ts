// Compares a journal with a stopped server's database file. It shares no code with the product: it reads the tables by
// plain SQL and computes the audit chain again from its description in security.md.
import { createHash, createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import SQLite from 'better-sqlite3'
import type { Fields, Journal, Known } from './journal.ts'

type CustomerRow = { id: number; member_id: string; version: number } & Record<keyof Fields, string | null>
type AuditRow = {
  merchant_id: number
  seq: number
  at: number
  actor_type: string
  actor_id: number | null
  actor_name: string
  action: string
  object_type: string
  object_id: string
  customer_id: number | null
  fields: string | null
  changes: string | null
  salt: string | null
  commitment: string | null
  request_id: string
  ip: string | null
  hash: string
}
type EventRow = { type: string; object_type: string; object_id: number; payload: string }
type Changes = Record<string, { before: unknown; after: unknown }>

const FIELDS = ['name', 'email', 'description', 'reference'] as const satisfies readonly (keyof Fields)[]

/** Every way in which the store contradicts the journal or itself; empty when all promises are kept. */
export function contradictions(folder: string, journal: Journal): string[] {
  const db = new SQLite(path.join(folder, 'clientele.db'))
  try {
    const { auditKey } = JSON.parse(readFileSync(path.join(folder, 'secrets.json'), 'utf8')) as { auditKey: string }
    const rows = db.prepare('SELECT * FROM customers ORDER BY id').all() as CustomerRow[]
    const audit = db.prepare('SELECT * FROM audit_events ORDER BY merchant_id, seq').all() as AuditRow[]
    const events = db.prepare('SELECT * FROM events ORDER BY id').all() as EventRow[]
    const heads = db.prepare('SELECT merchant_id, seq, hash FROM audit_chains').all() as Head[]
    return [
      ...engine(db),
      ...strangers(rows, journal),
      ...journal.flatMap((known) =>
        ofCustomer(
          known,
          rows.filter(({ member_id }) => member_id === known.memberId),
        ),
      ),
      ...trails(rows, audit, events, journal),
      ...chain(audit, heads, Buffer.from(auditKey, 'base64url')),
      ...searchIndex(db, rows),
    ]
  } finally {
    db.close()
  }
}

function engine(db: SQLite.Database): string[] {
  const integrity = db.pragma('integrity_check') as { integrity_check: string }[]
  const foreign = db.pragma('foreign_key_check') as unknown[]
  return [
    ...integrity.map((row) => row.integrity_check).filter((text) => text !== 'ok'),
    ...foreign.map((row) => `foreign key: ${JSON.stringify(row)}`),
  ]
}

function strangers(rows: CustomerRow[], journal: Journal): string[] {
  const asked = new Set(journal.map(({ memberId }) => memberId))
  return rows.filter(({ member_id }) => !asked.has(member_id)).map(({ id }) => `customer ${id} was never asked for`)
}

/** What the first `count` changes together make of a customer. */
const stateAfter = ({ changes }: Known, count: number): Fields =>
  Object.assign({}, ...changes.slice(0, count).map(({ fields }) => fields))

function ofCustomer(known: Known, rows: CustomerRow[]): string[] {
  const { memberId, changes } = known
  const sure = changes.filter(({ state }) => state === 'acknowledged').length
  const [row] = rows
  if (rows.length > 1) return [`${memberId} is stored ${rows.length} times`]
  if (!row) return sure > 0 ? [`${memberId} was acknowledged and is lost`] : []
  if (row.version < sure || row.version > changes.length) {
    return [`${memberId} has version ${row.version}, with ${sure} of ${changes.length} changes acknowledged`]
  }
  const expected = stateAfter(known, row.version)
  return FIELDS.filter((field) => row[field] !== (expected[field] ?? null)).map(
    (field) => `${memberId}.${field} is ${JSON.stringify(row[field])} instead of ${JSON.stringify(expected[field])}`,
  )
}

/** Each version of each customer has exactly one audit event and one outbox event, and neither kind tells of others. */
function trails(rows: CustomerRow[], audit: AuditRow[], events: EventRow[], journal: Journal): string[] {
  const known = new Map(journal.map((customer) => [customer.memberId, customer]))
  const changed = audit.filter(({ object_type, fields }) => object_type === 'customer' && fields !== null)
  const told = events.filter(({ object_type }) => object_type === 'customer')
  const problems = rows.flatMap((row) => {
    const id = String(row.id)
    const own = changed.filter(({ object_id }) => object_id === id)
    const versions = told.filter(({ object_id }) => object_id === row.id)
    return [...auditOf(row, own, known.get(row.member_id)), ...eventsOf(row, versions)]
  })
  const ids = new Set(rows.map(({ id }) => id))
  return [
    ...problems,
    ...changed
      .filter(({ object_id }) => !ids.has(Number(object_id)))
      .map(({ seq }) => `audit event ${seq} is about nobody`),
    ...told
      .filter(({ object_id }) => !ids.has(object_id))
      .map(({ object_id }) => `an outbox event is about nobody: ${object_id}`),
  ]
}

function auditOf({ id, version }: CustomerRow, own: AuditRow[], known: Known | undefined): string[] {
  const actions = own.map(({ action }) => action).join(' ')
  const expected = ['customer.created', ...Array<string>(version - 1).fill('customer.updated')].join(' ')
  if (actions !== expected) return [`customer ${id} of version ${version} has the audit events "${actions}"`]
  return own.flatMap(({ seq, changes }, index) => {
    const shown = JSON.parse(changes ?? '{}') as Changes
    const fields = Object.entries(known?.changes[index]?.fields ?? {})
    return fields
      .filter(([field, value]) => shown[field]?.after !== value)
      .map(([field]) => `audit event ${seq} does not show what became of ${field}`)
  })
}

function eventsOf({ id, version }: CustomerRow, told: EventRow[]): string[] {
  const versions = told
    .map(({ type, payload }) => `${type} ${(JSON.parse(payload) as { version: number }).version}`)
    .join(', ')
  const expected = Array.from(
    { length: version },
    (_, at) => `customer.${at === 0 ? 'created' : 'updated'} ${at + 1}`,
  ).join(', ')
  return versions === expected ? [] : [`customer ${id} of version ${version} has the outbox events "${versions}"`]
}

type Head = { merchant_id: number; seq: number; hash: string }

/** One chain per merchant: no number is missing, every hash follows from the one before, and the head is the last. */
function chain(audit: AuditRow[], heads: Head[], key: Buffer): string[] {
  const problems: string[] = []
  for (const head of heads) {
    const rows = audit.filter(({ merchant_id }) => merchant_id === head.merchant_id)
    let previous = ''
    for (const [index, row] of rows.entries()) {
      if (row.seq !== index + 1)
        return [...problems, `audit event ${index + 1} of merchant ${head.merchant_id} is missing`]
      if (row.hash !== hashOf(row, previous, key)) problems.push(`the hash of audit event ${row.seq} does not fit`)
      previous = row.hash
    }
    if (head.seq !== rows.length || head.hash !== previous)
      problems.push(`the chain of merchant ${head.merchant_id} does not end at its head`)
  }
  if (new Set(audit.map(({ merchant_id }) => merchant_id)).size !== heads.length) problems.push('a chain has no head')
  return problems
}

function hashOf(row: AuditRow, previous: string, key: Buffer): string {
  const commitment =
    row.changes === null ? null : createHash('sha256').update(`${row.salt}${row.changes}`).digest('base64url')
  const chained = [
    row.merchant_id,
    row.seq,
    row.at,
    row.actor_type,
    row.actor_id,
    row.actor_name,
    row.action,
    row.object_type,
    row.object_id,
    row.customer_id,
    row.fields === null ? null : JSON.parse(row.fields),
    commitment,
    row.request_id,
    row.ip,
  ]
  return createHmac('sha256', key).update(previous).update(JSON.stringify(chained)).digest('base64url')
}

/** The search index finds every customer by the reference it has now. */
function searchIndex(db: SQLite.Database, rows: CustomerRow[]): string[] {
  const find = db.prepare('SELECT rowid AS id FROM customers_search WHERE customers_search MATCH ?')
  return rows
    .filter(
      ({ id, reference }) =>
        !(find.all(`"${reference?.toLowerCase()}"`) as { id: number }[]).some((hit) => hit.id === id),
    )
    .map(({ id }) => `customer ${id} is not found by its reference`)
}
