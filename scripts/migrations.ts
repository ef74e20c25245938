// Writes the migrations of both engines from db/schema: `npm run db:generate -- --name add_segments`.
// With --check it writes into a copy and fails when the schema has moved on without a migration.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './tools.js'

const ENGINES = [
  { name: 'sqlite', url: 'file:.cache/unused.db' },
  { name: 'postgres', url: 'postgres://localhost/unused' },
]
const MIGRATIONS = 'db/migrations'
const COPY = '.cache/migrations-check'

const count = (folder: string) => readdirSync(folder).filter((file) => file.endsWith('.sql')).length

function generate(folder: string, engine: (typeof ENGINES)[number], args: string[]): void {
  const kit = path.join(ROOT, 'node_modules/drizzle-kit/bin.cjs')
  const env = { ...process.env, DATABASE_URL: engine.url, MIGRATIONS_DIR: `./${folder}` }
  const done = spawnSync(process.execPath, [kit, 'generate', ...args], { cwd: ROOT, env, encoding: 'utf8' })
  // drizzle-kit ends with 0 after some errors, so its words are read as well.
  if (done.status !== 0 || /error/i.test(done.stderr))
    throw new Error(`drizzle-kit failed:\n${done.stdout}${done.stderr}`)
}

function check(): void {
  for (const engine of ENGINES) {
    const known = path.join(ROOT, MIGRATIONS, engine.name)
    if (!existsSync(known)) throw new Error(`${MIGRATIONS}/${engine.name} is missing: run npm run db:generate`)
    const copy = path.join(ROOT, COPY, engine.name)
    rmSync(copy, { recursive: true, force: true })
    mkdirSync(copy, { recursive: true })
    cpSync(known, copy, { recursive: true })
    generate(COPY, engine, ['--name', 'missing'])
    if (count(copy) !== count(known)) {
      throw new Error(`The ${engine.name} migrations do not match db/schema: run npm run db:generate`)
    }
  }
}

const args = process.argv.slice(2)
if (args.includes('--check')) check()
else for (const engine of ENGINES) generate(MIGRATIONS, engine, args)
