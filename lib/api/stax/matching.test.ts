// Find-or-create: any one of a few exact combinations is the same customer, and everything else is a new one.
import { beforeAll, describe, expect, test } from 'vitest'
import { openShop } from './testing.ts'

let shop: Awaited<ReturnType<typeof openShop>>
let other: typeof shop
let known: Record<string, string>
beforeAll(async () => {
  shop = await openShop('Harbor')
  other = await openShop('Atlas')
  const body = {
    firstname: 'Ines',
    lastname: 'Okafor',
    email: 'Ines@Example.com',
    company: 'Pier Ltd',
    phone: '4075550142',
    address_1: '8 Pier Road',
    address_city: 'Orlando',
    address_zip: '32801',
  }
  known = (await shop.stax.post('/customer', body)).body
})
const wanted = async (body: object, by = shop) => (await by.stax.post('/customer/find-or-create', body)).body

describe('the same', () => {
  test.each([
    [{ email: 'ines@example.COM' }],
    [{ company: 'Pier Ltd', address_1: '8 Pier Road', address_city: 'Orlando' }],
    [{ firstname: 'Ines', phone: '4075550142' }],
    [{ firstname: 'Ines', lastname: 'Okafor', address_1: '8 Pier Road', address_zip: '32801' }],
    [{ lastname: 'Okafor', phone: '4075550142' }],
  ])('%j', async (body) => {
    const answer = await shop.stax.post('/customer/find-or-create', body)
    expect([answer.status, answer.body]).toEqual([200, known])
  })

  test('customer_id alone, and other data that is sent is not saved', async () => {
    expect(await wanted({ customer_id: known.id })).toEqual(known)
    expect(await wanted({ email: 'ines@example.com', lastname: 'Changed', notes: 'lost' })).toEqual(known)
  })
})

describe('a new one', () => {
  test.each([
    [{ company: 'Pier Ltd', address_1: '8 Pier Road' }],
    [{ company: 'Pier', address_1: '8 Pier Road', address_city: 'Orlando' }],
    [{ firstname: 'Ines', lastname: 'Okafor' }],
    [{ firstname: 'Ines', phone: '4075550143' }],
    [{ email: 'ines@example.org' }],
  ])('%j', async (body) => {
    expect((await wanted(body)).id).not.toBe(known.id)
  })

  test('where match_customer is false, where the found one is deleted, and at another merchant', async () => {
    const email = 'ines@example.com'
    expect((await wanted({ email, match_customer: false })).id).not.toBe(known.id)
    expect((await wanted({ email }, other)).id).not.toBe(known.id)
    const gone = await wanted({ email: 'gone@example.com' })
    await shop.stax.delete(`/customer/${gone.id}`)
    expect((await wanted({ email: 'gone@example.com' })).id).not.toBe(gone.id)
  })

  test('nothing that names anybody is told in a bag', async () => {
    for (const body of [{}, { phone: '4075550142' }, { customer_id: 'x', notes: 'y' }]) {
      expect((await shop.stax.post('/customer/find-or-create', body)).status).toBe(400)
    }
  })
})

test('several that match: the oldest', async () => {
  const [one] = [
    await shop.stax.post('/customer', { email: 'two@example.com' }),
    await shop.stax.post('/customer', { email: 'two@example.com' }),
  ]
  expect((await wanted({ email: 'two@example.com' })).id).toBe(one.body.id)
})

test('many that ask at once for somebody new get one customer', async () => {
  const body = { email: 'race@example.com' }
  const found = await Promise.all(Array.from({ length: 8 }, () => wanted(body)))
  expect(new Set(found.map(({ id }) => id)).size).toBe(1)
  expect((await shop.stax.get('/customer?email=race@example.com')).body.total).toBe(1)
})
