// The third system: the smallest Next application there is, one route handler that returns fixed JSON without touching a
// database. Built once per version of Next under .cache/bench.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { CACHE, ROOT } from './seed.ts'

export const NEXT_PATH = '/api/fixed'
const HOME = path.join(CACHE, 'next')
const NEXT = path.join(ROOT, 'node_modules/next/dist/bin/next')

const FILES: Record<string, string> = {
  'package.json': '{ "private": true, "type": "module" }\n',
  'next.config.js': `export default { turbopack: { root: ${JSON.stringify(ROOT)} }, poweredByHeader: false }\n`,
  // Next looks for this file upwards, where it would find the product's own.
  'instrumentation.js': 'export const register = () => {}\n',
  // Without `force-dynamic` the answer would come from a file made at build time, and no handler would run.
  [`app${NEXT_PATH}/route.js`]: `export const dynamic = 'force-dynamic'\nexport const GET = () => Response.json({ data: 'fixed' })\n`,
}

/** The command that serves it on a port; builds it first when needed. Throws with Next's own words when that fails. */
export function nextHandlerCommand(port: number, say: (text: string) => void): string[] {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'node_modules/next/package.json'), 'utf8')) as {
    version: string
  }
  const stamp = path.join(HOME, 'built')
  const current = `${version}\n${Object.values(FILES).join('')}`
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== current) {
    say('building a Next application with one route handler (kept for later runs)')
    rmSync(HOME, { recursive: true, force: true })
    for (const [name, text] of Object.entries(FILES)) {
      mkdirSync(path.dirname(path.join(HOME, name)), { recursive: true })
      writeFileSync(path.join(HOME, name), text)
    }
    const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
    const done = spawnSync(process.execPath, [NEXT, 'build', HOME], { cwd: HOME, env, encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`next build failed:\n${done.stdout}${done.stderr}`)
    writeFileSync(stamp, current)
  }
  return [NEXT, 'start', HOME, '-p', String(port), '-H', '127.0.0.1']
}
