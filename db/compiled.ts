// Drizzle decides for every value of every row anew what kind of column it is, which costs as much as the small look-ups
// of the hot paths themselves. A prepared statement's columns never change, so here they are looked at once.
import type SQLite from 'better-sqlite3'
import { Column, is, Param, Placeholder, SQL } from 'drizzle-orm'

type Field = { path: string[]; field: unknown }
type Drizzled = { stmt: SQLite.Statement; query: { params: unknown[] }; fields?: Field[] }
type Values = Record<string, unknown>
type Give = (values: Values) => unknown
type Take = ((value: unknown) => unknown) | undefined

const given = (values: Values, name: string): unknown => {
  if (name in values) return values[name]
  throw new Error(`No value for placeholder "${name}" was provided`)
}

function giverOf(param: unknown): Give {
  if (is(param, Placeholder)) return (values) => given(values, param.name)
  if (is(param, Param) && is(param.value, Placeholder)) {
    const { encoder, value } = param
    const { name } = value
    return (values) => encoder.mapToDriverValue(given(values, name))
  }
  return () => param
}

function takerOf(field: unknown): Take {
  const decoder = is(field, Column)
    ? field
    : is(field, SQL)
      ? (field as unknown as { decoder: Column }).decoder
      : undefined
  if (!decoder) throw new Error('A compiled statement selects columns and SQL only')
  const plain = decoder.mapFromDriverValue === Column.prototype.mapFromDriverValue
  return plain ? undefined : (value) => decoder.mapFromDriverValue(value)
}

/** The same statement, run without Drizzle's walk over its columns; null where it selects something nested. */
export function compiled(prepared: unknown): { execute(values?: Values): Promise<unknown> } | null {
  const { stmt, query, fields } = prepared as Drizzled
  if (fields?.some(({ path }) => path.length !== 1)) return null
  const givers = query.params.map(giverOf)
  const bind = (values: Values) => givers.map((give) => give(values))
  if (!fields) return { execute: async (values = {}) => stmt.run(...bind(values)) }
  const names = fields.map(({ path }) => path[0] ?? '')
  const takers = fields.map(({ field }) => takerOf(field))
  stmt.raw()
  const rowOf = (raw: unknown[]): Values => {
    const row: Values = {}
    for (let at = 0; at < names.length; at++) {
      const value = raw[at] as unknown
      const take = takers[at]
      row[names[at] as string] = take && value !== null ? take(value) : value
    }
    return row
  }
  return { execute: async (values = {}) => (stmt.all(...bind(values)) as unknown[][]).map(rowOf) }
}
