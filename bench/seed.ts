// The stored customers of both systems, made once and kept under .cache/bench: each run works on copies of them.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  constants,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import SQLite from 'better-sqlite3'
import { customer } from './customers.ts'
import { fill, searchTextOf } from './floor/store.ts'

export const ROOT = path.resolve(import.meta.dirname, '..')
export const CACHE = path.join(ROOT, '.cache/bench')

/** Settings of the product in the bench, the same for filling and for serving. */
export const productEnv = (folder: string): Record<string, string> => ({
  NODE_ENV: 'production',
  DATA_DIR: folder,
  DATABASE_URL: '',
  DATABASE_KEY: 'none',
  APP_SECRET: 'bench-only-bench-only-bench-only-bench-only',
})

export type Seeded = { apiKey: string; productFolder: string; floorFile: string }

const SOURCES = [
  'bench/customers.ts',
  'bench/seed-product.ts',
  'bench/floor/store.ts',
  'lib/customers/rules.ts',
  'lib/core/text.ts',
]
const MIGRATIONS = 'db/migrations/sqlite'

/** Changes with everything that decides what the seeded files hold. */
function fingerprint(count: number): string {
  const hash = createHash('sha256').update(String(count))
  const migrations = readdirSync(path.join(ROOT, MIGRATIONS)).filter((name) => name.endsWith('.sql'))
  for (const name of [...SOURCES, ...migrations.sort().map((file) => `${MIGRATIONS}/${file}`)]) {
    hash.update(readFileSync(path.join(ROOT, name)))
  }
  return hash.digest('hex').slice(0, 12)
}

type Stored = { id: number; search: string; created_at: number }

/** The floor takes the search text that the product stored, so that both indexes hold the very same characters. */
function* floorRows(product: SQLite.Database) {
  const rows = product.prepare('SELECT id, search, created_at FROM customers ORDER BY id').iterate()
  for (const { id, search, created_at } of rows as Iterable<Stored>) {
    const made = customer(id)
    if (searchTextOf(made) !== search)
      throw new Error(`customer ${id}: the floor's search text differs from "${search}"`)
    yield { ...made, search, createdAt: new Date(created_at).toISOString() }
  }
}

function seed(folder: string, count: number): void {
  rmSync(folder, { recursive: true, force: true })
  const productFolder = path.join(folder, 'product')
  mkdirSync(productFolder, { recursive: true })
  const env = { ...process.env, ...productEnv(productFolder) }
  const script = path.join(ROOT, 'bench/seed-product.ts')
  const said = execFileSync(process.execPath, [script, String(count)], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const product = new SQLite(path.join(productFolder, 'clientele.db'), { readonly: true })
  fill(path.join(folder, 'floor.db'), floorRows(product))
  product.close()
  // Written last: a folder without it was not finished.
  writeFileSync(path.join(folder, 'made.json'), said.trim().split('\n').at(-1) ?? '')
}

/** Copies of the seeded files for one run; seeds first when nothing fitting is kept. */
export function seededCopies(count: number, say: (text: string) => void): Seeded {
  const kept = path.join(CACHE, `seed-${count}-${fingerprint(count)}`)
  const made = path.join(kept, 'made.json')
  if (!existsSync(made)) {
    say(`storing ${count.toLocaleString('en')} customers in both systems (kept for later runs)`)
    for (const old of existsSync(CACHE) ? readdirSync(CACHE) : []) {
      if (old.startsWith(`seed-${count}-`)) rmSync(path.join(CACHE, old), { recursive: true })
    }
    seed(kept, count)
  }
  const run = path.join(CACHE, 'run')
  rmSync(run, { recursive: true, force: true })
  cpSync(path.join(kept, 'product'), path.join(run, 'product'), { recursive: true, mode: constants.COPYFILE_FICLONE })
  copyFileSync(path.join(kept, 'floor.db'), path.join(run, 'floor.db'), constants.COPYFILE_FICLONE)
  const { apiKey } = JSON.parse(readFileSync(made, 'utf8')) as { apiKey: string }
  return { apiKey, productFolder: path.join(run, 'product'), floorFile: path.join(run, 'floor.db') }
}
