// Promise D1: no answer leaves before the commit that holds its change has been synced. strace writes down what goes to
// the write-ahead log, every sync and every answer, in the order in which the kernel saw them.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { freePort } from '../../db/testing/cluster.ts'
import { prepare, startApi, testFolder } from './api-process.ts'

const ALONE = Number(process.env.FAULT_DRAINS || 100)
const BURSTS = 10
const BURST = 50

/** Why syncs cannot be counted on this machine, undefined when they can. */
function obstacle(): string | undefined {
  const probe = spawnSync('strace', ['-f', '-o', '/dev/null', 'true'], { encoding: 'utf8' })
  if (probe.error) return 'strace is not installed'
  return probe.status === 0 ? undefined : `strace may not trace here: ${probe.stderr.trim().split('\n')[0]}`
}

const SYNCED = /^\d+ +(?:fsync|fdatasync)\(.*= 0$|^\d+ +<\.\.\. (?:fsync|fdatasync) resumed>.*= 0$/
const ANSWERED = /HTTP\/1\.1 200 .*X-Request-Id: (probe-[a-z]+-\d+-\d+)/i
/** The file is not encrypted here, so that a page shows whose customer it holds; only the database writes at offsets. */
const LOGGED = /^\d+ +pwrite64\(/
const PROBES = /probe-[a-z]+-\d+-\d+/g

type Progress = 'logged' | 'synced'
type Account = { answers: number; syncs: number; tooEarly: string[] }

/** Follows each probe from the log through a sync to its answer. */
function judge(trace: string): Account {
  const progress = new Map<string, Progress>()
  const account: Account = { answers: 0, syncs: 0, tooEarly: [] }
  for (const line of trace.split('\n')) {
    if (SYNCED.test(line)) {
      account.syncs++
      for (const id of progress.keys()) progress.set(id, 'synced')
    } else if (LOGGED.test(line)) {
      for (const [id] of line.matchAll(PROBES)) if (!progress.has(id)) progress.set(id, 'logged')
    } else {
      const id = ANSWERED.exec(line)?.[1]
      if (!id) continue
      account.answers++
      if (progress.get(id) !== 'synced')
        account.tooEarly.push(`${id} was answered when it was ${progress.get(id) ?? 'nowhere'}`)
    }
  }
  return account
}

test('every acknowledged write was in the log and synced before its answer left', async ({ skip }) => {
  const reason = obstacle()
  if (reason) {
    process.stdout.write(`fsync test skipped: ${reason}\n`)
    skip(reason)
  }
  const settings = { folder: testFolder(), databaseKey: 'none' }
  const apiKey = prepare(settings)
  const file = path.join(testFolder(), 'trace')
  const calls = 'trace=fsync,fdatasync,pwrite64,write,writev,sendto,sendmsg'
  const api = await startApi(settings, await freePort(), ['strace', '-f', '-s', '8192', '-e', calls, '-o', file])

  const create = async (id: string) => {
    const headers = { 'x-api-key': apiKey, 'content-type': 'application/json', 'x-request-id': id }
    const body = JSON.stringify({ name: id, email: `${id}@example.com` })
    const res = await fetch(`http://127.0.0.1:${api.port}/api/customers`, { method: 'POST', headers, body })
    expect(res.status, await res.text()).toBe(200)
  }
  for (let i = 0; i < ALONE; i++) await create(`probe-alone-${i}-0`)
  for (let burst = 0; burst < BURSTS; burst++) {
    await Promise.all(Array.from({ length: BURST }, (_, i) => create(`probe-burst-${burst}-${i}`)))
  }
  api.signal('SIGTERM')
  await api.exited

  const { answers, syncs, tooEarly } = judge(readFileSync(file, 'utf8'))
  const expected = ALONE + BURSTS * BURST
  process.stdout.write(
    `fsync test: ${expected} acknowledged writes, ${ALONE} of them one by one, the rest ${BURST} at a time; ${syncs} syncs\n`,
  )
  expect(answers).toBe(expected)
  expect(tooEarly).toEqual([])
  expect(syncs).toBeGreaterThanOrEqual(ALONE + BURSTS)
})
