// The production entry: opens and migrates the database, starts the worker, serves /api and the pages, stops gracefully.
import type { RequestListener, Server } from 'node:http'
import { closeDb, db, openDb } from '#db/client'
import { flushUses } from '#lib/access/credentials'
import { firstOwnerLink } from '#lib/access/first-owner'
import { createServer as createHttpServer, drain } from '#lib/api/server'
import { flushReads } from '#lib/core/record'
import { env } from '#lib/env'
import { startWorker } from '#lib/jobs/worker'
import { log } from '#lib/log'

const GRACE_MS = 8000
const EXIT_MS = 10_000

async function pageListener(): Promise<RequestListener> {
  // Tells instrumentation.ts that this process has booted already.
  Object.assign(globalThis, { __clienteleServer: true })
  const { default: next } = await import('next')
  const app = next({ dev: env.NODE_ENV !== 'production', dir: import.meta.dirname })
  await app.prepare()
  return app.getRequestHandler()
}

/** The server, not yet listening; the database is open and up to date. Without pages it serves the API alone. */
export async function createServer({ pages }: { pages: boolean }): Promise<Server> {
  const database = await openDb()
  await database.migrate()
  return createHttpServer(pages ? await pageListener() : undefined)
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(env.PORT, env.HOST, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function stopOnSignal(server: Server, stopBeside: readonly (() => Promise<void>)[]): void {
  let stopping = false
  const stop = async (signal: NodeJS.Signals) => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'stopping')
    setTimeout(() => process.exit(1), EXIT_MS).unref()
    await drain(server, GRACE_MS)
    for (const stopOne of stopBeside) await stopOne()
    await flushUses()
    await flushReads()
    await closeDb()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal))
}

/** Serves until a signal comes. Returns once requests are answered. */
export async function start({ pages }: { pages: boolean }): Promise<Server> {
  const server = await createServer({ pages })
  await listen(server)
  stopOnSignal(server, [db().upkeep(), ...(env.WORKER === 'inline' ? [startWorker()] : [])])
  if (
    env.HOST !== '127.0.0.1' &&
    env.HOST !== 'localhost' &&
    env.HOST !== '::1' &&
    !env.publicUrl.startsWith('https:')
  ) {
    log.warn(
      { host: env.HOST },
      'listening beyond this machine without an https PUBLIC_URL: passwords would travel in clear',
    )
  }
  log.info({ url: env.publicUrl, engine: env.engine }, 'ready')
  const link = await firstOwnerLink()
  if (link)
    process.stdout.write(
      `\nNobody can sign in yet. This link creates the first owner, within 60 minutes:\n  ${link}\n\n`,
    )
  return server
}

// Loaded as the program, or by the start script, it serves; a script that wants the API alone calls createServer.
if (/[\\/](server|scripts[\\/]start)\.ts$/.test(process.argv[1] ?? '')) await start({ pages: true })
