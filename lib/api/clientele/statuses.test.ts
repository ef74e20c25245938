// One describe per status: when it comes, and what comes with it.
import { beforeAll, describe, expect, test } from 'vitest'
import { openDb } from '#db/client'
import { at, makeMerchant } from '#db/testing/make'
import { createApiKey } from '../../access/keys.ts'
import { type Client, call, client, codeOf } from '../testing.ts'

let api: Client
let merchantId: number
let count = 0
const fresh = () => ({ name: `Ines Okafor ${++count}`, email: `ines-${count}@example.com` })
const create = async (given: object = {}) => (await api.post('/customers', { ...fresh(), ...given })).body

beforeAll(async () => {
  await openDb()
  merchantId = (await makeMerchant('Harbor Books')).id
  api = client((await createApiKey(at(merchantId), { name: 'full', scopes: ['*'] })).key)
})

describe('200', () => {
  test('carries every header that an answer needs, and no server name', async () => {
    const { id } = await create()
    const { headers } = await api.get(`/customers/${id}`, { 'X-Request-Id': 'my-request-1' })
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'private, no-cache',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'content-type': 'application/json; charset=utf-8',
      etag: `"${id}.1"`,
      link: '</api/openapi/clientele.json>; rel="service-desc"',
      'referrer-policy': 'no-referrer',
      vary: 'Authorization, X-API-Key, Accept',
      'x-content-type-options': 'nosniff',
      'x-request-id': 'my-request-1',
    })
    expect(headers.get('server')).toBeNull()
    expect(headers.get('x-powered-by')).toBeNull()
  })

  test('a request id of another form is replaced', async () => {
    const { headers } = await api.get('/customers', { 'X-Request-Id': 'short' })
    expect(headers.get('x-request-id')).toMatch(/^req_[A-Za-z0-9]{13}$/)
  })

  test('HEAD answers like GET without a body', async () => {
    const { id } = await create()
    const head = await api.send('HEAD', `/customers/${id}`)
    expect([head.status, head.text, head.headers.get('etag')]).toEqual([200, '', `"${id}.1"`])
  })

  test('the staff token acts at the merchant of Clientele-Merchant, a stranger there is not found', async () => {
    const child = (await makeMerchant('Fjord Outdoor', merchantId)).id
    const own = await api.send('GET', '/me', { headers: { 'Clientele-Merchant': String(child) } })
    expect(own.body.merchant).toMatchObject({ id: child, name: 'Fjord Outdoor' })
    const foreign = (await makeMerchant('Atlas Travel')).id
    const refused = await api.send('GET', '/me', { headers: { 'Clientele-Merchant': String(foreign) } })
    expect([refused.status, codeOf(refused)]).toEqual([404, 'MERCHANT_NOT_FOUND'])
  })
})

describe('204', () => {
  test('OPTIONS tells the methods of a path', async () => {
    const answer = await call('OPTIONS', '/api/ipg/2.0.0/customers/5')
    expect([answer.status, answer.headers.get('allow')]).toEqual([204, 'GET, PUT, PATCH, DELETE, HEAD, OPTIONS'])
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('304', () => {
  test.each([(tag: string) => tag, (tag: string) => `W/${tag}`, (tag: string) => `"x.1", ${tag}`, () => '*'])(
    'If-None-Match with the current tag, form %#',
    async (form) => {
      const { id } = await create()
      const tag = `"${id}.1"`
      const same = await api.get(`/customers/${id}`, { 'If-None-Match': form(tag) })
      expect([same.status, same.text, same.headers.get('etag')]).toEqual([304, '', tag])
    },
  )

  test('not after a change', async () => {
    const { id } = await create()
    await api.put(`/customers/${id}`, { company: 'x' })
    expect((await api.get(`/customers/${id}`, { 'If-None-Match': `"${id}.1"` })).status).toBe(200)
  })
})

describe('400', () => {
  const raw = (text: BodyInit) => api.send('POST', '/customers', { raw: text, type: 'application/json' })

  test.each([
    ['broken', '{"name":'],
    ['empty', ''],
    ['blank', '   '],
    ['two values', '{}{}'],
    ['invalid UTF-8', new Uint8Array([0x22, 0xff, 0xfe, 0x22])],
    ['33 levels', `${'['.repeat(33)}${']'.repeat(33)}`],
    ['half a million levels', '['.repeat(500_000)],
    ['1001 members', JSON.stringify(Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`k${i}`, i])))],
  ])('%s JSON is JSON_MALFORMED', async (_what, text) => {
    const refused = await raw(text)
    expect([refused.status, codeOf(refused)]).toEqual([400, 'JSON_MALFORMED'])
  })

  test.each(['null', '5', '"text"', '[]', 'true'])('%s is no object', async (text) => {
    expect([(await raw(text)).status, codeOf(await raw(text))]).toEqual([400, 'VALIDATION_ERROR'])
  })

  test.each(['__proto__', 'constructor', 'prototype'])('%s is refused as a member, at any depth', async (name) => {
    const top = await raw(`{"name":"x","email":"x@example.com","${name}":{"isAdmin":true}}`)
    expect([top.status, Object.keys(top.body.errors)]).toEqual([400, [name]])
    const deep = await raw(`{"name":"x","email":"x@example.com","customFields":{"${name}":"y"}}`)
    expect(Object.keys(deep.body.errors)).toEqual([`customFields.${name}`])
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  test('of a key that comes twice the last wins', async () => {
    const made = await raw('{"name":"First","email":"x1@example.com","name":"Last"}')
    expect(made.body.name).toBe('Last')
  })

  test('a byte order mark is no fault', async () => {
    expect((await raw('\ufeff{"name":"Bom","email":"bom@example.com"}')).status).toBe(200)
  })

  test.each([
    ['?foo=1', 'foo'],
    ['?limit=0', 'limit'],
    ['?limit=101', 'limit'],
    ['?limit=x', 'limit'],
    ['?status=odd', 'status'],
    ['?status=', 'status'],
    ['?sort=phone', 'sort'],
    ['?fields=id,secret', 'fields'],
    ['?expand=everything', 'expand'],
    ['?include=all', 'include'],
    ['?createDate[gte]=2026-02-31', 'createDate[gte]'],
    ['?createDate[like]=2026', 'createDate[like]'],
    ['?createDate=2026-01-01', 'createDate'],
    ['?hasInstrument=maybe', 'hasInstrument'],
    ['?q=a&q=b', 'q'],
    ['?customField.=x', 'customField.'],
  ])('the query %s is refused and named', async (query, name) => {
    const refused = await api.get(`/customers${query}`)
    expect([refused.status, codeOf(refused), Object.keys(refused.body.errors)]).toEqual([400, 'QUERY_INVALID', [name]])
    expect(refused.body.error.details.parameter).toBe(name)
  })

  test('a query on a route without parameters, and more than a hundred of them', async () => {
    expect(codeOf(await api.get('/tags?x=1'))).toBe('QUERY_INVALID')
    expect(codeOf(await api.get(`/customers?${'a=1&'.repeat(101)}`))).toBe('QUERY_INVALID')
    expect(codeOf(await api.post('/customers?x=1', fresh()))).toBe('QUERY_INVALID')
  })

  test('an unclosed quote names the offset', async () => {
    const refused = await api.get(`/customers?q=${encodeURIComponent('ann "north')}`)
    expect([refused.status, codeOf(refused), refused.body.error.details.offset]).toEqual([400, 'QUERY_INVALID', 4])
  })

  describe('card numbers', () => {
    const PAN = '4111 1111 1111 1111'
    test.each([
      ['a value', { customFields: { note: `pay with ${PAN}` } }, 'customFields.note'],
      ['a nested value', { billingAddress: { street: PAN } }, 'billingAddress.street'],
      ['a list', { tags: ['ok', PAN] }, 'tags.1'],
      ['a number', { memberId: 4111111111111111 }, 'memberId'],
      ['an unknown member', { remark: PAN }, 'remark'],
      ['the name of a member', { customFields: { cvv: '123' } }, 'customFields.cvv'],
      ['a key', { customFields: { [PAN]: 'x' } }, 'customFields'],
    ])('in %s are refused, named and not repeated', async (_where, given, path) => {
      const refused = await api.post('/customers', { ...fresh(), ...given })
      expect([refused.status, codeOf(refused), Object.keys(refused.body.errors)]).toEqual([
        400,
        'CARD_NUMBER_REFUSED',
        [path],
      ])
      expect(refused.text).not.toMatch(/4111/)
    })

    test.each([
      ['the query', '/customers?q=4111111111111111', {}],
      ['a parameter name', '/customers?4111111111111111=1', {}],
      ['the path', '/customers/4111111111111111', {}],
      ['a header', '/customers', { 'X-Custom': PAN }],
      ['the request id', '/customers', { 'X-Request-Id': '4111111111111111' }],
    ])('in %s are refused and not repeated', async (_where, path, headers) => {
      const refused = await api.get(path, headers as Record<string, string>)
      expect([refused.status, codeOf(refused)]).toEqual([400, 'CARD_NUMBER_REFUSED'])
      expect(JSON.stringify(refused.body.error)).not.toMatch(/4111/)
    })
  })
})
