// Whether this process can do its work: asked by whoever watches it.
import { statfs } from 'node:fs/promises'
import { db } from '#db/client'
import manifest from '../../package.json' with { type: 'json' }
import { env } from '../env.ts'
import { log } from '../log.ts'

export type Status = 'pass' | 'warn' | 'fail'
export type Health = { status: Status; version: string; checks: Record<string, Status> }

/** The product's version, of package.json. */
export const productVersion = (): string => manifest.version

const FEW_BYTES = 256 * 1024 ** 2
const MANY_WAITING = 2048

async function disk(): Promise<Status> {
  const { bavail, bsize } = await statfs(env.DATA_DIR)
  return bavail * bsize < FEW_BYTES ? 'warn' : 'pass'
}

const CHECKS: Record<string, () => Promise<Status>> = {
  database: async () => ((await db().ping()) ? 'pass' : 'fail'),
  migrations: async () => ((await db().ping()).migrated ? 'pass' : 'fail'),
  disk,
  writer: async () => (db().waiting() > MANY_WAITING ? 'warn' : 'pass'),
}

/** Every check; one that throws has failed. The whole is as bad as its worst part. */
export async function readiness(): Promise<Health> {
  const checks: Record<string, Status> = {}
  for (const [name, check] of Object.entries(CHECKS)) {
    checks[name] = await check().catch((err): Status => {
      log.error({ err, check: name }, 'a readiness check failed')
      return 'fail'
    })
  }
  const found = Object.values(checks)
  const status = found.includes('fail') ? 'fail' : found.includes('warn') ? 'warn' : 'pass'
  return { status, version: productVersion(), checks }
}
