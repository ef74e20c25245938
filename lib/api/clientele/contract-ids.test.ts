// The vendor's contract, its middle: addresses and ids.
import { beforeAll, describe, expect, test } from 'vitest'
import { openDb } from '#db/client'
import { at, makeMerchant } from '#db/testing/make'
import { createApiKey } from '../../access/keys.ts'
import { type Client, client, codeOf } from '../testing.ts'

let api: Client
let stranger: Client
let merchantId: number
let count = 0
const fresh = () => ({ name: `Mara Lindqvist ${++count}`, email: `mara-${count}@example.com` })

beforeAll(async () => {
  await openDb()
  merchantId = (await makeMerchant('Harbor Books')).id
  api = client((await createApiKey(at(merchantId), { name: 'full', scopes: ['*'] })).key)
  const other = (await makeMerchant('Atlas Travel')).id
  stranger = client((await createApiKey(at(other), { name: 'full', scopes: ['*'] })).key)
})

const create = async (given: object = {}) => (await api.post('/customers', { ...fresh(), ...given })).body

describe('7: addresses', () => {
  test('the documented object comes back as one string and in billingAddress; the string sent back keeps the parts', async () => {
    const { id } = await create()
    const address = { street: '123 Main St', city: 'New York', state: 'NY', zipCode: '10001', country: 'US' }
    await api.put(`/customers/${id}`, { address })
    const { body } = await api.get(`/customers/${id}`)
    expect(body.address).toBe('123 Main St, New York, NY, 10001, US')
    expect(body.billingAddress).toEqual({ ...address, street2: null, region: null })
    const again = await api.put(`/customers/${id}`, { address: body.address })
    expect(again.body).toMatchObject({ changedFields: [], billingAddress: body.billingAddress })
  })

  test('a string stays as it was written and is never guessed into parts', async () => {
    const made = await create({ address: '1 Pier, Oslo' })
    expect(made.address).toBe('1 Pier, Oslo')
    expect(made.billingAddress).toMatchObject({ street: null, city: null })
    expect((await api.put(`/customers/${made.id}`, { country: 'NO' })).body).toMatchObject({
      address: '1 Pier, Oslo',
      country: 'NO',
    })
  })
})

describe('8: ids', () => {
  test.each([
    '999999999',
    'abc',
    '-1',
    '1.5',
    '16772761082427695',
    '9007199254740993',
    '99999999999999999999',
    '5b0e6a52-0f0e-4a53-9e5c-0f5f2f1f7a10',
    '%00',
    "1'--",
  ])('%s is 404 with the id as text', async (id) => {
    for (const answer of [await api.get(`/customers/${id}`), await api.put(`/customers/${id}`, { name: 'x' })]) {
      expect([answer.status, codeOf(answer)]).toEqual([404, 'CUSTOMER_NOT_FOUND'])
      expect(answer.body.error.details.customerId).toBe(decodeURIComponent(id))
    }
  })

  test("a stranger's id is the same 404 as an unknown one", async () => {
    const { id } = await create()
    const strip = ({
      requestId: _r,
      instance: _i,
      detail: _d,
      error,
      ...rest
    }: { [name: string]: unknown } & { error: { code: string } }) => [rest, error.code]
    for (const path of ['', '/timeline', '/notes', '/instruments', '/duplicates']) {
      const foreign = await stranger.get(`/customers/${id}${path}`)
      const unknown = await stranger.get(`/customers/999999${path}`)
      expect(foreign.status).toBe(404)
      expect(strip(foreign.body)).toEqual(strip(unknown.body))
    }
    expect((await stranger.put(`/customers/${id}`, { name: 'Taken' })).status).toBe(404)
    expect((await stranger.delete(`/customers/${id}`)).status).toBe(404)
  })

  test('the UUID serves like the id', async () => {
    const made = await create()
    expect((await api.get(`/customers/${made.customerId.toUpperCase()}`)).body.id).toBe(made.id)
    expect((await api.put(`/customers/${made.customerId}`, { company: 'Pier' })).body).toMatchObject({
      id: made.id,
      company: 'Pier',
    })
  })
})
