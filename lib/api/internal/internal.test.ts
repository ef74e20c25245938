// The dashboard's reads: by cookie, GET only, from our own pages only.
import { beforeAll, describe, expect, test } from 'vitest'
import { openDb } from '#db/client'
import { at, makeCustomer, makeMerchant } from '#db/testing/make'
import { createApiKey } from '../../access/keys.ts'
import { signIn } from '../../access/sign-in.ts'
import { createStaff } from '../../access/team.ts'
import { SESSION_COOKIE, sealToken } from '../../web/cookie.ts'
import { call, codeOf } from '../testing.ts'
import { READS } from './reads.ts'

const PASSWORD = 'vex lumo drift quarry'
let merchantId: number
let strangerId: number
let customerId: number
let cookie: string
let key: string

beforeAll(async () => {
  await openDb()
  merchantId = (await makeMerchant('Harbor Books')).id
  strangerId = (await makeMerchant('Atlas Travel')).id
  customerId = (await makeCustomer(at(merchantId), { name: 'Ada Lovelace', email: 'ada@example.com' })).id
  key = (await createApiKey(at(merchantId), { name: 'full', scopes: ['*'] })).key
  await createStaff(at(merchantId), { name: 'Olga', email: 'olga@harbor.example', password: PASSWORD, role: 'owner' })
  const { secret } = await signIn({
    email: 'olga@harbor.example',
    password: PASSWORD,
    ip: null,
    device: 'Test',
    kind: 'web',
  })
  cookie = `${SESSION_COOKIE}=${await sealToken({ token: { sid: secret }, secret: '' })}`
})

const read = (name: string, input: unknown = {}, m: number = merchantId, headers: Record<string, string> = {}) =>
  call('GET', `/api/internal/${name}?m=${m}&input=${encodeURIComponent(JSON.stringify(input))}`, {
    headers: { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin', ...headers },
  })

describe('a read', () => {
  test('answers the view of the query, never for a cache', async () => {
    const answer = await read('customer', { id: customerId })
    expect([answer.status, answer.body.name]).toEqual([200, 'Ada Lovelace'])
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('of each name parses its own input', async () => {
    for (const name of Object.keys(READS)) {
      const answer = await read(name, { nonsense: true })
      expect([400, 404], name).toContain(answer.status)
    }
  })

  test.each([
    [
      'nobody signed in',
      () => read('customer', { id: customerId }, merchantId, { Cookie: '' }),
      401,
      'CREDENTIALS_MISSING',
    ],
    [
      'an API key',
      () => call('GET', `/api/internal/customer?m=${merchantId}`, { headers: { 'X-API-Key': key } }),
      401,
      'CREDENTIALS_MISSING',
    ],
    [
      'a forged cookie',
      () => read('customer', { id: customerId }, merchantId, { Cookie: `${SESSION_COOKIE}=x.y.z` }),
      401,
      'CREDENTIALS_MISSING',
    ],
    ['another merchant', () => read('customer', { id: customerId }, strangerId), 404, 'MERCHANT_NOT_FOUND'],
    ['an unknown customer', () => read('customer', { id: 999_999 }), 404, 'CUSTOMER_NOT_FOUND'],
    ['an unknown name', () => read('everything'), 404, 'ROUTE_NOT_FOUND'],
    ['a name of the prototype', () => read('constructor'), 404, 'ROUTE_NOT_FOUND'],
    [
      'another site',
      () => read('customer', { id: customerId }, merchantId, { 'Sec-Fetch-Site': 'cross-site' }),
      403,
      'ORIGIN_REFUSED',
    ],
    [
      'a sibling site',
      () => read('customer', { id: customerId }, merchantId, { 'Sec-Fetch-Site': 'same-site' }),
      403,
      'ORIGIN_REFUSED',
    ],
    [
      'broken input',
      () => call('GET', `/api/internal/customer?m=${merchantId}&input={`, { headers: { Cookie: cookie } }),
      400,
      'QUERY_INVALID',
    ],
  ])('%s is refused', async (_what, ask, status, code) => {
    const answer = await ask()
    expect([answer.status, codeOf(answer)]).toEqual([status, code])
    expect(answer.text).not.toContain('Lovelace')
  })

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s is not there', async (method) => {
    const answer = await call(method, `/api/internal/customer?m=${merchantId}`, { headers: { Cookie: cookie } })
    expect([404, 405]).toContain(answer.status)
  })
})

test('the public API takes no cookie', async () => {
  expect((await call('GET', '/api/customers', { headers: { Cookie: cookie } })).status).toBe(401)
})
