// The numbered sentences of the contract about customers.
import { beforeAll, describe, expect, test } from 'vitest'
import { at } from '#db/testing/make'
import { updateMerchantSettings } from '../../merchants/commands.ts'
import { call, type TestAnswer } from '../testing.ts'
import { openShop } from './testing.ts'

let shop: Awaited<ReturnType<typeof openShop>>
let other: typeof shop
beforeAll(async () => {
  shop = await openShop('Harbor')
  other = await openShop('Atlas')
})

const FOUR = ['firstname', 'lastname', 'email', 'company']
const made = async (body: object): Promise<TestAnswer['body']> => (await shop.stax.post('/customer', body)).body
const UNKNOWN = '00000000-0000-4000-8000-000000000000'

describe('1: any one of four fields makes a customer', () => {
  test.each([
    ['firstname', 'Ines'],
    ['lastname', 'Okafor'],
    ['email', 'ines@example.com'],
    ['company', 'Pier Ltd'],
  ])('%s alone', async (field, value) => {
    const answer = await shop.stax.post('/customer', { [field]: value })
    expect(answer.status).toBe(201)
    expect(answer.body.customer_id).toBe(answer.body.id)
    expect(answer.body[field]).toBe(value)
    const old = await shop.compat.post('/customer', { [field]: value })
    expect(old.status).toBe(200)
    expect(Object.keys(old.body)).toEqual(Object.keys(answer.body))
  })
})

describe('2: without the four', () => {
  test.each([{}, { firstname: '', lastname: ' ', email: '', company: '' }, { phone: '4075550142' }, { email: null }])(
    '%j is a bag that names all four',
    async (body) => {
      const answer = await shop.stax.post('/customer', body)
      expect([answer.status, Object.keys(answer.body)]).toEqual([400, FOUR])
      expect(answer.body.firstname).toEqual([
        'The firstname field is required when none of lastname / email / company are present.',
      ])
      expect((await shop.compat.post('/customer', body)).status).toBe(422)
    },
  )

  test('no body at all is the same', async () => {
    expect(Object.keys((await shop.stax.post('/customer')).body)).toEqual(FOUR)
  })
})

test('3: the same body twice is two customers, also under the policy reject', async () => {
  const { merchantId } = other
  await updateMerchantSettings(at(merchantId), { duplicatePolicy: 'reject' })
  const body = { email: 'twice@example.com' }
  const [one, two] = [await other.stax.post('/customer', body), await other.stax.post('/customer', body)]
  expect([one.status, two.status]).toEqual([201, 201])
  expect(one.body.id).not.toBe(two.body.id)
})

describe('4: countries', () => {
  test('USA comes back as USA and shows as US through the other API', async () => {
    const { id, address_country } = await made({ firstname: 'Ann', address_country: 'USA' })
    expect(address_country).toBe('USA')
    expect((await shop.clientele.get(`/customers/${id}`)).body.country).toBe('US')
  })

  test.each(['ZZZ', 'US', '840', 7])('%s is a validation error', async (address_country) => {
    const answer = await shop.stax.post('/customer', { firstname: 'Ann', address_country })
    expect([answer.status, Object.keys(answer.body)]).toEqual([400, ['address_country']])
  })
})

describe('8: PUT', () => {
  test('changes what is sent and nothing else, never the id', async () => {
    const before = await made({ firstname: 'Ada', lastname: 'Byron', email: 'ada@example.com', address_city: 'Rome' })
    const answer = await shop.stax.put(`/customer/${before.id}`, {
      lastname: 'King',
      id: UNKNOWN,
      customer_id: UNKNOWN,
    })
    expect(answer.status).toBe(200)
    expect({ ...answer.body, updated_at: '' }).toEqual({ ...before, lastname: 'King', updated_at: '' })
  })

  test('an empty body, and everything as it was read, change nothing', async () => {
    const before = await made({
      firstname: 'Echo',
      options: { custom_fields: [{ name: 'n', type: 'number', value: 3 }] },
    })
    for (const body of [undefined, {}, before]) {
      const answer = await shop.stax.put(`/customer/${before.id}`, body)
      expect([answer.status, answer.body]).toEqual([200, before])
    }
  })

  test('null clears; the last of the four cannot go', async () => {
    const { id } = await made({ firstname: 'Last', phone: '4075550142' })
    expect((await shop.stax.put(`/customer/${id}`, { phone: null })).body.phone).toBeNull()
    const answer = await shop.stax.put(`/customer/${id}`, { firstname: null })
    expect([answer.status, Object.keys(answer.body)]).toEqual([400, FOUR])
    expect((await shop.compat.put(`/customer/${id}`, { firstname: null })).status).toBe(422)
  })
})

describe('9: deleting', () => {
  test('hides, leaves GET, refuses PUT; restore brings back', async () => {
    const { id } = await made({ firstname: 'Gone', email: 'gone@example.com' })
    const deleted = await shop.stax.delete(`/customer/${id}`)
    expect([deleted.status, deleted.body.id]).toEqual([200, id])
    expect(deleted.body.deleted_at).toMatch(/^\d{4}/)
    expect((await shop.stax.get('/customer?email=gone@example.com')).body.data).toEqual([])
    expect((await shop.stax.get(`/customer/${id}`)).status).toBe(200)
    const put = await shop.stax.put(`/customer/${id}`, { firstname: 'Back' })
    expect([put.status, put.body]).toEqual([404, { id: 'customer not found' }])
    expect((await shop.stax.put(`/customer/${id}/restore`)).body.deleted_at).toBeNull()
    expect((await shop.stax.get('/customer?email=gone@example.com')).body.total).toBe(1)
  })

  test('an unknown id is 422, and 404 for every other call', async () => {
    const unknown = await shop.stax.delete(`/customer/${UNKNOWN}`)
    expect([unknown.status, unknown.body]).toEqual([422, { id: 'customer not found' }])
    for (const id of [UNKNOWN, 'nonsense', '1', '%00']) {
      expect((await shop.stax.get(`/customer/${id}`)).body).toEqual({ id: 'customer not found' })
      expect((await shop.stax.put(`/customer/${id}`, {})).status).toBe(404)
      expect((await shop.stax.put(`/customer/${id}/restore`)).status).toBe(404)
    }
  })

  test('many at once, all or none', async () => {
    const [a, b] = [await made({ firstname: 'Many' }), await made({ firstname: 'Many' })]
    const wrong = await shop.stax.delete('/customer/bulk', { ids: [a.id, UNKNOWN] })
    expect([wrong.status, wrong.body]).toEqual([422, { id: 'customer not found' }])
    expect((await shop.stax.get(`/customer/${a.id}`)).body.deleted_at).toBeNull()
    const gone = await shop.stax.delete('/customer/bulk', { ids: [a.id, b.id, a.id] })
    expect(gone.body.data.map((one: { id: string }) => one.id)).toEqual([a.id, b.id])
    const back = await shop.stax.put('/customer/restore/bulk', { ids: [a.id, b.id] })
    expect(back.body.data.map((one: { deleted_at: unknown }) => one.deleted_at)).toEqual([null, null])
    expect((await shop.stax.delete('/customer/bulk', {})).body).toHaveProperty('ids')
  })
})

test('11: every date has the one form', async () => {
  const { id } = await made({ firstname: 'Dated' })
  const { body } = await shop.stax.delete(`/customer/${id}`)
  for (const date of [body.created_at, body.updated_at, body.deleted_at]) {
    expect(date).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  }
})

describe('16: without a right key', () => {
  test.each([{}, { authorization: 'Bearer nonsense' }, { authorization: 'Basic YTpi' }])(
    '%j is 401 everywhere',
    async (headers) => {
      for (const path of ['/customer', `/customer/${UNKNOWN}`, '/nothing-here']) {
        const answer = await call('GET', `/api/stax${path}`, { headers: headers as Record<string, string> })
        expect([answer.status, answer.body]).toEqual([401, ['API key invalid or missing']])
      }
      expect(
        (await call('POST', '/api/stax/customer', { raw: '{', headers: headers as Record<string, string> })).status,
      ).toBe(401)
    },
  )

  test('an unknown path is 404 with one', async () => {
    expect((await shop.stax.get('/invoice')).status).toBe(404)
  })

  test('a key that may not is 403', async () => {
    expect((await shop.masked.delete(`/customer/${UNKNOWN}`)).status).toBe(403)
  })
})

describe('17: one record through both APIs', () => {
  test('made there, read here', async () => {
    const billingAddress = { street: '8 Pier Road', city: 'Orlando', state: 'FL', zipCode: '32801', country: 'US' }
    const body = { name: 'Ines Okafor', email: 'ines@example.com', billingAddress, customFields: { seat: 'B2' } }
    const { customerId } = (await shop.clientele.post('/customers', body)).body
    const list = [{ name: 'seat', type: 'text', value: 'B2' }]
    expect((await shop.stax.get(`/customer/${customerId}`)).body).toMatchObject({
      firstname: 'Ines',
      lastname: 'Okafor',
      address_1: '8 Pier Road',
      address_city: 'Orlando',
      address_state: 'FL',
      address_country: 'USA',
      has_address: true,
      missing_address_components: [],
      options: { custom_fields: list, customer_custom_fields: list },
    })
  })

  test('made here, read there', async () => {
    const { id } = await made({
      firstname: 'Ines',
      email: 'ines2@example.com',
      address_1: '8 Pier Road',
      options: { custom_fields: [{ name: 'seat', value: 'C3' }] },
    })
    const { body } = await shop.clientele.get(`/customers/${id}`)
    expect(body).toMatchObject({ firstName: 'Ines', address: '8 Pier Road', customFields: { seat: 'C3' } })
    await shop.clientele.put(`/customers/${id}`, { customFields: { seat: 'D4' } })
    expect((await shop.stax.get(`/customer/${id}`)).body.options.custom_fields[0].value).toBe('D4')
  })

  test('another merchant finds nothing', async () => {
    const { id } = await made({ firstname: 'Ours' })
    expect((await other.stax.get(`/customer/${id}`)).status).toBe(404)
    expect((await other.stax.put(`/customer/${id}`, { firstname: 'Theirs' })).status).toBe(404)
    expect((await other.stax.delete(`/customer/${id}`)).status).toBe(422)
    expect((await other.stax.delete('/customer/bulk', { ids: [id] })).status).toBe(422)
  })
})
