// Statements and the row cache of the hot paths. A row never changes under its (id, version), which is also what its
// ETag promises, so rows are shared objects: whoever renders one may remember the result by the object itself.
import { and, eq, inArray, sql } from 'drizzle-orm'
import { placeholders, type Reader, statement, type Writer } from '#db/client'
import { customers } from '#db/schema'
import type { CustomerRow } from './rules.ts'

/** About three kilobytes each with what is remembered by them: the customers that people and systems look at these days. */
const MAX_CACHED = 20_000
const cached = new Map<number, CustomerRow>()

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

/** The merchant's customer of that id, in any lifecycle. */
export async function findRow(on: Reader, merchantId: number, id: number): Promise<CustomerRow | undefined> {
  const [row] = await byId(on).execute({ id, merchantId })
  return row
}

/** Rows for the keys of a page, in their order; only those that the cache does not hold at that version are read. */
export async function rowsOf(on: Reader, keys: readonly { id: number; version: number }[]): Promise<CustomerRow[]> {
  const missing = keys.filter(({ id, version }) => cached.get(id)?.version !== version).map(({ id }) => id)
  const read = new Map<number, CustomerRow>()
  if (missing.length > 0) {
    for (const row of await on.select().from(customers).where(inArray(customers.id, missing)))
      read.set(row.id, keep(row))
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
