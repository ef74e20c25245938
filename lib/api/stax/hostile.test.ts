// Nothing that is sent makes this API fail: wrong input is told, never a fault of ours.
import { beforeAll, describe, expect, test } from 'vitest'
import { openShop } from './testing.ts'

let shop: Awaited<ReturnType<typeof openShop>>
let id: string
beforeAll(async () => {
  shop = await openShop('Harbor')
  id = (await shop.stax.post('/customer', { firstname: 'Target', phone: '4075550142' })).body.id
})

const VALUES: unknown[] = [
  null,
  0,
  -1,
  1e308,
  true,
  [],
  [[]],
  {},
  { a: { b: 1 } },
  '',
  ' ',
  'x'.repeat(30_000),
  '\u0000',
  '\ud800',
  '🙂'.repeat(300),
  "'; drop table customers; --",
  '<script>alert(1)</script>',
  '../../etc',
  '%',
  '_',
  '4111111111111111',
  ['a', 1, null],
]
const FIELDS = [
  'firstname',
  'email',
  'phone',
  'cc_emails',
  'cc_sms',
  'address_1',
  'address_state',
  'address_zip',
  'address_country',
  'notes',
  'reference',
  'options',
  'allow_invoice_credit_card_payments',
  'files',
  'ids',
  'customer_id',
  'match_customer',
]

describe('values', () => {
  test.each(FIELDS)('%s', async (field) => {
    for (const value of VALUES) {
      const body = { company: 'Pier Ltd', [field]: value }
      for (const answer of [
        await shop.stax.post('/customer', body),
        await shop.stax.post('/customer/find-or-create', body),
        await shop.stax.put(`/customer/${id}`, body),
        await shop.stax.delete('/customer/bulk', { ids: ['x'], [field]: value }),
      ]) {
        expect([field, value, answer.status < 500]).toEqual([field, value, true])
      }
    }
  })

  test('custom fields', async () => {
    for (const value of VALUES) {
      for (const options of [
        { custom_fields: value },
        { custom_fields: [value] },
        { custom_fields: [{ name: value, value }] },
        { custom_fields: [{ name: 'n', type: value, value }] },
        { custom_fields: [{ name: 'n', type: 'select', choices: value, value: 'a' }] },
        { custom_fields: [{ name: 'toString', value: 'a' }] },
        { free: value },
      ]) {
        const answer = await shop.stax.post('/customer', { company: 'Pier Ltd', options })
        expect([value, answer.status < 500]).toEqual([value, true])
      }
    }
  })
})

describe('payment methods and webhooks', () => {
  const bodies: Record<string, object> = {
    card: { method: 'card', card_number: '4111111111111111', card_exp: '1231' },
    bank: { method: 'bank', bank_account: '9876543210', bank_routing: '021000021' },
    token: { token: 'ix::sim-visa' },
    hook: { target_url: 'https://hooks.example.com/', event: 'create_invoice' },
  }
  const fields =
    'customer_id method person_name is_default card_number card_cvv card_exp bank_account bank_routing bank_name ' +
    'bank_type address_1 address_country token target_url event fire_for_all_merchants meta'
  test.each(fields.split(' '))('%s', async (field) => {
    for (const value of VALUES) {
      const sent = (name: string) => ({ customer_id: id, ...bodies[name], [field]: value })
      for (const answer of [
        await shop.stax.post('/payment-method', sent('card')),
        await shop.stax.post('/payment-method', sent('bank')),
        await shop.stax.post('/payment-method/token', sent('token')),
        await shop.stax.put(`/payment-method/${id}`, { [field]: value }),
        await shop.stax.post('/webhook', sent('hook')),
      ]) {
        expect([field, value, answer.status < 500]).toEqual([field, value, true])
      }
    }
  })
})

describe('bodies', () => {
  test.each([
    '{',
    '[]',
    '"text"',
    'null',
    '12',
    '{"__proto__":{}}',
    '{"constructor":1}',
    '\u00ff',
    `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`,
  ])('%s is 400', async (raw) => {
    expect((await shop.stax.post('/customer', undefined, { raw, type: 'application/json' })).status).toBe(400)
  })

  test('another type is 415, too much is 413', async () => {
    expect((await shop.stax.post('/customer', undefined, { raw: 'a=b', type: 'text/plain' })).status).toBe(415)
    const raw = JSON.stringify({ notes: 'x'.repeat(1_100_000) })
    expect((await shop.stax.post('/customer', undefined, { raw, type: 'application/json' })).status).toBe(413)
  })
})

describe('addresses', () => {
  test.each([
    'firstname=%00',
    'keywords[]=%00',
    'keywords=%25%25',
    'email=%F0%9F%99%82',
    'sort=id;drop',
    'page=1e9',
    'page=-1',
    'per_page=NaN',
    'address_country=%27',
    `firstname=${'x'.repeat(300)}`,
    'keywords[x]=1',
    'phone=%2B%2B',
    'a=1&a=2',
    'page=999999999999999999999',
    'notes=\\',
    'firstname=4111111111111111',
  ])('%s', async (query) => {
    expect((await shop.stax.get(`/customer?${query}`)).status).toBeLessThan(500)
  })
})

describe('card numbers', () => {
  test.each([
    { firstname: '4111 1111 1111 1111' },
    { firstname: 'A', notes: 'card 5555555555554444' },
    { firstname: 'A', options: { custom_fields: [{ name: 'card', value: '4111111111111111' }] } },
    { firstname: 'A', options: { deep: { cvv: '123' } } },
  ])('%j is refused in a bag that does not repeat it', async (body) => {
    const answer = await shop.stax.post('/customer', body)
    expect(answer.status).toBe(400)
    expect(answer.text).not.toMatch(/4111|5555/)
    expect((await shop.compat.post('/customer', body)).status).toBe(422)
  })
})

describe('who sees personal data masked', () => {
  test('reads masks, cannot search by parts, and stores no mask', async () => {
    const target = (await shop.stax.post('/customer', { firstname: 'Tove', phone: '4075550142' })).body.id
    const { body } = await shop.masked.get(`/customer/${target}`)
    expect([body.firstname, body.phone]).toEqual(['T•••', '•••• ••42'])
    expect((await shop.masked.get('/customer?firstname=T')).status).toBe(403)
    expect((await shop.masked.get('/customer')).body.data[0].firstname).toBe('T•••')
    expect((await shop.masked.put(`/customer/${target}`, body)).status).toBe(200)
    expect((await shop.masked.put(`/customer/${target}`, { lastname: 'X•••' })).status).toBe(400)
    expect((await shop.stax.get(`/customer/${target}`)).body).toMatchObject({ firstname: 'Tove', phone: '4075550142' })
  })
})

test('an Idempotency-Key makes one customer, and the same key with another body is a conflict', async () => {
  const headers = { 'idempotency-key': 'once-1' }
  const one = await shop.stax.post('/customer', { firstname: 'Once' }, { headers })
  const two = await shop.stax.post('/customer', { firstname: 'Once' }, { headers })
  expect([two.status, two.text, two.headers.get('idempotent-replayed')]).toEqual([201, one.text, 'true'])
  expect((await shop.stax.post('/customer', { firstname: 'Twice' }, { headers })).status).toBe(409)
})
