// The numbered sentences of the contract about payment methods.
import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '#db/client'
import { auditEvents, gatewayTokens, idempotencyKeys, instruments, transactions } from '#db/schema'
import { flushReads } from '../../core/record.ts'
import { openShop } from './testing.ts'

let shop: Awaited<ReturnType<typeof openShop>>
let other: typeof shop
beforeAll(async () => {
  shop = await openShop('Harbor')
  other = await openShop('Atlas')
})

const NUMBER = '4111111111111111'
const UNKNOWN = '00000000-0000-4000-8000-000000000000'
const WRONG_ID = { id: ['The selected id is invalid.'] }
const customer = async (): Promise<string> =>
  (await shop.stax.post('/customer', { firstname: 'Ines', lastname: 'Okafor' })).body.id
const card = (customer_id: string, given: object = {}) => ({
  customer_id,
  method: 'card',
  person_name: 'Ines Okafor',
  card_number: NUMBER,
  card_cvv: '987',
  card_exp: '1231',
  address_zip: '32801',
  ...given,
})
const bank = (customer_id: string, given: object = {}) => ({
  customer_id,
  method: 'bank',
  person_name: 'Ines Okafor',
  bank_account: '9876543210',
  bank_routing: '021000021',
  bank_name: 'BANK INC',
  bank_type: 'savings',
  bank_holder_type: 'personal',
  ...given,
})

test('12: the methods of a customer are a bare array, newest first, without deleted ones', async () => {
  const id = await customer()
  expect((await shop.stax.get(`/customer/${id}/payment-method`)).body).toEqual([])
  const [one, two] = [
    (await shop.stax.post('/payment-method', card(id))).body,
    (await shop.stax.post('/payment-method', bank(id))).body,
  ]
  const ids = async () =>
    (await shop.stax.get(`/customer/${id}/payment-method`)).body.map((method: { id: string }) => method.id)
  expect(await ids()).toEqual([two.id, one.id])
  const gone = await shop.stax.delete(`/payment-method/${one.id}`)
  expect([gone.status, gone.body.id]).toEqual([200, one.id])
  expect(gone.body.deleted_at).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  expect(await ids()).toEqual([two.id])
  expect((await shop.stax.get(`/payment-method/${one.id}`)).body).toEqual(WRONG_ID)
})

test('12: a bad id is 422', async () => {
  for (const id of [UNKNOWN, 'nonsense', '1']) {
    for (const answer of [
      await shop.stax.get(`/customer/${id}/payment-method`),
      await shop.stax.get(`/payment-method/${id}`),
      await shop.stax.put(`/payment-method/${id}`, { person_name: 'A' }),
      await shop.stax.delete(`/payment-method/${id}`),
    ]) {
      expect([answer.status, answer.body]).toEqual([422, WRONG_ID])
    }
  }
})

describe('13: a card', () => {
  test('is kept as brand, first six, last four and expiry', async () => {
    const id = await customer()
    const { status, body } = await shop.stax.post('/payment-method', card(id))
    expect(status).toBe(200)
    expect(body).toMatchObject({
      customer_id: id,
      nickname: 'VISA: Ines Okafor (ending in: 1111)',
      has_cvv: 0,
      is_default: 0,
      method: 'card',
      card_type: 'visa',
      card_last_four: '1111',
      card_exp: '122031',
      card_exp_datetime: '2031-12-31 23:59:59',
      address_zip: '32801',
      meta: { card_display: '411111', cardDisplay: '411111' },
      customer: { id, firstname: 'Ines' },
    })
  })

  test('leaves its number and code nowhere, also under an Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'card-once' }
    const sent = card(await customer())
    const one = await shop.stax.post('/payment-method', sent, { headers })
    expect((await shop.stax.post('/payment-method', sent, { headers })).text).toBe(one.text)
    await flushReads()
    const { read } = db()
    const tables = [instruments, auditEvents, gatewayTokens, idempotencyKeys, transactions]
    for (const table of tables) {
      const text = JSON.stringify(await read.select().from(table))
      expect(text).not.toContain(NUMBER)
      expect(text).not.toContain('"987"')
    }
    expect(one.text).not.toContain(NUMBER)
  })

  test.each(['4012888888881881', '4111111111111112', 'abc', '', null, 41])(
    '%s is refused and not repeated',
    async (card_number) => {
      const id = await customer()
      const headers = {
        'idempotency-key': `refused-${String(card_number).slice(0, 4)}-${String(card_number).slice(-1)}`,
      }
      const answer = await shop.stax.post('/payment-method', card(id, { card_number }), { headers })
      expect([answer.status, Object.keys(answer.body)]).toEqual([400, ['card_number']])
      expect(answer.text).not.toContain('4012888888881881')
      expect((await shop.compat.post('/payment-method', card(id, { card_number }))).status).toBe(422)
      expect((await shop.stax.get(`/customer/${id}/payment-method`)).body).toEqual([])
    },
  )

  test('its number in any other member is refused', async () => {
    const id = await customer()
    for (const given of [{ person_name: NUMBER }, { address_1: NUMBER }, { note: NUMBER }, { bank_name: NUMBER }]) {
      expect((await shop.stax.post('/payment-method', card(id, given))).status).toBe(400)
    }
  })

  test.each(['1331', '12', 'ab', '', 12])('the expiry %s is refused', async (card_exp) => {
    const answer = await shop.stax.post('/payment-method', card(await customer(), { card_exp }))
    expect([answer.status, Object.keys(answer.body)]).toEqual([400, ['card_exp']])
  })
})

describe('a bank account', () => {
  test('is kept as routing number and last four', async () => {
    const { body, text } = await shop.stax.post('/payment-method', bank(await customer()))
    expect(body).toMatchObject({
      nickname: 'personal savings, BANK INC (ending in: 3210)',
      method: 'bank',
      card_last_four: '3210',
      bank_name: 'BANK INC',
      bank_type: 'savings',
      bank_holder_type: 'personal',
      card_exp: null,
      card_exp_datetime: null,
      meta: { routing_display: '021000021', account_display: '3210' },
    })
    expect(text).not.toContain('9876543210')
    expect(JSON.stringify(await db().read.select().from(instruments))).not.toContain('9876543210')
  })

  test('an IBAN is one', async () => {
    const iban = bank(await customer(), { bank_account: 'DE89 3704 0044 0532 0130 00', bank_routing: undefined })
    const { body } = await shop.stax.post('/payment-method', iban)
    expect(body).toMatchObject({ method: 'bank', card_last_four: '3000' })
    const saved = (await shop.clientele.get(`/instruments/${body.id}`)).body
    expect([saved.type, saved.ibanMasked]).toEqual(['iban', 'DE•• … 3000'])
  })

  test('without a routing number, and of a wrong kind, is told', async () => {
    const id = await customer()
    const bag = async (given: object) => Object.keys((await shop.stax.post('/payment-method', bank(id, given))).body)
    expect(await bag({ bank_routing: undefined })).toEqual(['bank_routing'])
    expect(await bag({ bank_type: 'gold' })).toEqual(['bank_type'])
    expect(await bag({ method: 'cash' })).toEqual(['method'])
    expect(await bag({ customer_id: UNKNOWN })).toEqual(['customer_id'])
  })
})

describe('a token', () => {
  test('of the gateway', async () => {
    const id = await customer()
    const { status, body } = await shop.stax.post('/payment-method/token', {
      customer_id: id,
      token: 'ix::sim-mastercard',
    })
    expect([status, body.card_type, body.customer_id]).toEqual([200, 'mastercard', id])
  })

  test('pays once', async () => {
    const made = { cardNumber: NUMBER, expiryMonth: 12, expiryYear: 2031 }
    const { token } = (await shop.clientele.post('/simulator/tokens', made)).body
    const customer_id = await customer()
    expect((await shop.stax.post('/payment-method/token', { customer_id, token })).status).toBe(200)
    const again = await shop.stax.post('/payment-method/token', { customer_id, token })
    expect([again.status, Object.keys(again.body)]).toEqual([400, ['token']])
  })

  test('of a saved instrument is that instrument, and only its own customer gets it', async () => {
    const [mine, theirs] = [await customer(), await customer()]
    const { id } = (await shop.stax.post('/payment-method', card(mine))).body
    const token = (await shop.clientele.get(`/instruments/${id}`)).body.paymentToken
    expect((await shop.stax.post('/payment-method/token', { customer_id: mine, token })).body.id).toBe(id)
    const preferred = await shop.stax.post('/payment-method/token', { customer_id: mine, token, is_default: true })
    expect([preferred.body.id, preferred.body.is_default]).toEqual([id, 1])
    expect((await shop.stax.post('/payment-method/token', { customer_id: theirs, token })).status).toBe(409)
    const foreign = (await other.stax.post('/customer', { firstname: 'A' })).body.id
    expect((await other.stax.post('/payment-method/token', { customer_id: foreign, token })).status).toBe(400)
  })
})

describe('one payment method', () => {
  test('is changed by body or query', async () => {
    const { id, customer_id } = (await shop.stax.post('/payment-method', card(await customer()))).body
    const patch = { is_default: 1, person_name: 'I. Okafor', card_exp: '0132', address_city: 'Orlando' }
    expect((await shop.stax.put(`/payment-method/${id}`, patch)).body).toMatchObject({
      is_default: 1,
      person_name: 'I. Okafor',
      card_exp: '012032',
      address_city: 'Orlando',
      address_zip: '32801',
    })
    const again = await shop.stax.put(`/payment-method/${id}?is_default=0&person_name=Ines`)
    expect(again.body).toMatchObject({ is_default: 0, person_name: 'Ines', customer_id })
    expect((await shop.stax.put(`/payment-method/${id}`, {})).status).toBe(200)
  })

  test('is nobody else’s', async () => {
    const { id, customer_id } = (await shop.stax.post('/payment-method', card(await customer()))).body
    expect((await other.stax.get(`/payment-method/${id}`)).body).toEqual(WRONG_ID)
    expect((await other.stax.put(`/payment-method/${id}`, { person_name: 'Theirs' })).status).toBe(422)
    expect((await other.stax.delete(`/payment-method/${id}`)).status).toBe(422)
    expect((await other.stax.get(`/customer/${customer_id}/payment-method`)).status).toBe(422)
    expect((await other.stax.post('/payment-method', card(customer_id))).status).toBe(400)
  })

  test('is masked to who may not read personal data', async () => {
    const { id } = (await shop.stax.post('/payment-method', bank(await customer()))).body
    const { body } = await shop.masked.get(`/payment-method/${id}`)
    expect([body.person_name, body.bank_name, body.meta.routing_display]).toEqual(['I••• O•••', null, null])
    expect((await shop.masked.post('/payment-method', card(UNKNOWN))).status).toBe(403)
  })
})

test('all of them by page', async () => {
  const { body } = await shop.stax.get('/payment-method?per_page=2')
  expect(body).toMatchObject({ current_page: 1, per_page: 2, from: 1, to: 2 })
  expect(body.data).toHaveLength(2)
  expect(body.total).toBeGreaterThan(2)
  const second = await shop.stax.get('/payment-method?per_page=2&page=2&status=all')
  expect(second.body.data[0].id).not.toBe(body.data[0].id)
  expect((await shop.stax.get('/payment-method?status=deleted')).body.data).toEqual([])
  expect((await shop.stax.get('/payment-method?status=odd')).status).toBe(400)
  expect((await other.stax.get('/payment-method')).body.data).toEqual([])
})

test('a deleted customer gets none', async () => {
  const id = await customer()
  await shop.stax.delete(`/customer/${id}`)
  expect((await shop.stax.post('/payment-method', card(id))).status).toBe(404)
})
