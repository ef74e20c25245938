// Starts the three systems, each on the first core, and says how each is asked for the same thing.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { customer, randomFrom, searchTerm } from './customers.ts'
import type { Request } from './load.ts'
import { NEXT_PATH, nextHandlerCommand } from './next-handler.ts'
import { CACHE, productEnv, ROOT, type Seeded } from './seed.ts'

export type Op = 'read' | 'create' | 'list' | 'deep' | 'search'
export const PAGE = 50
const LIST = `/api/customers?limit=${PAGE}`
/** The members of the floor's rows: both systems answer the same. */
const SAME_MEMBERS = 'fields=id,name,email,phone,address,memberId,createDate'
/** Where deep pages begin: behind nine tenths of the list. */
const DEEP_FROM = 0.9

export type System = {
  name: 'floor' | 'product' | 'next'
  port: number
  pid: number
  headers: Record<string, string>
  /** The requests of one measure: a function of the seed, and for creates of what was created before. */
  requests: (op: Op, seed: number) => () => Request
  check: (op: Op, body: string) => void
}

const canPin = (): boolean => {
  try {
    execFileSync('taskset', ['-c', '0', 'true'], { stdio: 'ignore' })
    return os.availableParallelism() > 1
  } catch {
    return false
  }
}
/** Servers on one core and the load on the other, so that neither takes the other's time. */
export const pinned = canPin()
const SERVER_CORE = '0'

export function pinLoader(): void {
  if (pinned) execFileSync('taskset', ['-a', '-c', '-p', '1', String(process.pid)], { stdio: 'ignore' })
}

const running = new Set<ChildProcess>()
/** Ends every server started here. */
export function stopAll(): void {
  for (const child of running) child.kill('SIGKILL')
}
process.once('exit', stopAll)

type Start = {
  args: string[]
  env: Record<string, string>
  port: number
  probe: string
  headers: Record<string, string>
}

/** Starts a server and waits until the probe is answered. Its output goes to a file, as a supervisor would keep it.
 * Returns its process id. */
async function start(name: System['name'], { args, env, port, probe, headers }: Start): Promise<number> {
  const logFile = path.join(CACHE, `${name}.log`)
  const log = openSync(logFile, 'w')
  const [program = '', ...rest] = [...(pinned ? ['taskset', '-c', SERVER_CORE] : []), process.execPath, ...args]
  const child = spawn(program, rest, { cwd: CACHE, env: { ...process.env, ...env }, stdio: ['ignore', log, log] })
  closeSync(log)
  running.add(child)
  const deadline = Date.now() + 60_000
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}${probe}`, { headers }).catch(() => undefined)
    await answer?.arrayBuffer()
    if (answer?.ok) return child.pid ?? 0
    if (child.exitCode !== null || Date.now() > deadline) {
      throw new Error(`${name} did not start (${answer?.status}):\n${readFileSync(logFile, 'utf8').slice(-4000)}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const expectRows = (body: string, least: number) => {
  const { data } = JSON.parse(body) as { data: unknown[] }
  if (data.length < least) throw new Error(`${data.length} rows instead of ${least}`)
}

function check(op: Op, body: string): void {
  if (op === 'list' || op === 'deep') expectRows(body, PAGE)
  else if (op === 'search') expectRows(body, 1)
  else if (!(JSON.parse(body) as { id?: unknown }).id) throw new Error('no customer')
}

/** `list` is the address of a page of fifty with the members that the floor's rows have. */
type Paths = { list: string; deep: readonly string[] }

function requestsOf(rows: number, paths: Paths): System['requests'] {
  let created = rows
  return (op, seed) => {
    const random = randomFrom(seed)
    let k = Math.floor(random() * 1e6)
    const { list } = paths
    const make: Record<Op, () => Request> = {
      read: () => ({ method: 'GET', path: `/api/customers/${1 + Math.floor(random() * rows)}` }),
      create: () => ({ method: 'POST', path: '/api/customers', body: customer(++created) }),
      list: () => ({ method: 'GET', path: list }),
      deep: () => ({ method: 'GET', path: `${list}&${paths.deep[Math.floor(random() * paths.deep.length)]}` }),
      search: () => ({ method: 'GET', path: `${list}&q=${encodeURIComponent(searchTerm(k++, rows))}` }),
    }
    return make[op]
  }
}

export async function startFloor(port: number, seeded: Seeded, rows: number): Promise<System> {
  const headers = { 'x-api-key': seeded.apiKey }
  const env = { PORT: String(port), DATABASE_FILE: seeded.floorFile, API_KEY: seeded.apiKey }
  const args = [path.join(ROOT, 'bench/floor/server.ts')]
  const pid = await start('floor', { args, env, port, probe: '/api/customers/1', headers })
  const first = Math.floor(rows * (1 - DEEP_FROM))
  const deep = Array.from({ length: Math.floor(first / PAGE) }, (_, page) => `before=${first + 1 - page * PAGE}`)
  return { name: 'floor', port, pid, headers, requests: requestsOf(rows, { list: LIST, deep }), check }
}

/** The cursors of all pages behind DEEP_FROM, found as any client would: by paging. */
async function deepCursors(port: number, headers: Record<string, string>, rows: number): Promise<string[]> {
  const cursors: string[] = []
  let cursor = ''
  for (let seen = 0; seen + PAGE <= rows; ) {
    const limit = seen < rows * DEEP_FROM ? 2 * PAGE : PAGE
    const res = await fetch(`http://127.0.0.1:${port}/api/customers?limit=${limit}${cursor && `&${cursor}`}`, {
      headers,
    })
    const page = (await res.json()) as { data: unknown[]; nextCursor: string | null }
    if (!res.ok) throw new Error(`paging failed: ${res.status} ${JSON.stringify(page)}`)
    if (seen >= rows * DEEP_FROM) cursors.push(cursor)
    seen += page.data.length
    if (!page.nextCursor) break
    cursor = `cursor=${encodeURIComponent(page.nextCursor)}`
  }
  return cursors
}

export async function startProduct(port: number, seeded: Seeded, rows: number): Promise<System> {
  const headers = { 'x-api-key': seeded.apiKey }
  const env = { ...productEnv(seeded.productFolder), PORT: String(port), HOST: '127.0.0.1', PUBLIC_URL: '' }
  const args = [path.join(ROOT, 'e2e/faults/serve.ts')]
  const pid = await start('product', { args, env, port, probe: '/api/customers/1', headers })
  return {
    name: 'product',
    port,
    pid,
    headers,
    requests: requestsOf(rows, { list: `${LIST}&${SAME_MEMBERS}`, deep: await deepCursors(port, headers, rows) }),
    check,
  }
}

export async function startNext(port: number, say: (text: string) => void): Promise<System> {
  const args = nextHandlerCommand(port, say)
  const env = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
  const pid = await start('next', { args, env, port, probe: NEXT_PATH, headers: {} })
  const requests = () => () => ({ method: 'GET' as const, path: NEXT_PATH })
  return { name: 'next', port, pid, headers: {}, requests, check: (_op, body) => void JSON.parse(body) }
}
