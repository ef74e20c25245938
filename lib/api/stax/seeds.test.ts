// Every statement of the vendor's page "Create Customer" as a case, under the sentence that it comes from.
import { beforeAll, expect, test } from 'vitest'
import { isUuid } from '../../core/ids.ts'
import { call } from '../testing.ts'
import { openShop } from './testing.ts'

let shop: Awaited<ReturnType<typeof openShop>>
let other: typeof shop
beforeAll(async () => {
  shop = await openShop('Harbor')
  other = await openShop('Atlas')
})
const create = (body: object) => shop.stax.post('/customer', body)

test('allows merchants to create and store customer records tied to their merchant accounts', async () => {
  const { id } = (await create({ firstname: 'Tied' })).body
  expect((await shop.stax.get(`/customer/${id}`)).body.firstname).toBe('Tied')
  expect((await other.stax.get(`/customer/${id}`)).status).toBe(404)
})

test('each customer created is assigned a unique customer_id, a UUID, for use in subsequent calls', async () => {
  const [one, two] = [(await create({ firstname: 'A' })).body, (await create({ firstname: 'A' })).body]
  expect([isUuid(one.customer_id), isUuid(two.customer_id), one.customer_id === two.customer_id]).toEqual([
    true,
    true,
    false,
  ])
  expect((await shop.stax.get(`/customer/${one.customer_id}`)).body.customer_id).toBe(one.customer_id)
})

test('store customer details such as name, email, and company', async () => {
  const details = { firstname: 'Ines', lastname: 'Okafor', email: 'ines@example.com', company: 'Pier Ltd' }
  const { id } = (await create(details)).body
  expect((await shop.stax.get(`/customer/${id}`)).body).toMatchObject(details)
})

test('supports ISO 3 code for address_country; confirm it matches to avoid validation errors', async () => {
  expect((await create({ firstname: 'A', address_country: 'USA' })).body.address_country).toBe('USA')
  expect((await create({ firstname: 'A', address_country: 'USB' })).status).toBe(400)
})

test('options add custom fields that are specific to the customer and affect no other record', async () => {
  const custom_fields = [{ name: 'loyalty', type: 'text', value: 'gold' }]
  const [one, two] = [await create({ firstname: 'A', options: { custom_fields } }), await create({ firstname: 'B' })]
  expect(one.body.options).toEqual({ custom_fields })
  expect((await shop.stax.get(`/customer/${two.body.id}`)).body.options).toBeNull()
})

test('custom field values are always stored as strings; the type says how to interpret and validate', async () => {
  const send = (value: unknown) =>
    create({ firstname: 'A', options: { custom_fields: [{ name: 'n', type: 'number', value }] } })
  expect((await send(12.5)).body.options.custom_fields[0].value).toBe('12.5')
  expect((await send('12.5')).body.options.custom_fields[0].value).toBe('12.5')
  expect((await send('twelve')).status).toBe(400)
})

test.each(['firstname', 'lastname', 'email', 'company'])('at least one of the four: %s is enough', async (field) => {
  expect((await create({ [field]: field === 'email' ? 'a@example.com' : 'A' })).status).toBe(201)
})

test('201: successfully created, returns the customer_id and data', async () => {
  const answer = await create({ company: 'Pier Ltd' })
  expect([answer.status, answer.body.company, answer.body.customer_id]).toEqual([201, 'Pier Ltd', answer.body.id])
})

test('400: missing or invalid required fields', async () => {
  expect((await create({})).status).toBe(400)
  expect((await create({ email: 'nobody' })).body).toEqual({ email: ['The email field must be an e-mail address.'] })
})

test('401: API key invalid or missing', async () => {
  const answer = await call('POST', '/api/stax/customer', { body: { firstname: 'A' } })
  expect([answer.status, answer.body]).toEqual([401, ['API key invalid or missing']])
})

test('duplicate details generate a new record with a unique id; existing records are not merged', async () => {
  const body = { firstname: 'Same', email: 'same@example.com' }
  const [one, two] = [await create(body), await create(body)]
  expect(one.body.id).not.toBe(two.body.id)
  expect((await shop.stax.get('/customer?email=same@example.com')).body.total).toBe(2)
})

test('the customer_id can be used for payment methods; information is kept current by updating', async () => {
  const { customer_id } = (await create({ firstname: 'Ines' })).body
  expect((await shop.stax.get(`/customer/${customer_id}/payment-method`)).body).toEqual([])
  expect((await shop.stax.put(`/customer/${customer_id}`, { firstname: 'Inés' })).body.firstname).toBe('Inés')
})
