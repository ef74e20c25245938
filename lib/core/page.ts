// Keyset paging: a cursor is opaque, signed, and bound to the sort and filters of the list it was made for.
import { hash } from 'node:crypto'
import { type AnyColumn, and, asc, Column, desc, eq, gt, is, lt, or, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Reader } from '#db/client'
import { countAll } from '#db/kit'
import { AppError } from './errors.ts'
import { sign, verify } from './secrets.ts'

export type SortKey = { column: AnyColumn | SQL; descending: boolean }
type KeyValue = string | number | null
export type Cursor = { values: KeyValue[]; backwards: boolean }

export type Page<T> = {
  data: T[]
  hasMore: boolean
  nextCursor: string | null
  prevCursor: string | null
  total?: { value: number; relation: 'eq' | 'gte' }
}

/** Above this a total reads "10,000+". */
const COUNT_LIMIT = 10_000

/** A short fingerprint of everything that decides which rows a list shows, and in which order. */
export const listFingerprint = (list: unknown): string => hash('sha256', JSON.stringify(list), 'base64url').slice(0, 12)

export function encodeCursor(cursor: Cursor, fingerprint: string): string {
  const text = Buffer.from(JSON.stringify([cursor.values, cursor.backwards ? 1 : 0])).toString('base64url')
  return `${text}.${sign('cursor', `${fingerprint}.${text}`)}`
}

/** Throws CURSOR_INVALID for a cursor of another list, and for one that was changed. */
export function decodeCursor(cursor: string, fingerprint: string): Cursor {
  const [text = '', signature = ''] = cursor.split('.')
  if (!verify('cursor', `${fingerprint}.${text}`, signature)) throw new AppError('CURSOR_INVALID')
  const [values, backwards] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as [KeyValue[], number]
  return { values, backwards: backwards === 1 }
}

/**
 * The rows behind the cursor: lexicographic over all keys, each in its own direction. One direction for all is a row
 * comparison, which an index answers without walking the pages before.
 */
export function afterCursor(
  keys: readonly SortKey[],
  cursor: Cursor,
  toDriver: (value: KeyValue, index: number) => unknown,
): SQL | undefined {
  const [first] = keys
  if (first && keys.every(({ descending }) => descending === first.descending)) {
    const columns = sql.join(
      keys.map(({ column }) => sql`${column}`),
      sql`, `,
    )
    const values = sql.join(
      keys.map(({ column }, index) => bound(column, toDriver(cursor.values[index] ?? null, index))),
      sql`, `,
    )
    return first.descending !== cursor.backwards ? sql`(${columns}) < (${values})` : sql`(${columns}) > (${values})`
  }
  const alternatives = keys.map((key, index) => {
    const equal = keys
      .slice(0, index)
      .map((earlier, i) => eq(earlier.column as AnyColumn, toDriver(cursor.values[i] ?? null, i)))
    const beyond = key.descending !== cursor.backwards ? lt : gt
    return and(...equal, beyond(key.column as AnyColumn, toDriver(cursor.values[index] ?? null, index)))
  })
  return or(...alternatives)
}

/** A value in the driver's form of its column; inside a row comparison drizzle cannot tell by itself. */
const bound = (column: AnyColumn | SQL, value: unknown): SQL =>
  is(column, Column) ? sql`${sql.param(value, column)}` : sql`${value}`

export const orderOf = (keys: readonly SortKey[], backwards = false): SQL[] =>
  keys.map(({ column, descending }) =>
    descending !== backwards ? desc(column as AnyColumn) : asc(column as AnyColumn),
  )

/**
 * Cuts `limit + 1` rows into a page. `rows` come in query order (reversed when the cursor goes backwards);
 * `valuesOf` gives a row's sort values, dates in milliseconds.
 */
export function toPage<T>(
  rows: T[],
  limit: number,
  cursor: Cursor | undefined,
  fingerprint: string,
  valuesOf: (row: T) => KeyValue[],
): Page<T> {
  const more = rows.length > limit
  const data = rows.slice(0, limit)
  if (cursor?.backwards) data.reverse()
  const [first, last] = [data[0], data.at(-1)]
  const hasNext = cursor?.backwards ? true : more
  const hasPrevious = cursor ? (cursor.backwards ? more : true) : false
  const made = (row: T | undefined, backwards: boolean) =>
    row === undefined ? null : encodeCursor({ values: valuesOf(row), backwards }, fingerprint)
  return {
    data,
    hasMore: hasNext && data.length > 0,
    nextCursor: hasNext ? made(last, false) : null,
    prevCursor: hasPrevious ? made(first, true) : null,
  }
}

export type Total = NonNullable<Page<never>['total']>

/** What a count of at most COUNT_LIMIT + 1 rows says. */
export const totalOf = (counted: number): Total =>
  counted > COUNT_LIMIT ? { value: COUNT_LIMIT, relation: 'gte' } : { value: counted, relation: 'eq' }

/** Counts the rows of the column's table that match, and stops soon after what is still told exactly. */
export async function countUpTo(reader: Reader, id: AnyPgColumn, where: SQL | undefined): Promise<Total> {
  const counted = reader
    .select({ id })
    .from(tableOf(id))
    .where(where)
    .limit(COUNT_LIMIT + 1)
    .as('counted')
  const [row] = await reader.select({ n: countAll() }).from(counted)
  return totalOf(row?.n ?? 0)
}

/** Every column of the schema belongs to a table of the same engine, which drizzle's type of a column does not say. */
const tableOf = (column: AnyPgColumn): PgTable => column.table as PgTable
