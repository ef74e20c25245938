// Promise B5: SIGTERM fails no request in flight, and every read that was answered is in the audit trail afterwards.
import http from 'node:http'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { freePort } from '../../db/testing/cluster.ts'
import { prepare, startApi, testFolder } from './api-process.ts'

const STOPS = Number(process.env.FAULT_STOPS || 3)
const CLIENTS = 16
const LOAD_MS = 400
const EXIT_WITHIN_MS = 10_000

type Call = { id: string; method: 'GET' | 'POST'; sentAt: number; status: number | string }

type Client = { calls: Call[]; done: Promise<void> }

/** Sends over one kept connection until the server takes no more; even clients read, odd ones create. */
function startClient(number: number, port: number, apiKey: string, customerId: number): Client {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  const calls: Call[] = []
  const send = (id: string) =>
    new Promise<Call>((resolve) => {
      const method = number % 2 ? 'POST' : 'GET'
      const headers = { 'x-api-key': apiKey, 'x-request-id': id, 'content-type': 'application/json' }
      const route = method === 'GET' ? `/api/customers/${customerId}` : '/api/customers'
      const call: Call = { id, method, sentAt: performance.now(), status: 'not answered' }
      const req = http.request({ host: '127.0.0.1', port, path: route, method, headers, agent }, (res) => {
        res.resume().once('end', () => resolve({ ...call, status: res.statusCode ?? 0 }))
        res.once('error', (err) => resolve({ ...call, status: err.message }))
      })
      req.once('error', (err: NodeJS.ErrnoException) => resolve({ ...call, status: err.code ?? err.message }))
      req.end(method === 'POST' ? JSON.stringify({ name: id, email: `${id}@example.com` }) : undefined)
    })
  const run = async () => {
    for (let i = 0; ; i++) {
      const call = await send(`stop-${number}-${i}`)
      calls.push(call)
      if (typeof call.status === 'string') return agent.destroy()
    }
  }
  return { calls, done: run() }
}

/** A create whose head the server has surely taken, since it said "100 Continue", and whose body waits for `finish`. */
async function halfSent(port: number, apiKey: string): Promise<{ finish: () => Promise<number> }> {
  const body = JSON.stringify({ name: 'Half Sent', email: 'half.sent@example.com' })
  const headers = {
    'x-api-key': apiKey,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    expect: '100-continue',
  }
  const req = http.request({ host: '127.0.0.1', port, path: '/api/customers', method: 'POST', headers })
  const answered = new Promise<number>((resolve, reject) => {
    req.once('response', (res) => res.resume().once('end', () => resolve(res.statusCode ?? 0)))
    req.once('error', reject)
  })
  req.flushHeaders()
  await new Promise((resolve) => req.once('continue', resolve))
  return {
    finish: () => {
      req.end(body)
      return answered
    },
  }
}

async function stopUnderLoad(): Promise<void> {
  const settings = { folder: testFolder(), databaseKey: 'none' }
  const apiKey = prepare(settings)
  const api = await startApi(settings, await freePort())
  const made = await fetch(`http://127.0.0.1:${api.port}/api/customers`, {
    method: 'POST',
    headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Read Often', email: 'read.often@example.com' }),
  })
  const { id } = (await made.json()) as { id: number }
  const clients = Array.from({ length: CLIENTS }, (_, number) => startClient(number, api.port, apiKey, id))
  await wait(LOAD_MS)
  const half = await halfSent(api.port, apiKey)
  const stoppedAt = performance.now()
  api.signal('SIGTERM')
  await wait(20)
  expect(await half.finish()).toBe(200)
  expect(await api.exited).toEqual({ code: 0, signal: null })
  expect(performance.now() - stoppedAt).toBeLessThan(EXIT_WITHIN_MS)
  await Promise.all(clients.map(({ done }) => done))

  const calls = clients.flatMap((client) => client.calls)
  const failed = calls.filter(({ sentAt, status }) => sentAt < stoppedAt && status !== 200)
  expect(failed).toEqual([])
  const answered = calls.filter(({ status }) => status === 200)
  expect(answered.length).toBeGreaterThan(CLIENTS)
  const db = new SQLite(path.join(settings.folder, 'clientele.db'), { readonly: true })
  const audited = db
    .prepare("SELECT request_id, action FROM audit_events WHERE action IN ('customer.read', 'customer.created')")
    .all()
  db.close()
  const trail = new Set(
    (audited as { request_id: string; action: string }[]).map((row) => `${row.action} ${row.request_id}`),
  )
  const missing = answered.filter(
    (call) => !trail.has(`${call.method === 'GET' ? 'customer.read' : 'customer.created'} ${call.id}`),
  )
  expect(missing).toEqual([])
}

test(`SIGTERM under load fails no request in flight and loses no audit event (${STOPS} times)`, async () => {
  for (let stop = 0; stop < STOPS; stop++) await stopUnderLoad()
})
