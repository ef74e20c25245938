// Whatever is sent, the answer is one of the contract: no 500, no crash, nothing of the inside.
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { openDb } from '#db/client'
import { at, makeCustomer, makeMerchant } from '#db/testing/make'
import { createApiKey } from '../../access/keys.ts'
import { ERRORS } from '../../core/errors.ts'
import { type Client, client, type TestAnswer } from '../testing.ts'
import { ROUTES } from './app.ts'
import { CLIENT_MEMBERS, Client as ClientWire } from './wire.ts'

let api: Client
let id: number
beforeAll(async () => {
  await openDb()
  const ctx = at((await makeMerchant('Harbor Books')).id)
  api = client((await createApiKey(ctx, { name: 'full', scopes: ['*'] })).key)
  id = (await makeCustomer(ctx, { name: 'Ada', email: 'ada@example.com' })).id
})

function expectSane(answer: TestAnswer): void {
  expect(answer.status).toBeLessThan(500)
  expect(answer.status).not.toBe(422)
  if (answer.status < 400) return
  expect(answer.body).toMatchObject({
    status: answer.status,
    requestId: answer.headers.get('x-request-id'),
    error: { message: expect.any(String) },
  })
  expect(Object.keys(ERRORS)).toContain(answer.body.error.code)
  expect(answer.text).not.toMatch(/node_modules|\.ts:\d|SQLITE|select .* from|better-sqlite/i)
}

const NASTY = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e',
  "'; drop table customers; --",
  '{{7*7}}',
  '<script>alert(1)</script>',
  '%s%n',
  '../../etc/passwd',
  '-1',
  '1e400',
  'NaN',
  'null',
  'true',
  '2026-13-45',
  '9'.repeat(400),
  '🧑‍🚀'.repeat(30),
  'a@b',
  '=cmd()',
  '"',
  '\\',
  '%',
  '_',
  '*',
  'İ',
  'ﬀ',
  '\u0344',
]
const nasty = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 40 }))
const member = fc.constantFrom(...CLIENT_MEMBERS, 'nick', '', 'toString', 'hasOwnProperty')
const value: fc.Arbitrary<unknown> = fc.oneof(
  nasty,
  fc.double(),
  fc.maxSafeInteger(),
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue({ maxDepth: 3 }),
)
const bodies = fc.oneof(
  { weight: 4, arbitrary: fc.dictionary(member, value, { maxKeys: 6, noNullPrototype: true }) },
  { weight: 1, arbitrary: fc.jsonValue() },
)
const RUNS = { numRuns: 150 }

describe('any body', () => {
  test('to create and to change', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        expectSane(await api.post('/customers', { name: 'Any', email: 'any@example.com', ...(body as object) }))
        const changed = await api.put(`/customers/${id}`, body)
        expectSane(changed)
        if (changed.status !== 200) return
        const { changedFields: _c, ...customer } = changed.body
        expect(ClientWire.parse(customer)).toEqual(customer)
      }),
      RUNS,
    )
  })

  test('as a patch, a search and a note', async () => {
    const operations = fc.array(
      fc.record({
        op: fc.constantFrom('add', 'remove', 'replace', 'test'),
        path: fc.oneof(
          member.map((name) => `/${name}`),
          nasty,
        ),
        value,
      }),
      { maxLength: 3 },
    )
    await fc.assert(
      fc.asyncProperty(operations, bodies, async (patch, body) => {
        expectSane(await api.patch(`/customers/${id}`, patch, { type: 'application/json-patch+json' }))
        expectSane(await api.post('/customers/search', body))
        expectSane(await api.post(`/customers/${id}/notes`, body))
        expectSane(await api.post('/api-keys', body))
      }),
      RUNS,
    )
  })

  test('of raw bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 60 }),
        fc.constantFrom('application/json', 'text/json', 'text/plain', ''),
        async (raw, type) => {
          expectSane(await api.send('POST', '/customers', { raw: new Uint8Array(raw), type }))
        },
      ),
      RUNS,
    )
  })
})

describe('any address', () => {
  test('of every route', async () => {
    const route = fc.constantFrom(
      ...ROUTES.filter(({ method, path }) => method !== 'post' && !path.startsWith('/users/')),
    )
    const query = fc.dictionary(
      fc.constantFrom(
        'q',
        'limit',
        'cursor',
        'sort',
        'fields',
        'status',
        'createDate[gte]',
        'customField.a',
        'x',
        'expand',
        'tag',
      ),
      nasty,
      { maxKeys: 3 },
    )
    await fc.assert(
      fc.asyncProperty(route, nasty, query, async ({ method, path }, part, parameters) => {
        const filled = path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(part.toWellFormed()) || '0')
        const search = new URLSearchParams(
          Object.entries(parameters).map(([name, text]) => [name, text.toWellFormed()]),
        )
        expectSane(await api.send(method.toUpperCase(), `${filled}?${search}`))
      }),
      { numRuns: 400 },
    )
  })

  test.each(['%', '%zz', '%c3%28', '%00', '%2e%2e%2f', ';x=1', '..'])('with the broken part %s', async (part) => {
    for (const path of [`/customers/${part}`, `/customers/${part}/notes`, `/customers?q=${part}`, `/profiles/${part}`])
      expectSane(await api.get(path))
  })
})

test('accepted text reads back code point for code point', async () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((given) => given.trim() !== '')
  await fc.assert(
    fc.asyncProperty(text, async (company) => {
      const changed = await api.put(`/customers/${id}`, { company })
      expectSane(changed)
      if (changed.status === 200)
        expect((await api.get(`/customers/${id}`)).body.company).toBe(company.normalize('NFC').trim())
    }),
    RUNS,
  )
})
