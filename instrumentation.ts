// Boot of a plain Next host, `next dev` above all: what server.ts does before it serves.
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: Next replaces this text when it builds, so that no other runtime loads a driver.
  if (process.env.NEXT_RUNTIME !== 'nodejs' || '__clienteleServer' in globalThis) return
  const [{ openDb }, { env }, { startWorker }] = await Promise.all([
    import('#db/client'),
    import('#lib/env'),
    import('#lib/jobs/worker'),
  ])
  const database = await openDb()
  await database.migrate()
  if (env.WORKER === 'inline') startWorker()
}
