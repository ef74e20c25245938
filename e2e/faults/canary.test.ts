// Promises E1, E5 and, for what is written here, E6: with a DATABASE_KEY no planted value is in any file or in the log,
// however encoded, and a wrong key stops the start and changes nothing.
import { createHash, randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { freePort } from '../../db/testing/cluster.ts'
import { prepare, spawnApi, startApi, testFolder } from './api-process.ts'
import { contents, filesIn, hits } from './bytes.ts'

/** Letters alone, since random digits may spell a card number. */
const word = (): string =>
  randomBytes(16)
    .toString('hex')
    .replace(/\d/g, (digit) => 'qrstuvwxyz'.charAt(Number(digit)))

const digests = (folder: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(contents(folder)).map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')]),
  )

type Planted = { name: string; email: string; description: string; note: string }

/** Plants the values through the API, then reads and searches them, so that they pass every table that may hold them. */
async function plant(port: number, apiKey: string, { name, email, description, note }: Planted): Promise<void> {
  const call = async (method: string, route: string, body?: unknown) => {
    const headers = { 'x-api-key': apiKey, 'content-type': 'application/json', 'idempotency-key': word() }
    const url = `http://127.0.0.1:${port}/api${route}`
    const res = await fetch(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    const text = await res.text()
    expect(res.ok, `${method} ${route}: ${res.status} ${text}`).toBe(true)
    return JSON.parse(text)
  }
  const { id } = await call('POST', '/customers', { name: 'Before', email })
  await call('PATCH', `/customers/${id}`, { name, description })
  await call('POST', `/customers/${id}/notes`, { text: note })
  expect((await call('GET', `/customers/${id}`)).name).toBe(name)
  expect((await call('GET', `/customers?q=${encodeURIComponent(name)}`)).data).toHaveLength(1)
}

/** An OAuth client and an access token of it, both used. */
async function plantOauth(port: number, apiKey: string): Promise<{ clientSecret: string; accessToken: string }> {
  const base = `http://127.0.0.1:${port}/api`
  const headers = { 'x-api-key': apiKey, 'content-type': 'application/json' }
  const body = JSON.stringify({ name: 'ERP', scopes: ['customers:read'] })
  const { clientId, clientSecret } = await (
    await fetch(`${base}/oauth-clients`, { method: 'POST', headers, body })
  ).json()
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }
  const issued = await fetch(`${base}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) })
  const { access_token: accessToken } = await issued.json()
  const used = await fetch(`${base}/customers`, { headers: { authorization: `Bearer ${accessToken}` } })
  expect([issued.status, used.status]).toEqual([200, 200])
  return { clientSecret, accessToken }
}

const planted = (): Planted => ({
  name: `Nora ${word()}`,
  email: `${word()}@example.com`,
  description: `Described as ${word()}`,
  note: `Noted ${word()}`,
})

test('with a key no planted value is in any file or in the log, while running and after', async () => {
  const settings = { folder: testFolder(), databaseKey: randomBytes(32).toString('base64url') }
  const apiKey = prepare(settings)
  const values = planted()
  const api = await startApi(settings, await freePort())
  await plant(api.port, apiKey, values)
  const oauth = await plantOauth(api.port, apiKey)
  const secrets = { ...values, ...oauth, apiKey, secretPart: apiKey.slice(12) }
  const running = contents(settings.folder)
  expect(Object.keys(running)).toContain('clientele.db')
  expect(hits(running, secrets)).toEqual([])
  api.signal('SIGTERM')
  expect(await api.exited).toEqual({ code: 0, signal: null })
  expect(hits({ ...contents(settings.folder), log: Buffer.from(api.said()) }, secrets)).toEqual([])
  const open = filesIn(settings.folder).filter((file) => (statSync(file).mode & 0o077) !== 0)
  expect(open, 'files that others may read').toEqual([])
})

test('the same search finds the values in a file without a key, but never a key, secret or token', async () => {
  const settings = { folder: testFolder(), databaseKey: 'none' }
  const apiKey = prepare(settings)
  const values = planted()
  const api = await startApi(settings, await freePort())
  await plant(api.port, apiKey, values)
  const oauth = await plantOauth(api.port, apiKey)
  api.signal('SIGTERM')
  await api.exited
  const found = hits(contents(settings.folder), { ...values, ...oauth, apiKey, secretPart: apiKey.slice(12) })
  expect(new Set(found.map((hit) => hit.split(' ')[0]))).toEqual(new Set(Object.keys(values)))
})

test('a wrong or missing key stops the start with a clear sentence and changes nothing', async () => {
  const settings = { folder: testFolder(), databaseKey: randomBytes(32).toString('base64url') }
  prepare(settings)
  const before = digests(settings.folder)
  for (const databaseKey of ['not the key of this file', '', 'none']) {
    const api = spawnApi({ ...settings, databaseKey }, await freePort())
    const { code } = await api.exited
    expect(code, api.said()).not.toBe(0)
    expect(api.said()).toMatch(/DATABASE_KEY is wrong or missing/)
    expect(digests(settings.folder)).toEqual(before)
  }
  const api = await startApi(settings, await freePort())
  api.signal('SIGTERM')
  expect(await api.exited).toEqual({ code: 0, signal: null })
})
