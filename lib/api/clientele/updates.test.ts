// Merge patch, JSON patch, the echo rule and masks: what a write really changes.
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { db, openDb } from '#db/client'
import { auditEvents, events } from '#db/schema'
import { at, makeCustomer, makeMerchant } from '#db/testing/make'
import { createApiKey } from '../../access/keys.ts'
import type { CustomerFields } from '../../customers/schema.ts'
import { type Client, client, codeOf } from '../testing.ts'

let api: Client
let masked: Client
let merchantId: number
const PATCH = { type: 'application/json-patch+json' }
const MERGE = { type: 'application/merge-patch+json' }

beforeAll(async () => {
  await openDb()
  merchantId = (await makeMerchant('Harbor Books')).id
  const ctx = at(merchantId)
  api = client((await createApiKey(ctx, { name: 'full', scopes: ['*'] })).key)
  masked = client((await createApiKey(ctx, { name: 'masked', scopes: ['customers:read', 'customers:write'] })).key)
})

const FULL: CustomerFields = {
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  phone: '+442079460012',
  company: 'Analytical',
  memberId: 'M-1',
  dateOfBirth: '1990-12-10',
  taxId: 'GB-77',
  description: 'First of them',
  ccEmails: ['one@example.com', 'two@example.com'],
  billingAddress: { street: '12 St James', city: 'London', country: 'GB' },
  tags: ['vip', 'north'],
  preferences: { currency: 'GBP', notifications: { email: true, sms: false } },
  customFields: { tier: 'gold', shoe: '38' },
}
const create = (given: Partial<CustomerFields> = {}) => makeCustomer(at(merchantId), { ...FULL, ...given })
const counts = async () => [
  await db().read.$count(auditEvents, eq(auditEvents.merchantId, merchantId)),
  await db().read.$count(events, eq(events.merchantId, merchantId)),
]

describe('three ways to say one change', () => {
  test('give equal objects and equal changedFields', async () => {
    const change = {
      company: 'Engines',
      preferences: { currency: 'EUR' },
      tags: ['vip', 'north', 'late'],
      phone: null,
      customFields: { shoe: null },
    }
    const operations = [
      { op: 'test', path: '/status', value: 'active' },
      { op: 'replace', path: '/company', value: 'Engines' },
      { op: 'replace', path: '/preferences/currency', value: 'EUR' },
      { op: 'add', path: '/tags/-', value: 'late' },
      { op: 'remove', path: '/phone' },
      { op: 'remove', path: '/customFields/shoe' },
    ]
    const answers = [
      await api.put(`/customers/${(await create()).id}`, change),
      await api.patch(`/customers/${(await create()).id}`, change, MERGE),
      await api.patch(`/customers/${(await create()).id}`, operations, PATCH),
      await api.put(`/customers/${(await create()).id}`, operations, PATCH),
    ]
    const strip = ({ id: _i, customerId: _c, createDate: _d, updateDate: _u, ...rest }: Record<string, unknown>) => rest
    for (const answer of answers) {
      expect(answer.status).toBe(200)
      expect(strip(answer.body)).toEqual(strip(answers[0]?.body))
    }
    expect(answers[0]?.body).toMatchObject({
      company: 'Engines',
      phone: null,
      tags: ['vip', 'north', 'late'],
      customFields: { tier: 'gold' },
      currency: 'EUR',
      preferences: { currency: 'EUR', notifications: { email: true, sms: false } },
    })
    expect(answers[0]?.body.changedFields.sort()).toEqual([
      'company',
      'currency',
      'customFields',
      'phone',
      'preferences',
      'tags',
    ])
  })

  test.each([
    ['nothing', {}, {}],
    ['the same values', { company: 'Analytical', tags: ['vip', 'north'] }, {}],
    ['a test alone', [{ op: 'test', path: '/name', value: 'Ada Lovelace' }], PATCH],
    [
      'there and back',
      [
        { op: 'replace', path: '/name', value: 'x' },
        { op: 'replace', path: '/name', value: 'Ada Lovelace' },
      ],
      PATCH,
    ],
  ])('a change to nothing (%s) leaves version, audit and events alone', async (_what, body, options) => {
    const { id } = await create()
    const before = await counts()
    const answer = await api.patch(`/customers/${id}`, body, options)
    expect(answer.body).toMatchObject({ version: 1, changedFields: [] })
    expect(answer.headers.get('etag')).toBe(`"${id}.1"`)
    expect(await counts()).toEqual(before)
  })
})

describe('JSON patch', () => {
  test.each([
    [
      'a failed test',
      [
        { op: 'replace', path: '/company', value: 'x' },
        { op: 'test', path: '/status', value: 'suspended' },
      ],
      409,
      'PATCH_TEST_FAILED',
    ],
    [
      'a missing place',
      [
        { op: 'replace', path: '/company', value: 'x' },
        { op: 'remove', path: '/nothing' },
      ],
      400,
      'PATCH_INVALID',
    ],
    ['a malformed pointer', [{ op: 'replace', path: 'company', value: 'x' }], 400, 'PATCH_INVALID'],
    ['an unknown operation', [{ op: 'merge', path: '/company', value: 'x' }], 400, 'PATCH_INVALID'],
    ['no operations', ['x'], 400, 'PATCH_INVALID'],
    ['a read-only member', [{ op: 'replace', path: '/version', value: 9 }], 400, 'PATCH_INVALID'],
    ['a move of a read-only member', [{ op: 'move', from: '/customerId', path: '/company' }], 400, 'PATCH_INVALID'],
    ['a prototype', [{ op: 'add', path: '/__proto__/x', value: 1 }], 400, 'PATCH_INVALID'],
    ['a whole document that is none', [{ op: 'replace', path: '', value: [] }], 400, 'PATCH_INVALID'],
    ['an unknown member', [{ op: 'add', path: '/nick', value: 'x' }], 400, 'VALIDATION_ERROR'],
    ['a wrong value', [{ op: 'replace', path: '/email', value: 'none' }], 400, 'VALIDATION_ERROR'],
  ])('%s changes nothing', async (_what, operations, status, code) => {
    const { id } = await create()
    const refused = await api.patch(`/customers/${id}`, operations, PATCH)
    expect([refused.status, codeOf(refused)]).toEqual([status, code])
    expect((await api.get(`/customers/${id}`)).body).toMatchObject({ version: 1, company: 'Analytical' })
  })

  test('tests of read-only members are fine; arrays elsewhere are not patches', async () => {
    const { id } = await create()
    const operations = [
      { op: 'test', path: '/version', value: 1 },
      { op: 'copy', from: '/memberId', path: '/reference' },
    ]
    expect((await api.patch(`/customers/${id}`, operations, PATCH)).body).toMatchObject({
      reference: 'M-1',
      changedFields: ['reference'],
    })
    expect(codeOf(await api.patch(`/customers/${id}`, operations))).toBe('VALIDATION_ERROR')
    expect(codeOf(await api.post('/customers', operations, PATCH))).toBe('PATCH_INVALID')
  })
})

describe('echo: read, edit one member, write all', () => {
  test('changes that one member, for callers who see all and for those who see masks', async () => {
    for (const caller of [api, masked]) {
      const { id } = await create()
      const seen = (await caller.get(`/customers/${id}`)).body
      const answer = await caller.put(`/customers/${id}`, { ...seen, status: 'suspended' })
      expect(answer.status).toBe(200)
      expect(answer.body).toMatchObject({ version: 2, changedFields: ['status'] })
      const now = (await api.get(`/customers/${id}`)).body
      const { version: _v, updateDate: _u, status: _s, ...kept } = now
      expect(kept).toMatchObject({
        email: 'ada@example.com',
        phone: '+442079460012',
        ccEmails: FULL.ccEmails,
        customFields: FULL.customFields,
        taxId: 'GB-77',
      })
      expect(now.billingAddress).toMatchObject(FULL.billingAddress as object)
    }
  })

  test('also where another API stored what this one would not take', async () => {
    const long = 'C'.repeat(200)
    const customer = await makeCustomer(at(merchantId), {
      name: long,
      firstName: 'F'.repeat(200),
      phone: '+46 (8) - 700 - 11 - 22 - 33',
    })
    const seen = (await api.get(`/customers/${customer.id}`)).body
    expect(seen).toMatchObject({ email: null, name: long })
    const answer = await api.put(`/customers/${customer.id}`, { ...seen, company: 'New' })
    expect(answer.body).toMatchObject({ changedFields: ['company'], name: long, email: null })
    expect((await api.put(`/customers/${customer.id}`, { ...seen, firstName: 'G'.repeat(200) })).status).toBe(400)
  })

  test('top-level currency and the one in preferences are one value', async () => {
    const { id } = await create()
    const seen = (await api.get(`/customers/${id}`)).body
    expect((await api.put(`/customers/${id}`, { ...seen, currency: 'USD' })).body).toMatchObject({
      currency: 'USD',
      preferences: { currency: 'USD' },
    })
    const contradiction = await api.put(`/customers/${id}`, { currency: 'EUR', preferences: { currency: 'SEK' } })
    expect([contradiction.status, Object.keys(contradiction.body.errors)]).toEqual([400, ['currency']])
  })
})

describe('without pii:read', () => {
  test('no personal value comes in clear, through any answer', async () => {
    const secrets = [
      'Lovelace',
      'ada@example.com',
      '2079460012',
      '12 St James',
      'First of them',
      'GB-77',
      '1990-12-10',
      'one@example.com',
      'Analytical',
    ]
    const { id } = await create()
    const answers = [
      await masked.get(`/customers/${id}`),
      await masked.get('/customers?limit=100'),
      await masked.get(`/customers/${id}?fields=name,email,phone,billingAddress,ccEmails,customFields`),
      await masked.put(`/customers/${id}`, { status: 'inactive' }),
      await masked.get(`/customers/${id}/timeline`),
      await masked.post('/customers/search', { q: 'ada@example.com' }),
      await masked.get('/customers?q=Lovelace'),
    ]
    for (const answer of answers) {
      expect(answer.status).toBe(200)
      for (const secret of secrets) expect(answer.text).not.toContain(secret)
    }
    expect(answers[0]?.body).toMatchObject({ name: 'A••• L•••', email: 'a•••@e•••.com', phone: '+44 •••• ••12' })
    expect((await masked.get(`/customers/${id}/duplicates`)).body.error.details.permission).toBe('pii:read')
  })

  test('adding to a masked list keeps what is behind the masks', async () => {
    const { id } = await create()
    const { ccEmails } = (await masked.get(`/customers/${id}`)).body
    const answer = await masked.put(`/customers/${id}`, { ccEmails: [...ccEmails, 'three@example.com'] })
    expect(answer.status).toBe(200)
    expect((await api.get(`/customers/${id}`)).body.ccEmails).toEqual([
      'one@example.com',
      'two@example.com',
      'three@example.com',
    ])
  })

  test('a mask of another version is never stored', async () => {
    const { id } = await create()
    const refused = await masked.put(`/customers/${id}`, { name: 'G••• H•••' })
    expect([refused.status, Object.keys(refused.body.errors)]).toEqual([400, ['name']])
    expect((await api.get(`/customers/${id}`)).body.name).toBe('Ada Lovelace')
  })

  test('a text is only found whole', async () => {
    const own = await makeCustomer(at(merchantId), { name: 'Grace Hopper', email: 'grace@example.com' })
    const ids = async (q: string) =>
      (await masked.get(`/customers?q=${encodeURIComponent(q)}`)).body.data.map((row: { id: number }) => row.id)
    expect(await ids('grace@example.com')).toEqual([own.id])
    expect(await ids('grace@exam')).toEqual([])
    expect(await ids('Hopp')).toEqual([])
  })
})
