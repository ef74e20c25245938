// Builds the pages when their sources changed since the last build; `--force` builds anyway.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './tools.js'

const SOURCES = [
  'app',
  'components',
  'db',
  'lib',
  'messages',
  'public',
  'instrumentation.ts',
  'instrumentation-client.ts',
  'next.config.js',
  'package-lock.json',
  'package.json',
  'postcss.config.mjs',
  'proxy.ts',
  'tsconfig.json',
]
/** Not part of any page: changing these must not cost a build. */
const ASIDE = /\.test\.tsx?$|^db\/(migrations|demo|testing)\//

const stampFile = () => path.join(ROOT, '.next/BUILD_STAMP')

function* filesUnder(name: string): Generator<string> {
  const full = path.join(ROOT, name)
  if (!existsSync(full)) return
  if (statSync(full).isFile()) yield name
  else for (const child of readdirSync(full).sort()) yield* filesUnder(`${name}/${child}`)
}

/** SHA-256 over names and contents of everything a build reads. */
export function sourceHash(): string {
  const hash = createHash('sha256')
  for (const name of SOURCES.flatMap((source) => [...filesUnder(source)])) {
    if (ASIDE.test(name)) continue
    hash
      .update(`${name}\0`)
      .update(readFileSync(path.join(ROOT, name)))
      .update('\0')
  }
  return hash.digest('hex')
}

/** Runs `next build` unless the last one read the same sources. Throws when the build fails. */
export function buildIfStale(force = false): void {
  const now = sourceHash()
  const current = existsSync(stampFile()) && readFileSync(stampFile(), 'utf8') === now
  if (current && !force) return
  // A build that breaks off must not look current afterwards.
  rmSync(stampFile(), { force: true })
  const next = path.join(ROOT, 'node_modules/next/dist/bin/next')
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
  const done = spawnSync(process.execPath, [next, 'build'], { cwd: ROOT, stdio: 'inherit', env })
  if (done.status !== 0) throw new Error('next build failed')
  writeFileSync(stampFile(), now)
}

if (process.argv[1] === import.meta.filename) buildIfStale(process.argv.includes('--force'))
