// The vendor's contract, second half: credentials, payment methods, duplicates, errors, archiving.
import { beforeAll, describe, expect, test } from 'vitest'
import { openDb } from '#db/client'
import { at, makeCard, makeConnector, makeContainer, makeMerchant, makeProfile } from '#db/testing/make'
import { createApiKey, revokeApiKey } from '../../access/keys.ts'
import { createStaff } from '../../access/team.ts'
import { setDefaultContainer } from '../../containers/commands.ts'
import { updateMerchantSettings } from '../../merchants/commands.ts'
import { type Client, call, client, codeOf } from '../testing.ts'

const PASSWORD = 'vex lumo drift quarry'
let api: Client
let merchantId: number
let key: string
let staffId: number
let count = 0
const fresh = () => ({ name: `Mara Lindqvist ${++count}`, email: `mara-${count}@example.com` })

beforeAll(async () => {
  await openDb()
  merchantId = (await makeMerchant('Harbor Books')).id
  key = (await createApiKey(at(merchantId), { name: 'full', scopes: ['*'] })).key
  api = client(key)
  const person = { name: 'Olga Owner', email: 'owner@harbor.example', password: PASSWORD, role: 'owner' as const }
  staffId = (await createStaff(at(merchantId), person)).staffId
})

const create = async (given: object = {}) => (await api.post('/customers', { ...fresh(), ...given })).body
const token = async () =>
  (await call('POST', '/api/auth/login', { body: { email: 'owner@harbor.example', password: PASSWORD } })).body
    .accessToken

describe('9 and 10: credentials', () => {
  test.each([
    ['none', {}, 'CREDENTIALS_MISSING'],
    ['a wrong key', { 'X-API-Key': `ck_${'a'.repeat(58)}` }, 'CREDENTIALS_INVALID'],
    ['no key at all', { 'X-API-Key': 'nonsense' }, 'CREDENTIALS_INVALID'],
    ['a wrong token', { Authorization: 'Bearer st_nothing' }, 'CREDENTIALS_INVALID'],
    ['another scheme', { Authorization: 'Digest x' }, 'CREDENTIALS_MISSING'],
  ])('%s is 401 with both error shapes', async (_what, headers, code) => {
    const refused = await client(headers).get('/customers')
    expect(refused.status).toBe(401)
    expect(refused.body).toMatchObject({
      status: 401,
      title: expect.any(String),
      error: { code, message: expect.any(String) },
    })
    expect(refused.headers.get('www-authenticate')).toBe('Bearer realm="clientele", error="invalid_token"')
  })

  test('a revoked key is 401 at once', async () => {
    const made = await createApiKey(at(merchantId), { name: 'brief', scopes: ['*'] })
    expect((await client(made.key).get('/customers')).status).toBe(200)
    await revokeApiKey(at(merchantId), { keyId: made.apiKey.id })
    expect((await client(made.key).get('/customers')).status).toBe(401)
  })

  test('an expired key is TOKEN_EXPIRED', async () => {
    const soon = new Date(Date.now() + 60).toISOString()
    const made = await createApiKey(at(merchantId), { name: 'brief', scopes: ['*'], expiresAt: soon })
    await expect.poll(async () => codeOf(await client(made.key).get('/customers'))).toBe('TOKEN_EXPIRED')
  })

  test('X-API-Key, Bearer key, Basic key and staff token each create, update and list payment methods', async () => {
    const bearer = await token()
    const schemes: Record<string, string>[] = [
      { 'X-API-Key': key },
      { Authorization: `Bearer ${key}` },
      { Authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` },
      { Authorization: `bearer ${bearer}` },
    ]
    for (const headers of schemes) {
      const caller = client(headers)
      const made = await caller.post('/customers', fresh())
      expect(made.status).toBe(200)
      expect((await caller.put(`/customers/${made.body.id}`, { company: 'Pier' })).body.company).toBe('Pier')
      expect((await caller.get(`/users/payment-methods/${made.body.id}`)).body).toEqual([])
    }
  })
})

describe('11: signing in and the bare key', () => {
  test('login answers accessToken and expireDate; PUT apikey a bare string, and the one before stops', async () => {
    const login = await call('POST', '/api/auth/login', { body: { email: 'owner@harbor.example', password: PASSWORD } })
    expect(login.status).toBe(200)
    expect(Object.keys(login.body)).toEqual(['accessToken', 'expireDate'])
    expect(Date.parse(login.body.expireDate) - Date.now()).toBeGreaterThan(50 * 60_000)
    expect(login.headers.get('cache-control')).toBe('no-store')
    const staff = client({ Authorization: `Bearer ${login.body.accessToken}` })
    const first = await staff.put(`/users/${staffId}/apikey`)
    expect([first.status, typeof first.body]).toEqual([200, 'string'])
    expect((await client(first.body).get('/customers')).status).toBe(200)
    const second = await staff.put(`/users/${staffId}/apikey`)
    expect(second.body).not.toBe(first.body)
    expect((await client(first.body).get('/customers')).status).toBe(401)
    expect((await client(second.body).get('/customers')).status).toBe(200)
    expect(codeOf(await staff.put('/users/999999/apikey'))).toBe('USER_NOT_FOUND')
  })

  test('a wrong password is 401, and logout ends the token', async () => {
    const wrong = await call('POST', '/api/auth/login', {
      body: { email: 'nobody@harbor.example', password: 'not it' },
    })
    expect([wrong.status, codeOf(wrong)]).toEqual([401, 'CREDENTIALS_INVALID'])
    const staff = client({ Authorization: `Bearer ${await token()}` })
    expect((await staff.post('/auth/logout')).status).toBe(204)
    expect((await staff.get('/customers')).status).toBe(401)
  })
})

describe('12: payment methods', () => {
  test('are a bare array, newest first, with the token of the saved card; an unknown customer is 404', async () => {
    const ctx = at(merchantId)
    const { id: containerId } = await makeContainer(ctx)
    await setDefaultContainer(ctx, { containerId })
    const { id } = await create()
    const { profileGuid } = await makeProfile(ctx, { customerId: id })
    const connectorId = (await makeConnector(ctx)).connector.id
    const card = await makeCard(ctx, { profileGuid, connectorId, preferred: true, holderName: 'Mara Lindqvist' })
    const { body } = await api.get(`/users/payment-methods/${id}`)
    expect(body).toEqual([
      {
        id: card.id,
        clientId: id,
        type: 'card',
        brand: 'visa',
        last4: '1111',
        expMonth: 12,
        expYear: card.expYear,
        holderName: 'Mara Lindqvist',
        isDefault: true,
        token: card.paymentToken,
        createDate: card.createdAt.toISOString(),
      },
    ])
    expect((await api.get('/users/payment-methods/999999')).status).toBe(404)
  })
})

describe('13: the duplicate policy', () => {
  const second = async (duplicatePolicy: 'allow' | 'warn' | 'reject') => {
    await updateMerchantSettings(at(merchantId), { duplicatePolicy })
    const given = fresh()
    const first = await api.post('/customers', given)
    const again = await api.post('/customers', { ...given, name: 'Somebody Else' })
    await updateMerchantSettings(at(merchantId), { duplicatePolicy: 'warn' })
    return { first: first.body, again }
  }

  test('allow creates', async () => {
    const { again } = await second('allow')
    expect([again.status, again.body.possibleDuplicates]).toEqual([200, []])
  })

  test('warn creates with possibleDuplicates', async () => {
    const { first, again } = await second('warn')
    expect(again.status).toBe(200)
    expect(again.body.possibleDuplicates).toEqual([
      { id: first.id, customerId: first.customerId, score: expect.any(Number), reasons: ['same_email'] },
    ])
  })

  test('reject refuses with 409 and the candidates', async () => {
    const { first, again } = await second('reject')
    expect([again.status, codeOf(again)]).toEqual([409, 'CUSTOMER_DUPLICATE'])
    expect(again.body.error.details.possibleDuplicates).toMatchObject([{ id: first.id, reasons: ['same_email'] }])
  })
})

describe('14: one error body is both shapes', () => {
  test('a validation error', async () => {
    const refused = await api.post('/customers', { name: 'x', email: 'none', address: { country: 'XX' } })
    expect(refused.headers.get('content-type')).toBe('application/problem+json')
    expect(refused.body).toMatchObject({
      type: 'http://127.0.0.1:3000/docs/errors/validation-error',
      title: 'Validation failed',
      status: 400,
      detail: '2 fields are not valid',
      instance: '/api/customers',
      requestId: refused.headers.get('x-request-id'),
      errors: { email: ['must be an e-mail address'], 'address.country': ['is not an ISO 3166-1 alpha-2 code'] },
      error: {
        code: 'VALIDATION_ERROR',
        message: '2 fields are not valid',
        details: { timestamp: expect.stringMatching(/^\d{4}-.*Z$/), fields: expect.any(Array) },
      },
    })
    expect(refused.body.error.details.fields).toEqual([
      { pointer: '/email', code: 'EMAIL_INVALID' },
      { pointer: '/address/country', code: 'COUNTRY_UNKNOWN' },
    ])
  })

  test.each([
    [undefined, 'application/problem+json'],
    ['*/*', 'application/problem+json'],
    ['application/json', 'application/json'],
    ['application/json, text/plain', 'application/json'],
    ['application/problem+json, application/json', 'application/problem+json'],
  ])('Accept: %s gets %s', async (accept, type) => {
    const refused = await api.get('/customers/999999', accept ? { Accept: accept } : {})
    expect(refused.headers.get('content-type')).toBe(type)
  })
})

describe('15: archiving', () => {
  test('a PUT to an archived customer is 404, GET shows archivedAt, after restore it is 200', async () => {
    const { id } = await create()
    const archived = await api.delete(`/customers/${id}`)
    expect(archived.status).toBe(200)
    expect(archived.body).toMatchObject({
      id,
      version: 2,
      changedFields: ['archivedAt'],
      archivedAt: expect.any(String),
    })
    const refused = await api.put(`/customers/${id}`, { company: 'x' })
    expect([refused.status, codeOf(refused)]).toEqual([404, 'CUSTOMER_ARCHIVED'])
    expect((await api.get(`/customers/${id}`)).body.archivedAt).toBe(archived.body.archivedAt)
    const list = await api.get(`/customers?limit=100`)
    expect(list.body.data.map((row: { id: number }) => row.id)).not.toContain(id)
    expect((await api.post(`/customers/${id}/restore`)).body).toMatchObject({ archivedAt: null, version: 3 })
    expect((await api.put(`/customers/${id}`, { company: 'x' })).status).toBe(200)
  })
})
