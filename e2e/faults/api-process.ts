// Starts the real API server as a process of its own, on a data folder of its own, so that a test may kill it.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '../..')

/** A folder that is gone after the test. */
export function testFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'clientele-fault-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export type Settings = { folder: string; databaseKey: string; allowHosts?: string }

export const environment = ({ folder, databaseKey, allowHosts = '' }: Settings, port: number): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_ENV: 'production',
  DATA_DIR: folder,
  DATABASE_URL: '',
  DATABASE_KEY: databaseKey,
  APP_SECRET: 'faults-only-faults-only-faults-only-faults',
  PUBLIC_URL: '',
  HOST: '127.0.0.1',
  PORT: String(port),
  LOG_LEVEL: 'info',
  WEBHOOK_ALLOW_HOSTS: allowHosts,
})

/** Makes the database with one merchant; returns a key that may do everything there. */
export function prepare(settings: Settings): string {
  const env = environment(settings, 0)
  const script = path.join(ROOT, 'bench/seed-product.ts')
  const said = execFileSync(process.execPath, [script, '0'], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return (JSON.parse(said.trim().split('\n').at(-1) ?? '') as { apiKey: string }).apiKey
}

export type Exit = { code: number | null; signal: NodeJS.Signals | null }
export type Api = {
  port: number
  /** The server's own process, also when another program runs it. */
  pid: () => number
  /** Everything it has said so far. */
  said: () => string
  signal: (signal: NodeJS.Signals) => void
  exited: Promise<Exit>
}

const READY_WITHIN_MS = 30_000

/** Runs the server; `under` is a program (and its arguments) that runs it in turn. Does not wait until it is ready. */
export function spawnApi(settings: Settings, port: number, under: readonly string[] = []): Api {
  const [program = '', ...args] = [...under, process.execPath, path.join(import.meta.dirname, 'serve.ts')]
  const options = { cwd: settings.folder, env: environment(settings, port), stdio: ['ignore', 'pipe', 'pipe'] as const }
  const child: ChildProcess = spawn(program, args, { ...options, stdio: [...options.stdio] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text) => {
      said += text
    })
  }
  const exited = new Promise<Exit>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))
  const pid = () => Number(/"pid":(\d+)/.exec(said)?.[1] ?? child.pid)
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    process.kill(pid(), 'SIGKILL')
    await exited
  })
  return { port, pid, said: () => said, signal: (signal) => void process.kill(pid(), signal), exited }
}

/** Resolves when the server answers that it is ready; throws with what it said when it ends before, or never does. */
export async function untilReady(api: Api): Promise<void> {
  let exit: Exit | undefined
  void api.exited.then((how) => {
    exit = how
  })
  const deadline = Date.now() + READY_WITHIN_MS
  for (;;) {
    const res = await fetch(`http://127.0.0.1:${api.port}/api/health/ready`).catch(() => undefined)
    await res?.arrayBuffer()
    if (res && res.status < 500) return
    if (exit || Date.now() > deadline)
      throw new Error(`The server did not get ready (${res?.status}, ${exit?.code}):\n${api.said()}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

export async function startApi(settings: Settings, port: number, under?: readonly string[]): Promise<Api> {
  const api = spawnApi(settings, port, under)
  await untilReady(api)
  return api
}
