// `npm run worker`: background jobs as a process of their own. SQLite has one process, which runs them itself.
import { closeDb, openDb } from '#db/client'
import { flushReads } from '#lib/core/record'
import { env } from '#lib/env'
import { startWorker } from '#lib/jobs/worker'
import { log } from '#lib/log'

if (env.engine === 'sqlite') {
  log.fatal('npm run worker needs PostgreSQL: with SQLite the server runs the jobs itself')
  process.exit(1)
}

const database = await openDb()
await database.migrate()
const stop = startWorker()
log.info('the worker is running')

const end = async () => {
  await stop()
  await flushReads()
  await closeDb()
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void end())
