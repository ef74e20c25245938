// A PostgreSQL cluster of its own for one test run: started on a free loopback port, gone afterwards.
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { embeddedPostgres, systemPostgres } from '../../scripts/tools.js'

export type Cluster = {
  /** Address of a database of this cluster. */
  url(database: string): string
  stop(): Promise<void>
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

type User = { uid: number; gid: number }

/** PostgreSQL refuses to run as root: the system's own `postgres` account serves, else `nobody`. */
function unprivileged(): User | undefined {
  if (process.getuid?.() !== 0) return undefined
  const idOf = (flag: string, name: string) =>
    Number(execFileSync('id', [flag, name], { stdio: 'pipe', encoding: 'utf8' }))
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: idOf('-u', name), gid: idOf('-g', name) }
    } catch {
      // This account does not exist here; the next may.
    }
  }
  throw new Error('PostgreSQL cannot run as root, and there is neither a postgres nor a nobody account')
}

/** The programs' folder. The embedded copy moves out of a home directory that another account may not enter. */
function programs(home: string, user: User | undefined): string {
  const system = systemPostgres()
  if (system) return system
  const embedded = embeddedPostgres()
  if (!embedded) throw new Error('No PostgreSQL found: run npm test, whose set-up prepares one')
  if (!user) return embedded
  cpSync(path.join(embedded, '..'), path.join(home, 'native'), { recursive: true, verbatimSymlinks: true })
  return path.join(home, 'native/bin')
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  // A connection lost while the server stops is reported here and must not end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

// Holds the server until our end of the pipe closes, however this process ends. SIGQUIT ends it at once and skips the
// shutdown checkpoint: nothing in it is kept.
const LEASH = '"$@" </dev/null & cat >/dev/null; kill -QUIT $!; wait'

/** Starts a cluster. With `durable` it syncs to disk like a production server; otherwise speed wins. */
export async function startCluster({ durable = false } = {}): Promise<Cluster> {
  const home = mkdtempSync(path.join(os.tmpdir(), 'clientele-pg-'))
  const user = unprivileged()
  chmodSync(home, 0o755)
  if (user) chownSync(home, user.uid, user.gid)
  const bin = programs(home, user)
  const data = path.join(home, 'data')
  const options = { cwd: home, ...user }
  const init = [
    '-D',
    data,
    '-U',
    'postgres',
    '--auth=trust',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
    '--no-instructions',
  ]
  execFileSync(path.join(bin, 'initdb'), init, { ...options, stdio: 'pipe' })
  const port = await freePort()
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ]
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])]
  const server = spawn('sh', ['-c', LEASH, 'sh', path.join(bin, 'postgres'), ...args], { ...options, stdio: 'pipe' })
  server.stdout.resume()
  let said = ''
  server.stderr.on('data', (text) => {
    said = `${said}${text}`.slice(-4000)
  })
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const url = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`
  const stop = async () => {
    server.stdin.end()
    await ended
    rmSync(home, { recursive: true, force: true })
  }
  const deadline = Date.now() + 20_000
  while (!(await answers(url('postgres')))) {
    if (Date.now() > deadline) {
      await stop()
      throw new Error(`PostgreSQL did not start:\n${said}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { url, stop }
}
