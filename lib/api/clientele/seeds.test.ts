// Every example of the vendor's public pages, sent as it stands there.
import { beforeAll, describe, expect, test } from 'vitest'
import { openDb } from '#db/client'
import { at, makeMerchant } from '#db/testing/make'
import { createApiKey } from '../../access/keys.ts'
import { createStaff } from '../../access/team.ts'
import { type Client, call, client } from '../testing.ts'

const PASSWORD = 'vex lumo drift quarry'
let bearer: Client
let keyed: Client

beforeAll(async () => {
  await openDb()
  const { id } = await makeMerchant('Harbor Books')
  keyed = client((await createApiKey(at(id), { name: 'full', scopes: ['*'] })).key)
  await createStaff(at(id), { name: 'Olga', email: 'olga@harbor.example', password: PASSWORD, role: 'owner' })
  const { body } = await call('POST', '/api/auth/login', { body: { email: 'olga@harbor.example', password: PASSWORD } })
  bearer = client({ Authorization: `Bearer ${body.accessToken}` })
})

const created = async () => (await keyed.post('/customers', { name: 'John Doe', email: 'john@example.com' })).body

describe('200', () => {
  test('the required parameters alone, and with the optional ones', async () => {
    expect((await keyed.post('/customers', { name: 'John Doe', email: 'john@example.com' })).status).toBe(200)
    const all = {
      name: 'John Doe',
      email: 'john@example.com',
      phone: '+1234567890',
      address: '123 Main St',
      memberId: 'MEMBER-1',
    }
    expect((await keyed.post('/customers', all)).body).toMatchObject(all)
  })

  test('the whole Client of the OpenAPI, as a generated client sends it', async () => {
    const whole = {
      id: 0,
      ownerId: 0,
      userId: null,
      ownerName: null,
      name: 'John Doe',
      email: 'john@example.com',
      address: null,
      phone: null,
      memberId: null,
      hasPaymentRequests: null,
      totalDeposits: null,
      createDate: '2024-01-15T10:30:00Z',
    }
    const made = await keyed.post('/customers', whole, { type: 'application/json-patch+json' })
    expect(made.status).toBe(200)
    expect(
      (await keyed.put(`/customers/${made.body.id}`, { ...whole, id: made.body.id, phone: '+1234567890' })).body,
    ).toMatchObject({
      phone: '+1234567890',
      changedFields: ['phone'],
    })
  })

  test('"update customer information": e-mail, phone and preferences with a staff token', async () => {
    const { id } = await created()
    const updateData = {
      email: 'newemail@example.com',
      phone: '+1234567890',
      preferences: { currency: 'USD', notifications: true },
    }
    const changed = await bearer.put(`/customers/${id}`, updateData)
    expect(changed.status).toBe(200)
    expect(changed.body).toMatchObject(updateData)
    expect((await bearer.get(`/customers/${id}`)).body).toMatchObject(updateData)
  })

  test('"get payment methods" is an array', async () => {
    const { id } = await created()
    const methods = await bearer.get(`/users/payment-methods/${id}`)
    expect([methods.status, methods.body]).toEqual([200, []])
  })

  test('every updatable field that the pages name', async () => {
    const { id } = await created()
    const fields = {
      name: 'Jane Doe',
      email: 'jane@example.com',
      phone: '+4670011223',
      dateOfBirth: '1990-05-17',
      billingAddress: { street: '1 Main St', city: 'Springfield', zipCode: '12345' },
      shippingAddress: { street: '2 Side St' },
      country: 'US',
      region: 'Illinois',
      currency: 'USD',
      language: 'en-US',
      preferences: { notifications: { email: true, sms: false }, communication: { post: false } },
      status: 'inactive',
      verificationStatus: 'verified',
      subscription: { level: 'pro' },
      taxId: 'US-123',
    }
    const changed = await keyed.put(`/customers/${id}`, fields)
    expect(changed.status).toBe(200)
    expect(changed.body).toMatchObject({
      ...fields,
      billingAddress: { ...fields.billingAddress, country: 'US', region: 'Illinois' },
      preferences: { ...fields.preferences, currency: 'USD', language: 'en-US' },
    })
  })
})

describe('400', () => {
  test('invalid format, missing required fields, constraint violations', async () => {
    for (const body of [
      { name: 'John Doe', email: 'no address' },
      { name: 'John Doe' },
      { name: 'J'.repeat(101), email: 'j@example.com' },
    ]) {
      const refused = await keyed.post('/customers', body)
      expect(refused.status).toBe(400)
      expect(refused.body).toMatchObject({
        type: expect.any(String),
        title: expect.any(String),
        status: 400,
        detail: expect.any(String),
        instance: '/api/customers',
      })
    }
  })
})

describe('401', () => {
  test('invalid or missing credentials', async () => {
    expect((await client({}).post('/customers', { name: 'John', email: 'j@example.com' })).status).toBe(401)
    expect((await client({ Authorization: 'Bearer expired' }).put('/customers/12345', {})).status).toBe(401)
  })
})

describe('404', () => {
  test('the error object of the page', async () => {
    const missing = await keyed.put('/customers/12345', { email: 'newemail@example.com' })
    expect(missing.status).toBe(404)
    expect(missing.body.error).toEqual({
      code: 'CUSTOMER_NOT_FOUND',
      message: 'Customer with ID 12345 not found',
      details: { customerId: '12345', timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/) },
    })
  })

  test('a customer that has been deleted', async () => {
    const { id } = await created()
    await keyed.delete(`/customers/${id}`)
    expect((await keyed.put(`/customers/${id}`, { name: 'John' })).status).toBe(404)
  })
})
