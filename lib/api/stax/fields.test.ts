// What the contract says of single members of a customer.
import { beforeAll, describe, expect, test } from 'vitest'
import { openShop } from './testing.ts'

let shop: Awaited<ReturnType<typeof openShop>>
beforeAll(async () => {
  shop = await openShop('Harbor')
})
const send = (body: object) => shop.stax.post('/customer', { firstname: 'Ines', ...body })

test('the documented example comes back member by member', async () => {
  const sent = {
    firstname: 'Ines',
    lastname: 'Okafor',
    company: null,
    email: 'ines@example.com',
    cc_emails: ['cc@example.com'],
    cc_sms: ['4075550143'],
    phone: '4075550142',
    address_1: '8 Pier Road',
    address_2: null,
    address_city: 'Orlando',
    address_state: 'FL',
    address_zip: '32801',
    address_country: 'USA',
    notes: 'Two\nlines',
    reference: 'A-77',
    options: { custom_fields: [{ name: 'visits', type: 'number', value: '12' }] },
    allow_invoice_credit_card_payments: false,
  }
  const { body } = await send({ ...sent, merchant_id: 'ignored', files: ['x'] })
  expect(body).toMatchObject({ ...sent, has_address: true, missing_address_components: [], deleted_at: null })
  expect(Object.keys(body)).toHaveLength(25)
})

test('gravatar is the hash of the lower-cased e-mail, or of nothing', async () => {
  const address = '//www.gravatar.com/avatar'
  expect((await send({ email: 'MyEmailAddress@example.com' })).body.gravatar).toBe(
    `${address}/0bc83cb571cd1c50ba6f3e8a78ef1346`,
  )
  expect((await send({})).body.gravatar).toBe(`${address}/d41d8cd98f00b204e9800998ecf8427e`)
})

describe('a phone has 10 to 15 digits', () => {
  test.each(['4075550142', '+1 (407) 555-0142', '+442079460012'])('%s', async (phone) => {
    expect((await send({ phone })).body.phone).toBe(phone)
  })

  test.each(['555014', '1234567890123456', 'call me'])('not %s', async (phone) => {
    expect(Object.keys((await send({ phone })).body)).toEqual(['phone'])
  })

  test('a shorter one that was written elsewhere may be sent back as it was read', async () => {
    const { customerId } = (
      await shop.clientele.post('/customers', { name: 'Short', email: 'short@example.com', phone: '55501' })
    ).body
    const { body } = await shop.stax.get(`/customer/${customerId}`)
    expect((await shop.stax.put(`/customer/${customerId}`, { ...body, lastname: 'Okafor' })).body).toMatchObject({
      phone: '55501',
      lastname: 'Okafor',
    })
  })
})

describe('a state has two letters in the USA', () => {
  test('and is a name elsewhere', async () => {
    expect((await send({ address_state: 'Bayern', address_country: 'DEU' })).status).toBe(201)
    expect((await send({ address_state: 'Florida', address_country: 'USA' })).body).toHaveProperty('address_state')
  })

  test('also when only one of the two is changed', async () => {
    const { id } = (await send({ address_state: 'Bayern', address_country: 'DEU' })).body
    expect((await shop.stax.put(`/customer/${id}`, { address_country: 'USA' })).status).toBe(400)
    expect((await shop.stax.put(`/customer/${id}`, { address_country: 'AUT' })).body.address_state).toBe('Bayern')
  })
})

test('limits are counted in characters, and every wrong member is told', async () => {
  expect((await send({ lastname: '🙂'.repeat(255) })).status).toBe(201)
  const wrong = { lastname: 'x'.repeat(256), email: 'nobody', address_zip: 'x'.repeat(17), cc_emails: ['nobody'] }
  const { body } = await send(wrong)
  expect(Object.keys(body).toSorted()).toEqual(['address_zip', 'cc_emails.0', 'email', 'lastname'])
  expect(body.lastname).toEqual(['The lastname field must be at most 255 characters.'])
})

test('an address that is one line elsewhere is address_1 here, and missing parts are named', async () => {
  const body = { name: 'Line', email: 'line@example.com', address: '8 Pier Road, Orlando' }
  const { customerId } = (await shop.clientele.post('/customers', body)).body
  expect((await shop.stax.get(`/customer/${customerId}`)).body).toMatchObject({
    address_1: '8 Pier Road, Orlando',
    has_address: true,
    missing_address_components: ['address_city', 'address_state', 'address_zip'],
  })
})
