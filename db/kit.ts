// The only file that knows two engines: column types for one schema, and the few expressions whose SQL differs.
// Static types are PostgreSQL's; on SQLite its builders take their place, so what only one engine can do
// (.get, .all, .run, ilike) does not compile.
import { type AnyColumn, and, or, type Placeholder, type SQL, sql } from 'drizzle-orm'
import * as pg from 'drizzle-orm/pg-core'
import * as lite from 'drizzle-orm/sqlite-core'
import { env } from '#lib/env'

export const engine = env.engine

// Drizzle's own time and JSON types fail on a null that arrives through a placeholder; these carry it through.
const pgTime = pg.customType<{ data: Date; driverData: Date | string | null }>({
  dataType: () => 'timestamp (3) with time zone',
  toDriver: (value) => value,
  fromDriver: (value) => new Date(String(value)),
})
const pgJson = pg.customType<{ data: unknown; driverData: string | null }>({
  // Not jsonb: what is stored comes back as it was written, members in their order, which commitments rely on.
  dataType: () => 'json',
  toDriver: (value) => (value === null ? null : JSON.stringify(value)),
})
const liteTime = lite.customType<{ data: Date; driverData: number | null }>({
  dataType: () => 'integer',
  toDriver: (value) => (value === null ? null : value.getTime()),
  fromDriver: (value) => new Date(Number(value)),
})
const liteBool = lite.customType<{ data: boolean; driverData: number | null }>({
  dataType: () => 'integer',
  toDriver: (value) => (value === null ? null : Number(value)),
  fromDriver: (value) => value === 1,
})
const liteJson = lite.customType<{ data: unknown; driverData: string | null }>({
  dataType: () => 'text',
  toDriver: (value) => (value === null ? null : JSON.stringify(value)),
  fromDriver: (value) => JSON.parse(String(value)),
})

const onPostgres = {
  table: pg.pgTable,
  /** int64 key assigned by the engine, ascending */
  id: () => pg.bigint('id', { mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
  /** int64 carried as a number: foreign keys, counters, money in minor units */
  int: (name: string) => pg.bigint(name, { mode: 'number' }),
  bool: (name: string) => pg.boolean(name),
  text: (name: string) => pg.text(name),
  /** instant with millisecond precision, so that a cursor survives the trip through Date */
  time: (name: string) => pgTime(name),
  json: <T>(name: string) => pgJson(name).$type<T>(),
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  primaryKey: pg.primaryKey,
}

const onSqlite = {
  table: lite.sqliteTable,
  id: () => lite.integer('id').primaryKey({ autoIncrement: true }),
  int: (name: string) => lite.integer(name),
  bool: (name: string) => liteBool(name),
  text: (name: string) => lite.text(name),
  time: (name: string) => liteTime(name),
  json: (name: string) => liteJson(name),
  index: lite.index,
  uniqueIndex: lite.uniqueIndex,
  primaryKey: lite.primaryKey,
} satisfies Record<keyof typeof onPostgres, unknown>

/** Typed as PostgreSQL, run on either: the cast is sound for the portable subset that `Reader` and `Writer` expose. */
export const k = (engine === 'postgres' ? onPostgres : onSqlite) as unknown as typeof onPostgres

/** count(*) as a number on both engines (int8 arrives as a string from PostgreSQL). */
export const countAll = () => sql<number>`count(*)`.mapWith(Number)

const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&')

/** Substring match on an already folded column; `text` is taken literally. */
export const contains = (column: AnyColumn, text: string): SQL =>
  sql`${column} like ${`%${escapeLike(text)}%`} escape '\\'`

/** Substring match in any letter case on text as it was written; `text` is taken literally. */
export const anyCase = (column: SQL, text: string): SQL | undefined => {
  // Both engines may know the case of ASCII letters only, so other letters are tried in the ways that people write them.
  const lower = text.toLowerCase()
  const capital = lower.replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase())
  const ways = [...new Set([text, lower, text.toUpperCase(), capital])]
  const like = sql.raw(engine === 'postgres' ? 'ilike' : 'like')
  return or(...ways.map((way) => sql`${column} ${like} ${`%${escapeLike(way)}%`} escape '\\'`))
}

const startsWord = (column: AnyColumn, text: string): SQL | undefined =>
  or(
    sql`${column} like ${`${escapeLike(text)}%`} escape '\\'`,
    sql`${column} like ${`% ${escapeLike(text)}%`} escape '\\'`,
  )

/** One searched word, in every spelling that counts (a phone as written, and its bare digits). */
export type SearchWord = readonly string[]

const isLong = (word: SearchWord) => word.every((spelling) => [...spelling].length >= 3)

/** The words as one query of SQLite's search index; undefined where that index cannot answer all of them. */
export const indexQuery = (words: readonly SearchWord[]): string | undefined => {
  if (engine === 'postgres' || words.length === 0 || !words.every(isLong)) return undefined
  const phrase = (text: string) => `"${text.replaceAll('"', '""')}"`
  return words.map((word) => `(${word.map(phrase).join(' OR ')})`).join(' AND ')
}

/** Rows that a query of `indexQuery` finds; `query` may be a placeholder. */
export const found = (id: AnyColumn, index: string, query: string | Placeholder): SQL => {
  const table = sql.identifier(index)
  return sql`${id} in (select rowid from ${table} where ${table} match ${query})`
}

/**
 * Rows whose folded search column holds every one of the folded words: anywhere from three characters on, at the start
 * of a word below. SQLite answers from the FTS5 trigram table `<table>_search`, PostgreSQL from its trigram index.
 */
export function matches(
  id: AnyColumn,
  search: AnyColumn,
  index: string,
  words: readonly SearchWord[],
): SQL | undefined {
  const long = words.filter(isLong)
  const short = words
    .filter((word) => !isLong(word))
    .map((word) => or(...word.map((spelling) => startsWord(search, spelling))))
  const query = indexQuery(long)
  const within = long.map((word) => or(...word.map((spelling) => contains(search, spelling))))
  return query === undefined ? and(...within, ...short) : and(found(id, index, query), ...short)
}

/** True when `matches` answers from the search index of these words, which then must drive the query. */
export const searchesIndex = (words: readonly SearchWord[]): boolean => words.some(isLong)

/**
 * A column that must not be looked up by its own index: SQLite's planner would otherwise walk a merchant's whole list
 * beside the few rows that a search found. PostgreSQL weighs by its statistics.
 */
export const unindexed = (column: AnyColumn): SQL => (engine === 'postgres' ? sql`${column}` : sql`+${column}`)

/** The text value of a JSON object's member; `key` is passed as a value. */
export const jsonText = (column: AnyColumn, key: string): SQL<string | null> =>
  engine === 'postgres' ? sql`${column} ->> ${key}` : sql`${column} ->> ${`$."${key.replaceAll('"', '')}"`}`
