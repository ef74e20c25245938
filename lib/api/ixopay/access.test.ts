// Who may call the payment API, and how its refusals look.
import { beforeAll, describe, expect, test } from 'vitest'
import { at, makeConnector } from '#db/testing/make'
import { tenfold } from '../../connectors/credentials.ts'
import { ERRORS } from '../../core/errors.ts'
import { call } from '../testing.ts'
import { NUMBERS } from './errors.ts'
import { debit, type Gateway, gateway, openTown, type Town } from './testing.ts'

let town: Town
let signed: Gateway
beforeAll(async () => {
  town = await openTown()
  const { merchantId } = town.harbor
  signed = gateway(merchantId, await makeConnector(at(merchantId), { name: 'signed', requireSignature: true }))
})

const UNAUTHORIZED = { success: false, errorMessage: 'Unauthorized', errorCode: 1000 }
const selector = { customerIdentification: 'nobody' }

test('the ten-fold hash is the published one', () => {
  expect(tenfold('pw')).toBe('27644802e2889a49aeee6c110814b0050e16d62b')
})

describe('1: Basic', () => {
  test('works with the plain and the ten-fold hashed password', async () => {
    expect((await town.harbor.post('customerProfiles/getProfile', selector)).status).toBe(200)
    const password = tenfold(town.harbor.secrets.password)
    expect((await town.harbor.post('customerProfiles/getProfile', selector, { password })).body.profileExists).toBe(
      false,
    )
  })

  test('anything else is one and the same 401, an unknown connector included', async () => {
    const wrong = await town.harbor.post('customerProfiles/getProfile', selector, { password: 'wrong' })
    expect([wrong.status, wrong.body]).toEqual([401, UNAUTHORIZED])
    const path = '/api/v3/customerProfiles/unknown-key/getProfile'
    const unknown = await call('POST', path, { body: selector, headers: { authorization: 'Basic YTpi' } })
    expect([unknown.status, unknown.body]).toEqual([401, UNAUTHORIZED])
    expect((await call('POST', path, { body: selector })).body).toEqual(UNAUTHORIZED)
    const { secrets, connector } = town.fjord
    const foreign = `Basic ${Buffer.from(`${secrets.username}:${secrets.password}`).toString('base64')}`
    const elsewhere = `/api/v3/customerProfiles/${town.harbor.connector.apiKey}/getProfile`
    expect((await call('POST', elsewhere, { body: selector, headers: { authorization: foreign } })).status).toBe(401)
    expect(connector.apiKey).not.toBe(town.harbor.connector.apiKey)
  })
})

describe('2 and 3: signatures', () => {
  test.each(['sha512', 'md5'] as const)('%s is accepted where one is required, over X-Date or Date', async (sign) => {
    for (const date of [
      'Wed, 01 Jan 2025 00:00:00 UTC',
      'Wed, 01 Jan 2025 00:00:00 GMT',
      'Wed, 01 Jan 2025 00:00:00 +0000',
    ]) {
      expect((await signed.post('transaction/debit', debit(), { sign, date })).body).toMatchObject({ success: true })
      const headers = { 'x-date': undefined as unknown as string, date }
      const bare = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined))
      expect((await signed.post('transaction/debit', debit(), { sign, date, headers: bare })).status).toBe(200)
    }
  })

  test('a missing one is 1004 where it is required, and a wrong one everywhere', async () => {
    const missing = await signed.post('transaction/debit', debit())
    expect([missing.status, missing.body]).toMatchObject([401, { success: false, errorCode: 1004 }])
    for (const shop of [signed, town.harbor]) {
      const wrong = await shop.post('transaction/debit', debit(), {
        headers: { 'x-signature': 'AAAA', 'x-date': 'now' },
      })
      expect([wrong.status, wrong.body.errorCode]).toEqual([401, 1004])
    }
    const changed = await signed.post('transaction/debit', {}, { sign: 'sha512', headers: { 'x-date': 'another' } })
    expect(changed.body.errorCode).toBe(1004)
  })
})

describe('the envelope', () => {
  test('a body that is no JSON object is 1005, a path that is unknown 404 with 1002', async () => {
    for (const raw of ['', '{', '[]', '"x"']) {
      const broken = await town.harbor.post('transaction/debit', {}, { raw })
      expect([broken.status, broken.body], raw).toMatchObject([200, { success: false, errorCode: 1005 }])
    }
    for (const path of ['transaction/prepare-debit', 'schedule/start', 'options/x', 'dispute/accept/1']) {
      const unknown = await town.harbor.post(path)
      expect([unknown.status, unknown.body.errorCode], path).toEqual([404, 1002])
    }
    const { connector } = town.harbor
    expect((await call('GET', `/api/v3/transaction/${connector.apiKey}/debit`)).body.errorCode).toBe(1002)
  })

  test('what is missing or wrong is named, and nothing is stored', async () => {
    const { amount, ...without } = debit()
    expect((await town.harbor.post('transaction/debit', without)).body).toEqual({
      success: false,
      errorMessage: "root: 'amount' is required",
      errorCode: 1002,
    })
    for (const [name, value] of [
      ['amount', 9.99],
      ['amount', '9.999'],
      ['amount', '0.00'],
      ['amount', '-1.00'],
      ['currency', 'EURO'],
      ['merchantTransactionId', 'x'.repeat(51)],
      ['customer', { email: 'no address' }],
      ['customer', { firstName: 'x'.repeat(51) }],
      ['successUrl', 'javascript:alert(1)'],
    ] as const) {
      const refused = await town.harbor.post('transaction/debit', debit({ [name]: value }))
      expect(refused.body, `${name} ${value}`).toMatchObject({ success: false, errorCode: 1002 })
      expect(refused.body.errorMessage, name).toContain(name === 'customer' ? '' : name)
    }
    expect(amount).toBe('9.99')
  })

  test('a card number is refused wherever it stands, and not repeated', async () => {
    for (const given of [
      { transactionToken: '4929420573595709' },
      { merchantTransactionId: '4929420573595709' },
      { description: 'card 4929 4205 7359 5709' },
      { customer: { lastName: '4929420573595709' } },
      { extraData: { note: '4929420573595709' } },
    ]) {
      const refused = await town.harbor.post('transaction/debit', debit(given))
      expect(refused.body, JSON.stringify(given)).toMatchObject({ success: false, errorCode: 1002 })
      expect(refused.text).not.toContain('4929')
    }
  })

  test('every code of the core has its number', () => {
    expect(Object.keys(NUMBERS).sort()).toEqual(Object.keys(ERRORS).sort())
    for (const number of Object.values(NUMBERS)) expect(number).toBeGreaterThanOrEqual(1000)
  })

  test('every answer has a request id, and the document lists every call', async () => {
    expect((await town.harbor.post('transaction/debit')).headers.get('x-request-id')).toMatch(/^req_/)
    const { paths } = (await call('GET', '/api/openapi/ixopay.json')).body
    expect(Object.keys(paths)).toHaveLength(16)
  })
})

test('19: over the limit of a limited connector it is 429 with three headers and 1009', async () => {
  const { merchantId } = town.harbor
  const limited = gateway(merchantId, await makeConnector(at(merchantId), { name: 'limited', rateLimited: true }))
  for (let sent = 0; sent < 5; sent++) expect((await limited.post('transaction/debit', debit())).status).toBe(200)
  const over = await limited.post('transaction/debit', debit())
  expect([over.status, over.body.errorCode]).toEqual([429, 1009])
  expect(over.headers.get('x-ratelimit-limit')).toBe('5')
  expect(over.headers.get('x-ratelimit-remaining')).toBe('0')
  expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0)
})
