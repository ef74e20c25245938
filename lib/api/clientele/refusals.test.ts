// One describe per status from 403 on: when it comes, and what comes with it.
import { beforeAll, describe, expect, test } from 'vitest'
import { openDb } from '#db/client'
import { at, makeMerchant } from '#db/testing/make'
import { createApiKey } from '../../access/keys.ts'
import { createStaff } from '../../access/team.ts'
import { updateMerchantSettings } from '../../merchants/commands.ts'
import { type Client, call, client, codeOf } from '../testing.ts'

const PASSWORD = 'vex lumo drift quarry'
let api: Client
let masked: Client
let merchantId: number
let count = 0
const fresh = () => ({ name: `Ines Okafor ${++count}`, email: `ines-${count}@example.com` })
const create = async (given: object = {}) => (await api.post('/customers', { ...fresh(), ...given })).body

beforeAll(async () => {
  await openDb()
  merchantId = (await makeMerchant('Harbor Books')).id
  api = client((await createApiKey(at(merchantId), { name: 'full', scopes: ['*'] })).key)
  masked = client(
    (await createApiKey(at(merchantId), { name: 'read', scopes: ['customers:read', 'customers:write'] })).key,
  )
})

describe('403', () => {
  test.each([
    ['DELETE', '/customers/1', 'customers:archive'],
    ['GET', '/audit-events', 'audit:read'],
    ['GET', '/profiles', 'profiles:read'],
    ['POST', '/api-keys', 'keys:write'],
    ['GET', '/customers?sort=name', 'pii:read'],
  ])('%s %s names the permission', async (method, path, permission) => {
    const refused = await masked.send(method, path, method === 'POST' ? { body: {} } : {})
    expect([refused.status, codeOf(refused)]).toEqual([403, 'PERMISSION_MISSING'])
    expect(refused.body.error.details.permission).toBe(permission)
    expect(refused.headers.get('www-authenticate')).toContain('error="insufficient_scope"')
  })

  test('nobody grants more than they hold', async () => {
    const maker = client(
      (await createApiKey(at(merchantId), { name: 'maker', scopes: ['keys:write', 'keys:read'] })).key,
    )
    expect(codeOf(await maker.post('/api-keys', { name: 'more', scopes: ['customers:read'] }))).toBe(
      'PERMISSION_MISSING',
    )
    expect((await maker.post('/api-keys', { name: 'same', scopes: ['keys:read'] })).status).toBe(200)
  })
})

describe('404', () => {
  test.each([
    '/api/nothing',
    '/api/customers/1/2/3',
    '/api/ipg/2.0.0',
    '/api/ipg/1.0/customers',
    '/api//customers',
    '/api/customers/',
  ])('%s is JSON with and without credentials', async (path) => {
    for (const caller of [api, client({})]) {
      const missing = await caller.get(path)
      expect([missing.status, codeOf(missing)]).toEqual([404, 'ROUTE_NOT_FOUND'])
      expect(missing.headers.get('content-type')).toBe('application/problem+json')
    }
  })

  test.each([
    ['/notes/999999', 'NOTE_NOT_FOUND'],
    ['/notes/abc', 'NOTE_NOT_FOUND'],
    ['/instruments/999999', 'INSTRUMENT_NOT_FOUND'],
    ['/instruments/pt::00000000000000000000', 'INSTRUMENT_NOT_FOUND'],
    ['/profiles/CP-0000-0000-0000-0000-0000-0000', 'PROFILE_NOT_FOUND'],
    ['/profiles/nonsense/instruments', 'PROFILE_NOT_FOUND'],
    ['/api-keys/999999', 'API_KEY_NOT_FOUND'],
  ])('%s is %s', async (path, code) => {
    const missing = await api.get(path)
    expect([missing.status, codeOf(missing)]).toEqual([404, code])
  })
})

describe('405', () => {
  test.each([
    ['DELETE', '/customers', 'GET, POST, HEAD, OPTIONS'],
    ['POST', '/customers/5', 'GET, PUT, PATCH, DELETE, HEAD, OPTIONS'],
    ['GET', '/auth/login', 'POST, OPTIONS'],
  ])('%s %s has Allow', async (method, path, allow) => {
    const refused = await api.send(method, path)
    expect([refused.status, codeOf(refused), refused.headers.get('allow')]).toEqual([405, 'METHOD_NOT_ALLOWED', allow])
  })
})

describe('412 and 428', () => {
  test('an If-Match that differs names the current version and the fields', async () => {
    const { id } = await create()
    await api.put(`/customers/${id}`, { company: 'Theirs', phone: '+4687001122' })
    const refused = await api.put(`/customers/${id}`, { company: 'Mine' }, { headers: { 'If-Match': `"${id}.1"` } })
    expect([refused.status, codeOf(refused)]).toEqual([412, 'STALE_WRITE'])
    expect(refused.body.error.details).toMatchObject({
      customerId: String(id),
      currentVersion: 2,
      changedFields: ['company', 'phone'],
    })
    expect((await api.get(`/customers/${id}`)).body.company).toBe('Theirs')
  })

  test.each([
    ['the current tag', (id: number) => `"${id}.1"`, 200],
    ['one of several', (id: number) => `"${id}.9", "${id}.1"`, 200],
    ['*', () => '*', 200],
    ['a weak one', (id: number) => `W/"${id}.1"`, 412],
    ["another customer's", (id: number) => `"${id + 1}.1"`, 412],
    ['a later version', (id: number) => `"${id}.2"`, 412],
    ['no tag', () => 'nonsense', 412],
  ])('%s', async (_what, tag, status) => {
    const { id } = await create()
    expect((await api.put(`/customers/${id}`, { company: 'x' }, { headers: { 'If-Match': tag(id) } })).status).toBe(
      status,
    )
  })

  test('of two writers with the same tag one gets 200 and one 412', async () => {
    const { id } = await create()
    const write = (company: string) =>
      api.put(`/customers/${id}`, { company }, { headers: { 'If-Match': `"${id}.1"` } })
    const answers = await Promise.all([write('One'), write('Two')])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
    expect(answers.find(({ status }) => status === 412)?.body.error.details.changedFields).toEqual(['company'])
  })

  test('a merchant may demand the header', async () => {
    const { id } = await create()
    await updateMerchantSettings(at(merchantId), { requireIfMatch: true })
    const without = await api.put(`/customers/${id}`, { company: 'x' })
    const archived = await api.delete(`/customers/${id}`)
    const withTag = await api.put(`/customers/${id}`, { company: 'x' }, { headers: { 'If-Match': `"${id}.1"` } })
    await updateMerchantSettings(at(merchantId), { requireIfMatch: false })
    expect([without.status, codeOf(without), archived.status, withTag.status]).toEqual([
      428,
      'VERSION_REQUIRED',
      428,
      200,
    ])
  })
})

describe('413 and 414', () => {
  test('a body above 1 MB, declared or not', async () => {
    const big = JSON.stringify({ ...fresh(), description: 'x'.repeat(1_048_576) })
    const refused = await api.send('POST', '/customers', { raw: big, type: 'application/json' })
    expect([refused.status, codeOf(refused)]).toEqual([413, 'BODY_TOO_LARGE'])
  })

  test('an address above 8 KB', async () => {
    const refused = await api.get(`/customers?q=${'x'.repeat(8200)}`)
    expect([refused.status, codeOf(refused)]).toEqual([414, 'URL_TOO_LONG'])
  })
})

describe('429', () => {
  test('too many wrong passwords wait', async () => {
    await createStaff(at(merchantId), { name: 'Ed', email: 'ed@harbor.example', password: PASSWORD, role: 'support' })
    const attempt = () => call('POST', '/api/auth/login', { body: { email: 'ed@harbor.example', password: 'wrong' } })
    const answers = []
    for (let i = 0; i < 12; i++) answers.push(await attempt())
    const limited = answers.find(({ status }) => status === 429)
    expect(limited && codeOf(limited)).toBe('RATE_LIMITED')
    expect(Number(limited?.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})
