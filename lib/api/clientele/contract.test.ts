// The vendor's contract, sentence by sentence, against a real database.
import { beforeAll, describe, expect, test } from 'vitest'
import { openDb } from '#db/client'
import { at, makeMerchant } from '#db/testing/make'
import { createApiKey } from '../../access/keys.ts'
import { type Client, client, codeOf } from '../testing.ts'
import { Client as ClientWire } from './wire.ts'

let api: Client
let merchantId: number
let count = 0
const fresh = () => ({ name: `Mara Lindqvist ${++count}`, email: `mara-${count}@example.com` })

beforeAll(async () => {
  await openDb()
  merchantId = (await makeMerchant('Harbor Books')).id
  api = client((await createApiKey(at(merchantId), { name: 'full', scopes: ['*'] })).key)
})

const create = async (given: object = {}) => (await api.post('/customers', { ...fresh(), ...given })).body

describe('1: a create answers 200, the full customer and a Location that resolves', () => {
  test.each(['/api', '/api/ipg/2.0.0'])('under %s', async (mount) => {
    const made = await api.post(`${mount}/customers`, fresh())
    expect(made.status).toBe(200)
    const { possibleDuplicates, ...customer } = made.body
    expect(possibleDuplicates).toEqual([])
    expect(ClientWire.parse(customer)).toEqual(customer)
    expect(made.headers.get('location')).toBe(`${mount}/customers/${customer.id}`)
    const read = await api.get(made.headers.get('location') ?? '')
    expect(read.body).toEqual(customer)
    expect(read.headers.get('etag')).toBe(made.headers.get('etag'))
    expect(read.headers.get('etag')).toBe(`"${customer.id}.1"`)
  })

  test('both mounts serve the same customer', async () => {
    const { id } = await create()
    expect((await api.get(`/api/ipg/2.0.0/customers/${id}`)).text).toBe((await api.get(`/customers/${id}`)).text)
  })
})

describe('2: media types', () => {
  const TYPES = [
    'application/json',
    'application/json-patch+json',
    'text/json',
    'application/vnd.caibo+json',
    'application/*+json',
    'application/json; charset=utf-8',
    'text/json;charset="UTF-8"',
    'APPLICATION/JSON; Charset=utf8',
  ]
  test.each(TYPES)('%s with a plain object is taken', async (type) => {
    const made = await api.post('/customers', fresh(), { type })
    expect(made.status).toBe(200)
    const changed = await api.put(`/customers/${made.body.id}`, { company: 'North Pier' }, { type })
    expect(changed.body).toMatchObject({ company: 'North Pier', changedFields: ['company'] })
  })

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/json; charset=utf-16',
  ])('%s is 415', async (type) => {
    const refused = await api.post('/customers', fresh(), { type })
    expect([refused.status, codeOf(refused)]).toEqual([415, 'MEDIA_TYPE_UNSUPPORTED'])
    expect(refused.headers.get('accept-patch')).toContain('application/json-patch+json')
  })

  test('none with a body, and a compressed body, are 415', async () => {
    const body = new Blob([JSON.stringify(fresh())])
    expect((await api.send('POST', '/customers', { raw: body })).status).toBe(415)
    expect((await api.post('/customers', fresh(), { headers: { 'Content-Encoding': 'gzip' } })).status).toBe(415)
  })

  test.each(TYPES)('%s is validated like any other', async (type) => {
    const refused = await api.post('/customers', { name: 5 }, { type })
    expect(refused.status).toBe(400)
    expect(Object.keys(refused.body.errors)).toEqual(['name', 'email'])
  })
})

describe('3: limits', () => {
  test('a missing name or e-mail is 400 and named', async () => {
    const refused = await api.post('/customers', {})
    expect([refused.status, codeOf(refused)]).toEqual([400, 'VALIDATION_ERROR'])
    expect(Object.keys(refused.body.errors)).toEqual(['name', 'email'])
    expect((await api.post('/customers', { name: '', email: '' })).body.errors).toMatchObject({
      name: expect.anything(),
    })
  })

  const text = (length: number) => 'ä'.repeat(length)
  const mail = (length: number) => `${'a'.repeat(length - 12)}@example.com`
  test.each([
    ['name', text(100), text(101)],
    ['email', mail(100), mail(101)],
    ['address', text(255), text(256)],
    ['phone', '+46(8)7001122.......', '+46(8)7001122........'],
    ['memberId', text(50), text(51)],
    ['company', text(255), text(256)],
    ['reference', text(255), text(256)],
    ['nationalId', text(20), text(21)],
    ['taxId', text(50), text(51)],
    ['firstName', text(100), text(101)],
  ])('%s: exactly the limit passes, one more does not', async (field, most, over) => {
    const longest = field === 'phone' ? '+46 8 700 11 22 (33)'.replace('(33)', '3344') : most
    expect((await api.post('/customers', { ...fresh(), [field]: longest })).status).toBe(200)
    const refused = await api.post('/customers', {
      ...fresh(),
      [field]: field === 'phone' ? '+46 8 700 11 22 33445' : over,
    })
    expect(refused.status).toBe(400)
    expect(Object.keys(refused.body.errors)).toEqual([field])
  })
})

describe('4: members', () => {
  test('an unknown one is 400 and named, at any depth', async () => {
    const refused = await api.post('/customers', { ...fresh(), nick: 'M', address: { street: 'x', planet: 'y' } })
    expect(refused.status).toBe(400)
    expect(Object.keys(refused.body.errors).sort()).toEqual(['address.planet', 'nick'])
    expect(refused.body.error.details.fields).toContainEqual({ pointer: '/address/planet', code: 'UNKNOWN_FIELD' })
  })

  test('read-only ones change nothing', async () => {
    const readOnly = {
      id: 0,
      ownerId: 99,
      ownerName: 'Other',
      userId: 7,
      hasPaymentRequests: true,
      totalDeposits: 5,
      createDate: '2001-01-01',
      customerId: 'x',
      profileGuid: 'CP-x',
      completeness: 1,
      version: 77,
      updateDate: null,
      archivedAt: '2020-01-01',
      totals: [1],
    }
    const made = await api.post('/customers', { ...fresh(), ...readOnly })
    expect(made.status).toBe(200)
    expect(made.body).toMatchObject({
      ownerId: merchantId,
      ownerName: 'Harbor Books',
      userId: null,
      version: 1,
      archivedAt: null,
      totals: [],
    })
    const changed = await api.put(`/customers/${made.body.id}`, readOnly)
    expect(changed.body).toMatchObject({ version: 1, changedFields: [], ownerId: merchantId })
  })

  test('each documented extra is stored and returned', async () => {
    const extras = {
      firstName: 'Mara',
      lastName: 'Lindqvist',
      company: 'North Pier',
      nationalId: '19800101-1234',
      taxId: 'SE556000',
      gender: 'F',
      description: 'Two\nlines',
      reference: 'A-77',
      ccEmails: ['a@example.com'],
      ccPhones: ['+4687001123'],
      dateOfBirth: '1980-01-01',
      billingAddress: { street: '8 Pier Road', city: 'Orlando', state: 'FL', zipCode: '32801', country: 'US' },
      shippingAddress: { street: 'Kaj 1', city: 'Malmö', country: 'SE' },
      preferences: {
        currency: 'SEK',
        language: 'sv-SE',
        timeZone: 'Europe/Stockholm',
        paymentMethod: 'card',
        notifications: { email: true },
        communication: { sms: false },
      },
      status: 'inactive',
      verificationStatus: 'pending',
      subscription: { level: 'gold', newsletter: 'yes' },
      customFields: { tier: 'gold' },
      tags: ['vip', 'north'],
    }
    const { id } = await create(extras)
    const { body } = await api.get(`/customers/${id}`)
    expect(body).toMatchObject({ ...extras, country: 'US', currency: 'SEK', language: 'sv-SE' })
    expect(body.address).toBe('8 Pier Road, Orlando, FL, 32801, US')
  })

  test('consents are recorded, and sent back with another one they stay', async () => {
    const { id } = await create({
      consents: [{ purpose: 'newsletter', granted: true, lawfulBasis: 'consent', wording: 'v1', source: 'checkout' }],
    })
    const { consents } = (await api.get(`/customers/${id}`)).body
    expect(consents).toMatchObject([
      { purpose: 'newsletter', granted: true, lawfulBasis: 'consent', wording: 'v1', source: 'checkout' },
    ])
    const more = [...consents, { purpose: 'calls', granted: false }]
    const changed = await api.put(`/customers/${id}`, { consents: more })
    expect(changed.body.consents.map(({ purpose }: { purpose: string }) => purpose)).toEqual(['newsletter', 'calls'])
    expect(changed.body.consents[0]).toEqual(consents[0])
  })
})

describe('5 and 6: updates are partial', () => {
  test('preferences sent by PUT come back, and members that were not sent stay', async () => {
    const { id } = await create({ preferences: { currency: 'SEK', timeZone: 'Europe/Stockholm' } })
    await api.put(`/customers/${id}`, { preferences: { currency: 'USD', notifications: true } })
    const { preferences, currency } = (await api.get(`/customers/${id}`)).body
    expect(preferences).toEqual({ currency: 'USD', notifications: true, timeZone: 'Europe/Stockholm' })
    expect(currency).toBe('USD')
  })

  test('PUT changes only what is sent, {} nothing, null clears', async () => {
    const made = await create({ phone: '+4687001122', memberId: 'M-204' })
    const same = await api.put(`/customers/${made.id}`, {})
    expect(same.body).toMatchObject({ version: 1, changedFields: [], phone: '+4687001122' })
    const cleared = await api.put(`/customers/${made.id}`, { phone: null })
    expect(cleared.body).toMatchObject({
      version: 2,
      changedFields: ['phone'],
      phone: null,
      memberId: 'M-204',
      name: made.name,
    })
  })

  test.each(['name', 'email', 'status', 'verificationStatus'])('null for %s is 400', async (field) => {
    const { id } = await create()
    const refused = await api.put(`/customers/${id}`, { [field]: null })
    expect([refused.status, Object.keys(refused.body.errors)]).toEqual([400, [field]])
  })

  test('a differing body id is 400; absent, null, 0 and its own pass', async () => {
    const { id } = await create()
    for (const own of [null, 0, id]) expect((await api.put(`/customers/${id}`, { id: own })).status).toBe(200)
    const refused = await api.put(`/customers/${id}`, { id: id + 1 })
    expect([refused.status, Object.keys(refused.body.errors)]).toEqual([400, ['id']])
  })
})
