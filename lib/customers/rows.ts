// Statements and the row cache of the hot paths. A row never changes under its (id, version), which is also what its
// ETag promises, so rows are shared objects: whoever renders one may remember the result by the object itself.
import os from 'node:os'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { db, placeholders, type Reader, statement, type Writer } from '#db/client'
import { customers } from '#db/schema'
import type { CustomerRow } from './rules.ts'

/** About three kilobytes each with what is remembered by them, and at most a thirty-second of the machine's memory. */
const MAX_CACHED = Math.min(250_000, Math.floor(os.totalmem() / 32 / 3000))
const cached = new Map<number, CustomerRow>()
/** The database's generation in which a row was last seen to be the current one. */
const currentIn = new WeakMap<CustomerRow, number>()

/** Keeps the newest rows seen; the oldest falls out. */
function keep(row: CustomerRow): CustomerRow {
  cached.delete(row.id)
  cached.set(row.id, row)
  if (cached.size > MAX_CACHED) {
    const [oldest] = cached.keys()
    if (oldest !== undefined) cached.delete(oldest)
  }
  return row
}

const byId = (on: Reader) =>
  statement(on, 'customer_by_id', (reader) =>
    reader
      .select()
      .from(customers)
      .where(and(eq(customers.id, sql.placeholder('id')), eq(customers.merchantId, sql.placeholder('merchantId')))),
  )

const versionById = (on: Reader) =>
  statement(on, 'customer_version', (reader) =>
    reader
      .select({ version: customers.version })
      .from(customers)
      .where(and(eq(customers.id, sql.placeholder('id')), eq(customers.merchantId, sql.placeholder('merchantId')))),
  )

/** What a transaction sees may yet be undone, so only what the reading connection sees is kept. */
const mayKeep = (on: Reader): boolean => on === db().read

/** The merchant's customer of that id, in any lifecycle; for a merged one the customer that it lives on in. */
export async function findRow(on: Reader, merchantId: number, id: number): Promise<CustomerRow | undefined> {
  const generation = mayKeep(on) ? db().generation() : undefined
  const row = await currentRow(on, merchantId, id, generation)
  if (row && generation !== undefined) currentIn.set(row, generation)
  return row?.mergedInto ? findRow(on, merchantId, row.mergedInto) : row
}

async function currentRow(on: Reader, merchantId: number, id: number, generation: number | undefined) {
  const known = cached.get(id)
  if (known?.merchantId === merchantId) {
    if (generation !== undefined && currentIn.get(known) === generation) return known
    const [current] = await versionById(on).execute({ id, merchantId })
    if (current?.version === known.version) return known
  }
  const [row] = await byId(on).execute({ id, merchantId })
  return row && mayKeep(on) ? keep(row) : row
}

/** The very row of that id, also of a merged one. */
export async function findExactRow(on: Reader, merchantId: number, id: number): Promise<CustomerRow | undefined> {
  const [row] = await byId(on).execute({ id, merchantId })
  return row
}

/** The ids whose notes, payments and history are this customer's: its own, and of all that were merged into it. */
export async function familyOf(on: Reader, id: number): Promise<number[]> {
  const family = [id]
  for (let newest = [id]; newest.length > 0; family.push(...newest)) {
    const rows = await on.select({ id: customers.id }).from(customers).where(inArray(customers.mergedInto, newest))
    newest = rows.map((row) => row.id)
  }
  return family
}

/** Rows for the keys of a page, in their order; only those that the cache does not hold at that version are read. */
export async function rowsOf(on: Reader, keys: readonly { id: number; version: number }[]): Promise<CustomerRow[]> {
  const missing = keys.filter(({ id, version }) => cached.get(id)?.version !== version).map(({ id }) => id)
  const read = new Map<number, CustomerRow>()
  if (missing.length > 0) {
    const rows = await on.select().from(customers).where(inArray(customers.id, missing))
    for (const row of rows) read.set(row.id, mayKeep(on) ? keep(row) : row)
  }
  return keys.flatMap(({ id }) => read.get(id) ?? cached.get(id) ?? [])
}

const INSERTED = Object.keys(customers).filter((column) => column !== 'id' && column !== 'enableRLS')

const insert = (on: Writer) =>
  statement(on, 'customer_insert', (writer) =>
    writer
      .insert(customers)
      .values(placeholders(INSERTED) as never)
      .returning({ id: customers.id }),
  )

/** Stores a new row and returns it with its id. */
export async function insertRow(on: Writer, row: Omit<CustomerRow, 'id'>): Promise<CustomerRow> {
  const [made] = await insert(on).execute(row)
  if (!made) throw new Error('An insert returned no row')
  return { id: made.id, ...row }
}
