// Runs before each test file: gives it a database and a data folder of its own, before any module reads the settings.
// A test that needs the database then only says `await openDb()`.
import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, inject } from 'vitest'
import { administer } from './global-setup.ts'

const template = inject('template')
const name = `test_${randomBytes(6).toString('hex')}`
const folder = path.join(template.folder, name)
mkdirSync(folder)

async function createDatabase(): Promise<string> {
  if (template.engine === 'sqlite') {
    const file = path.join(folder, 'clientele.db')
    copyFileSync(template.file, file)
    return `file:${file}`
  }
  await administer(template.server, `create database ${name} template ${template.name}`)
  const url = new URL(template.server)
  url.pathname = `/${name}`
  return url.href
}

Object.assign(process.env, {
  NODE_ENV: 'test',
  DATA_DIR: folder,
  DATABASE_URL: await createDatabase(),
  DATABASE_KEY: 'none',
  APP_SECRET: 'only-for-tests-only-for-tests-only-for-tests',
  PUBLIC_URL: 'http://127.0.0.1:3000',
  LOG_LEVEL: process.env.LOG_LEVEL || 'fatal',
  WORKER: 'off',
})

afterAll(async () => {
  // Only a test that opened the database has it to close; the module is not loaded for the others.
  if ('__clienteleDbOpening' in globalThis) await (await import('../client.ts')).closeDb()
  if (template.engine === 'postgres') await administer(template.server, `drop database ${name} with (force)`)
  rmSync(folder, { recursive: true, force: true })
})
