// A server of its own with an empty data folder, for what only an empty installation shows.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { freePort } from '../db/testing/cluster.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
const READY_WITHIN_MS = 60_000

export type OwnServer = { url: string; folder: string; said: () => string; stop: () => Promise<void> }

/** Starts the production server on `folder`, a new one unless given, and answers once it has said `ready`. */
export async function startServer(ready: RegExp, given?: string): Promise<OwnServer> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const folder = given ?? mkdtempSync(path.join(os.tmpdir(), 'clientele-e2e-own-'))
  const settings = { NODE_ENV: 'production' as const, PORT: String(port), HOST: '127.0.0.1', DATA_DIR: folder }
  const env = { ...process.env, ...settings, DATABASE_URL: '', PUBLIC_URL: url, LOG_LEVEL: 'info' }
  const child = spawn(process.execPath, ['--import', './scripts/node-guard.js', 'scripts/start.ts'], { cwd: ROOT, env })
  let said = ''
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    const giveUp = setTimeout(() => reject(new Error(`The server was not ready:\n${said}`)), READY_WITHIN_MS)
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => {
        said += text
        if (ready.test(said)) resolve()
      })
    }
    void exited.then(() => reject(new Error(`The server ended:\n${said}`)))
    void exited.finally(() => clearTimeout(giveUp))
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await exited
  }
  return { url, folder, said: () => said, stop }
}

export const removeFolder = ({ folder }: Pick<OwnServer, 'folder'>): void =>
  rmSync(folder, { recursive: true, force: true })
