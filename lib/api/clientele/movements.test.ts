// Moving money over the Clientele API.
import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '#db/client'
import { idempotencyKeys } from '#db/schema'
import { at } from '#db/testing/make'
import { createApiKey } from '../../access/keys.ts'
import { nextId, openTown, type Town } from '../ixopay/testing.ts'
import { type Client, client, codeOf } from '../testing.ts'

let town: Town
let api: Client
let stranger: Client
let connectorId: number
const keyAt = async (merchantId: number, scopes = ['*']) =>
  client((await createApiKey(at(merchantId), { name: nextId(), scopes })).key)

beforeAll(async () => {
  town = await openTown()
  api = town.api
  stranger = await keyAt(town.atlas.merchantId)
  const { data } = (await api.get('/connectors')).body
  connectorId = data.find(({ adapter }: { adapter: string }) => adapter === 'simulator').id
})

const iban = { type: 'iban', iban: 'DE89370400440532013000' }
const money = () => ({ connectorId, merchantTransactionId: nextId(), amountMinor: 1999, currency: 'EUR' })
const saved = async () => {
  const customerProfile = { customerIdentification: nextId(), markAsPreferred: true }
  const card = { cardNumber: '4111111111111111', expiryMonth: 12, expiryYear: new Date().getUTCFullYear() + 3 }
  const { token } = (await api.post('/simulator/tokens', card)).body
  const debit = await api.post('/transactions', { type: 'debit', ...money(), token, customerProfile })
  const { data } = (await api.get(`/profiles/${debit.body.profileGuid}/instruments`)).body
  return { debit, instrumentId: data[0].id as number }
}

describe('a transaction', () => {
  test('charges a token, keeps the instrument in the profile, and charges that again by its id', async () => {
    const { debit, instrumentId } = await saved()
    expect(debit.body).toMatchObject({ type: 'debit', state: 'success', amountMinor: 1999, currency: 'EUR' })
    expect(debit.headers.get('location')).toBe(`/api/transactions/${debit.body.uuid}`)
    const again = await api.post('/transactions', { type: 'debit', ...money(), instrumentId })
    expect(again.body).toMatchObject({ state: 'success', profileGuid: debit.body.profileGuid })
    expect((await api.get(`/transactions/${again.body.uuid}`)).body).toMatchObject({
      ...again.body,
      followers: [],
      remaining: { toRefund: 1999 },
    })
  })

  test('is authorized, added to, captured in parts, refunded, and never beyond what is left', async () => {
    const { instrumentId } = await saved()
    const first = await api.post('/transactions', { type: 'preauthorize', ...money(), instrumentId })
    const path = `/transactions/${first.body.uuid}`
    const next = (what: string, amountMinor: number) =>
      api.post(`${path}/${what}`, { merchantTransactionId: nextId(), amountMinor })
    expect((await next('increment', 1)).body).toMatchObject({ type: 'increment', state: 'success', currency: 'EUR' })
    expect((await next('capture', 1500)).body).toMatchObject({ state: 'success', referenceUuid: first.body.uuid })
    expect(codeOf(await next('capture', 501))).toBe('TRANSACTION_NOT_ALLOWED')
    expect((await next('capture', 500)).body.state).toBe('success')
    expect((await next('refund', 2000)).body.state).toBe('success')
    expect(codeOf(await next('refund', 1))).toBe('TRANSACTION_NOT_ALLOWED')
    expect((await api.get(path)).body.remaining).toEqual({ toCapture: 0, toRefund: 0 })
  })

  test('that is given up cannot be captured', async () => {
    const { instrumentId } = await saved()
    const first = await api.post('/transactions', { type: 'preauthorize', ...money(), instrumentId })
    const path = `/transactions/${first.body.uuid}`
    expect((await api.post(`${path}/void`, { merchantTransactionId: nextId() })).body).toMatchObject({
      type: 'void',
      state: 'success',
    })
    const late = await api.post(`${path}/capture`, { merchantTransactionId: nextId(), amountMinor: 1 })
    expect([late.status, codeOf(late)]).toEqual([409, 'TRANSACTION_NOT_ALLOWED'])
  })

  test('that is declined is an answer', async () => {
    const declined = { ...money(), paymentData: iban, extraData: { outcome: '2003' } }
    const answer = await api.post('/transactions', { type: 'debit', ...declined })
    expect([answer.status, answer.body.state, answer.body.errorCode]).toEqual([200, 'error', 2003])
  })

  test('says what is wrong with it and where', async () => {
    const ask = (body: object) => api.post('/transactions', body)
    const { amountMinor: _amount, ...without } = money()
    expect((await ask({ type: 'debit', ...without, paymentData: iban })).body.errors).toHaveProperty('amountMinor')
    const both = { type: 'debit', ...money(), instrumentId: 1, token: 'pt::x' }
    expect((await ask(both)).body.errors).toHaveProperty('token')
    expect((await ask({ type: 'debit', ...money(), amountMinor: 0 })).body.errors).toHaveProperty('amountMinor')
    expect((await ask({ type: 'debit', ...money(), colour: 'red' })).status).toBe(400)
    expect(codeOf(await ask({ type: 'debit', ...money(), instrumentId: 900_000_000_000_001 }))).toBe(
      'INSTRUMENT_NOT_FOUND',
    )
    expect(codeOf(await ask({ type: 'debit', ...money(), description: '4111 1111 1111 1111' }))).toBe(
      'CARD_NUMBER_REFUSED',
    )
  })

  test('is nobody else’s, and needs the permission', async () => {
    const { debit, instrumentId } = await saved()
    const refund = { merchantTransactionId: nextId(), amountMinor: 1 }
    expect(codeOf(await stranger.post(`/transactions/${debit.body.uuid}/refund`, refund))).toBe('TRANSACTION_NOT_FOUND')
    expect(codeOf(await stranger.post('/transactions', { type: 'debit', ...money(), paymentData: iban }))).toBe(
      'CONNECTOR_NOT_FOUND',
    )
    const reader = await keyAt(town.harbor.merchantId, ['transactions:read', 'instruments:read'])
    expect((await reader.post('/transactions', { type: 'debit', ...money(), instrumentId })).status).toBe(403)
  })
})

describe('a repetition', () => {
  const headers = () => ({ headers: { 'Idempotency-Key': nextId() } })

  test('of the same id is refused, and with the same key answered as before', async () => {
    const body = { type: 'debit', ...money(), paymentData: iban }
    const key = headers()
    const first = await api.post('/transactions', body, key)
    const second = await api.post('/transactions', body, key)
    expect([second.status, second.text]).toEqual([first.status, first.text])
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    expect(codeOf(await api.post('/transactions', body))).toBe('TRANSACTION_ID_TAKEN')
    expect(codeOf(await api.post('/transactions', { ...body, amountMinor: 1 }, key))).toBe('IDEMPOTENCY_KEY_REUSED')
  })

  test('of many at once moves money once', async () => {
    const body = { type: 'debit', ...money(), paymentData: iban }
    const key = headers()
    const answers = await Promise.all(Array.from({ length: 8 }, () => api.post('/transactions', body, key)))
    const uuids = new Set(answers.map(({ body: { uuid } }) => uuid).filter(Boolean))
    expect(uuids.size).toBe(1)
    for (const answer of answers) expect([200, 409]).toContain(answer.status)
    const { data } = (await api.get(`/transactions?merchantTransactionId=${body.merchantTransactionId}`)).body
    expect(data).toHaveLength(1)
  })

  test('after the process died finds what was begun', async () => {
    const body = { type: 'debit', ...money(), paymentData: iban }
    const key = headers()
    const first = await api.post('/transactions', body, key)
    // What a process leaves that dies before it kept the answer.
    const longAgo = new Date(Date.now() - 600_000)
    await db().write((writer) => writer.update(idempotencyKeys).set({ answer: null, status: null, createdAt: longAgo }))
    const second = await api.post('/transactions', body, key)
    expect(second.body).toEqual(first.body)
    expect(second.headers.get('idempotent-replayed')).toBeNull()
  })

  test('of a refusal is the same refusal', async () => {
    const key = headers()
    const wrong = { type: 'debit', ...money(), connectorId: 900_000_000_000_001, paymentData: iban }
    const first = await api.post('/transactions', wrong, key)
    const second = await api.post('/transactions', wrong, key)
    expect([first.status, second.text]).toEqual([404, first.text])
  })
})
