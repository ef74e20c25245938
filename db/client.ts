// Opens the one database of this process. The only file that knows `read`, `write` and which engine stands behind them.
import { type Placeholder, sql } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import { env } from '#lib/env'
import { compiled } from './compiled.ts'
import type * as schema from './schema.ts'

/** The result of a statement without .returning() differs per engine, so it is typed as unusable. */
type NoResult = PgQueryResultHKT & { type: unknown }
type Full = PgDatabase<NoResult, typeof schema>

/** What a reader may do; on both engines the connection behind it refuses writes as well. */
export type Reader = Pick<Full, 'select' | 'selectDistinct' | 'with' | '$with' | '$count'>
/** What a command may do inside its transaction. */
export type Writer = Reader & Pick<Full, 'insert' | 'update' | 'delete'>

export type Database = {
  read: Reader
  /** Runs `run` in a transaction. It answers only after a durable commit; a failure undoes this call alone. */
  write<T>(run: (writer: Writer) => Promise<T>): Promise<T>
  /** Like `write`, for what only appends audit events: nothing that was read before becomes wrong by it. */
  append<T>(run: (writer: Writer) => Promise<T>): Promise<T>
  /**
   * A number that is the same for as long as nobody commits anything but appended audit events: what the reader gave
   * under it still holds. Undefined on an engine that cannot tell.
   */
  generation(): number | undefined
  /** Runs `run` inside the writer's open transaction so that its failure can be caught without undoing the rest. */
  savepoint<T>(writer: Writer, run: (writer: Writer) => Promise<T>): Promise<T>
  /** Brings the schema up to date; several processes may call it at once. */
  migrate(): Promise<void>
  /** One trivial statement and the newest migration's name; throws when the database does not answer. */
  ping(): Promise<{ migrated: boolean }>
  /** Writer commands waiting for their commit. */
  waiting(): number
  /** Starts the engine's own upkeep beside the requests of a server; the returned function ends it. */
  upkeep(): () => Promise<void>
  close(): Promise<void>
}

// Next bundles pages apart from server.ts, and one process owns a SQLite file: the opened database hangs on globalThis.
const shared = globalThis as { __clienteleDb?: Database; __clienteleDbOpening?: Promise<Database> }

/** Opens the database of the settings once per process. */
export function openDb(): Promise<Database> {
  shared.__clienteleDbOpening ??= (async () => {
    const open =
      env.engine === 'sqlite' ? (await import('./sqlite.ts')).openSqlite : (await import('./postgres.ts')).openPostgres
    shared.__clienteleDb = await open(env.databaseUrl)
    return shared.__clienteleDb
  })()
  return shared.__clienteleDbOpening
}

/** The opened database. Throws before `openDb` has finished: every entry point opens it first. */
export function db(): Database {
  if (!shared.__clienteleDb) throw new Error('The database is not open yet')
  return shared.__clienteleDb
}

/** Closes the database, so that a test can open another. */
export async function closeDb(): Promise<void> {
  await shared.__clienteleDb?.close()
  shared.__clienteleDb = undefined
  shared.__clienteleDbOpening = undefined
}

type Values = Record<string, unknown>
type Prepared<R> = { execute(values?: Values): Promise<R> }
const prepared = new WeakMap<object, Map<string, unknown>>()

/** The same statement, which remembers up to `max` answers of the reader until somebody commits. */
function remembering<R>(run: Prepared<R>, max: number): Prepared<R> {
  const answers = new Map<string, Promise<R>>()
  let current: number | undefined
  return {
    execute: (values) => {
      const generation = db().generation()
      if (generation === undefined) return run.execute(values)
      if (generation !== current || answers.size >= max) answers.clear()
      current = generation
      const asked = JSON.stringify(values)
      const known = answers.get(asked)
      if (known) return known
      const answer = run.execute(values)
      answers.set(asked, answer)
      answer.catch(() => answers.delete(asked))
      return answer
    },
  }
}

/**
 * The statement of `build`, prepared once per connection: building a query costs ten times running it.
 * `name` is unique in the whole program. Pass values through `sql.placeholder`. With `remember`, that many answers to
 * the reader are kept until the next commit; they are shared, so nobody may change them.
 */
export function statement<D extends object, R>(
  on: D,
  name: string,
  build: (on: D) => { prepare(name: string): Prepared<R> },
  { remember = 0 } = {},
): Prepared<R> {
  let own = prepared.get(on)
  if (!own) prepared.set(on, (own = new Map()))
  let ready = own.get(name) as Prepared<R> | undefined
  if (!ready) {
    const made = build(on).prepare(name)
    const run = ((env.engine === 'sqlite' && compiled(made)) || made) as Prepared<R>
    const isReader = (on as object) === shared.__clienteleDb?.read
    own.set(name, (ready = remember > 0 && isReader ? remembering(run, remember) : run))
  }
  return ready
}

/** A placeholder for every column, to be filled when the statement runs; cast it where drizzle's types want values. */
export const placeholders = (columns: readonly string[]): Record<string, Placeholder> =>
  Object.fromEntries(columns.map((column) => [column, sql.placeholder(column)]))
