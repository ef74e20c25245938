// PostgreSQL: a writer pool with retried serialization failures, and a reader pool that the server itself holds to reading.
import path from 'node:path'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { env } from '#lib/env'
import { log } from '#lib/log'
import type { Database, Reader, Writer } from './client.ts'
import { violation } from './errors.ts'

// Where Next bundles this file (in development) it has no folder of its own; the project's root is the working one.
const MIGRATIONS = path.join(import.meta.dirname ?? path.resolve('db'), 'migrations/postgres')
const POOL_SIZE = 10
const ATTEMPTS = 5
const MIGRATION_LOCK = 727_001

type Transaction = Parameters<Parameters<NodePgDatabase['transaction']>[0]>[0]

/** Opens pools on a `postgres://` address. Refuses a server that answers before a commit is durable. */
export async function openPostgres(url: string): Promise<Database> {
  const writing = new pg.Pool({ connectionString: url, max: POOL_SIZE })
  const reading = new pg.Pool({ connectionString: url, max: POOL_SIZE, options: '-c default_transaction_read_only=on' })
  for (const pool of [writing, reading]) pool.on('error', (err) => log.warn({ err }, 'postgres connection lost'))
  if (env.NODE_ENV === 'production') await refuseUnsafe(writing)
  const writer = drizzle(writing)
  let inFlight = 0
  const write: Database['write'] = async (run) => {
    inFlight++
    try {
      for (let attempt = 1; ; attempt++) {
        try {
          return await writer.transaction((tx) => run(tx as unknown as Writer))
        } catch (err) {
          if (attempt === ATTEMPTS || violation(err)?.kind !== 'busy') throw err
        }
      }
    } finally {
      inFlight--
    }
  }
  return {
    read: drizzle(reading) as unknown as Reader,
    write,
    append: write,
    // Others commit unseen.
    generation: () => undefined,
    savepoint: (tx, run) => (tx as unknown as Transaction).transaction((inner) => run(inner as unknown as Writer)),
    migrate: () => migrateLocked(writing),
    ping: async () => {
      const { rows } = await reading.query("select to_regclass('drizzle.__drizzle_migrations') is not null as migrated")
      return { migrated: rows[0].migrated }
    },
    waiting: () => inFlight,
    // PostgreSQL's own processes do it.
    upkeep: () => async () => undefined,
    close: async () => {
      await Promise.all([writing.end(), reading.end()])
    },
  }
}

async function migrateLocked(pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await migrate(drizzle(client), { migrationsFolder: MIGRATIONS })
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined)
    client.release()
  }
}

async function refuseUnsafe(pool: pg.Pool): Promise<void> {
  for (const name of ['fsync', 'synchronous_commit']) {
    const { rows } = await pool.query('select current_setting($1) as value', [name])
    if (rows[0].value === 'off') throw new Error(`PostgreSQL runs with ${name}=off, which loses acknowledged writes`)
  }
}
