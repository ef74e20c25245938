// Runs once per vitest run: makes one migrated template, which every test file then copies.
// DATABASE_URL chooses the engine: none is SQLite, `postgres:` a cluster of our own, `postgres://…` the given server.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startCluster } from './cluster.ts'

export type Template =
  | { engine: 'sqlite'; folder: string; file: string }
  | { engine: 'postgres'; folder: string; server: string; name: string }

/** How much the model and race tests do: a little each time, everything when asked (docs/testing.md). */
export type Size = { sequences: number; clients: number; rounds: number }

const sizeOf = ({ DATABASE_URL, MODEL_SEQUENCES, RACE_CLIENTS, RACE_ROUNDS }: NodeJS.ProcessEnv): Size => ({
  // A step costs a round trip on PostgreSQL.
  sequences: Number(MODEL_SEQUENCES || (DATABASE_URL?.startsWith('postgres') ? 200 : 1000)),
  clients: Number(RACE_CLIENTS || 32),
  rounds: Number(RACE_ROUNDS || 5),
})

declare module 'vitest' {
  // biome-ignore lint/style/useConsistentTypeDefinitions: Vitest merges its own interface with this one.
  interface ProvidedContext {
    template: Template
    size: Size
  }
}

const migrate = (databaseUrl: string, folder: string) =>
  execFileSync(process.execPath, [path.join(import.meta.dirname, 'migrate.ts')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DATABASE_URL: databaseUrl, DATABASE_KEY: 'none', DATA_DIR: folder, LOG_LEVEL: 'warn' },
  })

/** Runs statements on one connection that is closed before the next one may need the database as a template. */
export async function administer(server: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

async function postgresTemplate(folder: string, asked: string) {
  const cluster =
    asked.startsWith('postgres://') || asked.startsWith('postgresql://') ? undefined : await startCluster()
  const server = cluster?.url('postgres') ?? asked
  const name = `clientele_template_${process.pid}`
  const database = new URL(server)
  database.pathname = `/${name}`
  const stop = () => (cluster ? cluster.stop() : administer(server, `drop database if exists ${name} with (force)`))
  try {
    await administer(server, `create database ${name}`)
    migrate(database.href, folder)
  } catch (error) {
    await stop()
    throw error
  }
  return { template: { engine: 'postgres', folder, server, name } as const, stop }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'clientele-test-'))
  const asked = process.env.DATABASE_URL ?? ''
  project.provide('size', sizeOf(process.env))
  if (asked.startsWith('postgres')) {
    const { template, stop } = await postgresTemplate(folder, asked)
    project.provide('template', template)
    return async () => {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    }
  }
  const file = path.join(folder, 'template.db')
  migrate(`file:${file}`, folder)
  project.provide('template', { engine: 'sqlite', folder, file })
  return async () => rmSync(folder, { recursive: true, force: true })
}
