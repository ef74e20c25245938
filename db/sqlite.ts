// SQLite: one writer with group commit, one read-only connection, the file encrypted when a key is given.
import fs from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import SQLite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { databaseKey } from '#lib/core/secrets'
import { log } from '#lib/log'
import type { CheckpointData } from './checkpoint.ts'
import type { Database, Reader, Writer } from './client.ts'
import { groupCommit } from './group-commit.ts'
import { snapshotPerTurn } from './snapshot.ts'
import { unlock } from './unlock.ts'

// Where Next bundles this file (in development) it has no folder of its own; the project's root is the working one.
const MIGRATIONS = path.join(import.meta.dirname ?? path.resolve('db'), 'migrations/sqlite')

function connect(file: string, key: string | undefined, options: SQLite.Options) {
  const connection = new SQLite(file, options)
  unlock(connection, key)
  try {
    if (!options.readonly) connection.pragma('journal_mode = WAL')
    // The driver's build syncs like NORMAL in WAL unless FULL is asked for, which loses acknowledged commits at a power cut.
    connection.pragma('synchronous = FULL')
    connection.pragma('foreign_keys = ON')
    connection.pragma('busy_timeout = 5000')
    connection.pragma('secure_delete = ON')
    connection.pragma('cache_size = -65536')
    connection.pragma('temp_store = MEMORY')
  } catch (cause) {
    connection.close()
    throw new Error(`${file} cannot be read: the DATABASE_KEY is wrong or missing, or this is no database`, { cause })
  }
  return connection
}

/** Opens (and creates) the file of a `file:` address. Throws a plain sentence when the key does not fit. */
export async function openSqlite(url: string): Promise<Database> {
  const file = path.resolve(url.replace(/^file:/, ''))
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  process.umask(0o077)
  const key = databaseKey(file)
  const writing = connect(file, key, {})
  const reading = connect(file, key, { readonly: true })
  const writer = drizzle(writing)
  const portable = writer as unknown as Writer
  let generation = 0
  // Another process at the same file is seen by this number of the writing connection, which its own commits leave alone.
  const foreign = writing.prepare('PRAGMA data_version').pluck()
  let seen = foreign.get()
  const snapshot = snapshotPerTurn(reading, () => {
    const now = foreign.get()
    if (now !== seen) generation++
    seen = now
  })
  const group = groupCommit(writing, portable, (changed) => {
    snapshot.end()
    if (changed) generation++
  })
  const newest = () => {
    const table = reading.prepare("select 1 from sqlite_master where name = '__drizzle_migrations'").get()
    return table ? reading.prepare('select count(*) as n from __drizzle_migrations').get() : { n: 0 }
  }
  return {
    read: drizzle(reading) as unknown as Reader,
    write: (run) => group.write(run),
    append: (run) => group.write(run, true),
    generation: () => {
      snapshot.start()
      return generation
    },
    savepoint: (_writer, run) => group.savepoint(run),
    migrate: async () => {
      writing.pragma('foreign_keys = OFF')
      migrate(writer, { migrationsFolder: MIGRATIONS })
      writing.pragma('foreign_keys = ON')
    },
    ping: async () => ({ migrated: (newest() as { n: number }).n > 0 }),
    waiting: group.waiting,
    upkeep: () => startCheckpoints(writing, { file, key }),
    close: async () => {
      await group.idle()
      snapshot.end()
      reading.close()
      writing.close()
    },
  }
}

/** With the thread at work, a commit moves the log itself only when it has grown to 64 MB all the same. */
const LOG_PAGES = 16_000

function startCheckpoints(writing: SQLite.Database, data: CheckpointData): () => Promise<void> {
  const thread = new Worker(new URL('./checkpoint.ts', import.meta.url), { workerData: data })
  thread.unref()
  writing.pragma(`wal_autocheckpoint = ${LOG_PAGES}`)
  thread.on('error', (err) => {
    log.error({ err }, 'checkpoints go on inside commits')
    writing.pragma('wal_autocheckpoint = 1000')
  })
  return async () => {
    const closed = new Promise<void>((resolve) => {
      thread.once('message', () => resolve())
      thread.once('exit', () => resolve())
    })
    thread.postMessage('close')
    await closed
    await thread.terminate()
  }
}
