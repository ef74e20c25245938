// The HTTP server on a real socket: its limits, its manners, its end.
import { once } from 'node:events'
import http, { type Server } from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDb } from '#db/client'
import { at, makeMerchant } from '#db/testing/make'
import { createApiKey } from '../access/keys.ts'
import { createServer, drain } from './server.ts'

let server: Server
let port: number
let base: string
let key: string

async function listen(made: Server): Promise<number> {
  made.listen(0, '127.0.0.1')
  await once(made, 'listening')
  return (made.address() as AddressInfo).port
}

beforeAll(async () => {
  await openDb()
  key = (await createApiKey(at((await makeMerchant('Harbor Books')).id), { name: 'full', scopes: ['*'] })).key
  server = createServer((req, res) => res.end(`page ${req.url} ${req.headers['x-clientele-address']}`))
  port = await listen(server)
  base = `http://127.0.0.1:${port}`
})
afterAll(() => drain(server, 1000))

/** Writes raw bytes and returns everything that comes back until the connection closes. */
async function raw(text: string, end = true): Promise<string> {
  const socket = net.connect(port, '127.0.0.1')
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => undefined)
  socket.write(text)
  if (end) socket.end()
  await once(socket, 'close')
  return Buffer.concat(chunks).toString()
}
const statusLine = (answer: string) => answer.split('\r\n', 1)[0]
const jsonOf = (answer: string) => JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))

describe('routing', () => {
  test.each([
    ['/api/version', 200, 'application/json'],
    ['/api/nothing', 404, 'application/problem+json'],
    ['/api', 404, 'application/problem+json'],
  ])('%s is answered by the API', async (path, status, type) => {
    const answer = await fetch(base + path)
    expect([answer.status, answer.headers.get('content-type')?.split(';')[0]]).toEqual([status, type])
  })

  test.each(['/', '/api/auth/session', '/api/auth/callback/credentials', '/apiary'])(
    '%s is a page, which learns the address',
    async (path) => {
      const answer = await fetch(base + path, { headers: { 'x-clientele-address': '203.0.113.9' } })
      expect(await answer.text()).toBe(`page ${path} 127.0.0.1`)
    },
  )

  test('signing in by API is no page', async () => {
    const answer = await fetch(`${base}/api/auth/login`, {
      method: 'POST',
      body: '{}',
      headers: { 'Content-Type': 'application/json' },
    })
    expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([
      400,
      'VALIDATION_ERROR',
    ])
  })

  test('a create and a read go through whole, with a body and without', async () => {
    const headers = { 'X-API-Key': key, 'Content-Type': 'application/json' }
    const made = await fetch(`${base}/api/customers`, {
      method: 'POST',
      body: JSON.stringify({ name: 'Ünïcödé 小林', email: 'u@example.com' }),
      headers,
    })
    const { id, name } = (await made.json()) as { id: number; name: string }
    expect(name).toBe('Ünïcödé 小林')
    const read = await fetch(`${base}/api/customers/${id}`, { headers })
    expect(Number(read.headers.get('content-length'))).toBe(Buffer.byteLength(await read.text()))
    const head = await fetch(`${base}/api/customers/${id}`, { headers, method: 'HEAD' })
    expect([head.status, await head.text(), head.headers.get('etag')]).toEqual([200, '', `"${id}.1"`])
    const same = await fetch(`${base}/api/customers/${id}`, { headers: { ...headers, 'If-None-Match': `"${id}.1"` } })
    expect(same.status).toBe(304)
    expect(
      (await fetch(`${base}/api/customers/${id}/restore`, { method: 'POST', headers: { 'X-API-Key': key } })).status,
    ).toBe(200)
  })
})

describe('limits', () => {
  test('headers above 16 KB are 431, as JSON', async () => {
    const answer = await raw(`GET /api/version HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(17_000)}\r\n\r\n`)
    expect(statusLine(answer)).toContain('431')
    expect(jsonOf(answer).error.code).toBe('HEADERS_TOO_LARGE')
  })

  test.each([9000, 20_000])('an address of %i characters is 414', async (length) => {
    const answer = await raw(
      `GET /api/customers?q=${'x'.repeat(length)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    )
    expect(statusLine(answer)).toContain('414')
    expect(jsonOf(answer).error.code).toBe('URL_TOO_LONG')
  })

  test('a chunked body is cut at 1 MB, a declared one refused before it is read', async () => {
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`
    const head = `POST /api/customers HTTP/1.1\r\nHost: x\r\nX-API-Key: ${key}\r\nContent-Type: application/json\r\n`
    expect(statusLine(await raw(`${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(40)}`))).toContain('413')
    const declared = await raw(`${head}Content-Length: 99999999\r\n\r\n{`, false)
    expect(statusLine(declared)).toContain('413')
    expect(jsonOf(declared).error.code).toBe('BODY_TOO_LARGE')
  })

  test.each([
    ['no HTTP', 'NONSENSE\r\n\r\n'],
    ['no Host', 'GET /api/version HTTP/1.1\r\n\r\n'],
    ['an impossible Host', 'GET /api/version HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n'],
    ['a length that is none', 'POST /api/customers HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n'],
  ])('%s is 400 and ends the connection', async (_what, text) => {
    const answer = await raw(text)
    expect(statusLine(answer)).toContain('400')
    expect(answer.toLowerCase()).not.toMatch(/stack|node_modules|at .*\.ts/)
  })

  test('an upgrade is destroyed', async () => {
    expect(await raw('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')).toBe('')
  })
})

describe('the end', () => {
  test('requests in flight are finished, new connections refused', async () => {
    const slow = createServer((_req, res) => void setImmediate(() => setImmediate(() => res.end('done'))))
    const at = await listen(slow)
    const agent = new http.Agent({ keepAlive: true })
    const answered = new Promise<string>((resolve, reject) => {
      const req = http.get({ port: at, host: '127.0.0.1', agent }, (res) => res.setEncoding('utf8').on('data', resolve))
      req.on('error', reject)
    })
    await once(slow, 'request')
    const ended = drain(slow, 2000)
    expect(await answered).toBe('done')
    await ended
    await expect(fetch(`http://127.0.0.1:${at}/`)).rejects.toThrow()
    agent.destroy()
  })
})
