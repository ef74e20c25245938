// A payment without an instrument waits on our page: it is paid once, tried a few times, cancelled, or expires.
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '#db/client'
import { callbacks, transactions } from '#db/schema'
import { makeConnector } from '#db/testing/make'
import { setMember } from '../connectors/members.ts'
import { answerChallenge, completeSimulated, findChallenge } from './challenge.ts'
import { tokenizeHosted } from './hosted-card.ts'
import { cancelOnPage, findPaymentPage, type PageChoice, payOnPage } from './payment-page.ts'
import { askAboutOpen } from './process.ts'
import { getTransaction } from './queries.ts'
import { profile, type Stage, setStage } from './testing.ts'

const WHO = { requestId: 'req_test', ip: null }
const HOUR_MS = 60 * 60_000
let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})

const page = async (request: object = {}) => {
  const { uuid } = await stage.pay({ type: 'debit', amountMinor: 1250, currency: 'EUR', request })
  return uuid
}
const card = (name = 'visa'): PageChoice => ({ kind: 'card', token: `ix::sim-${name}` })
const iban = (lastFour: string): PageChoice => ({
  kind: 'iban',
  iban: `de89 3704 0044 0532 01 ${lastFour}`,
  holderName: 'Mara Lindqvist',
  mandateAccepted: true,
})
const stateOf = async (uuid: string) => (await getTransaction(stage.ctx, { uuid })).state
const told = async (uuid: string) => {
  const [row] = await db().read.select().from(transactions).where(eq(transactions.uuid, uuid))
  const rows = await db()
    .read.select()
    .from(callbacks)
    .where(eq(callbacks.transactionId, row?.id ?? 0))
  return rows.map(({ transactionState }) => transactionState)
}

test('it redirects to the page, which says what is to be paid', async () => {
  const made = await stage.pay({ type: 'debit', amountMinor: 1250, currency: 'EUR', request: { description: 'Tea' } })
  expect(made).toMatchObject({
    state: 'redirect',
    redirectUrl: expect.stringMatching(new RegExp(`/pay/${made.uuid}$`)),
  })
  expect(await findPaymentPage(made.uuid)).toMatchObject({
    ...{ phase: 'waiting', merchant: 'Shop', amountMinor: 1250, description: 'Tea', saved: [] },
    cards: { adapter: 'simulator' },
  })
  expect(await findChallenge(made.uuid), 'there is no challenge to approve yet').toBeUndefined()
  await expect(answerChallenge(made.uuid, 'success')).rejects.toMatchObject({ code: 'TRANSACTION_NOT_FOUND' })
  const success = { uuid: made.uuid, outcome: 'success' } as const
  await expect(completeSimulated(stage.ctx, success)).rejects.toMatchObject({ code: 'TRANSACTION_NOT_ALLOWED' })
})

test('a payment that came with its instrument has no page, and a payout is never chosen by a person', async () => {
  const { uuid } = await stage.debit('ix::sim-3ds-challenge')
  expect(await findPaymentPage(uuid)).toBeUndefined()
  await expect(payOnPage(uuid, card(), WHO)).rejects.toMatchObject({ code: 'TRANSACTION_NOT_FOUND' })
  const payout = stage.pay({ type: 'payout', amountMinor: 1, currency: 'EUR' })
  await expect(payout).rejects.toMatchObject({ code: 'VALIDATION_ERROR' })
})

test('a new card pays once; whoever comes second sees how it stands', async () => {
  const uuid = await page({ successUrl: 'https://shop.example/paid', callbackUrl: 'https://shop.example/callback' })
  const both = await Promise.all([payOnPage(uuid, card(), WHO), payOnPage(uuid, card('mastercard'), WHO)])
  expect(await stateOf(uuid)).toBe('success')
  expect(both.filter(({ phase }) => phase === 'success').length).toBeGreaterThan(0)
  expect(await payOnPage(uuid, card(), WHO)).toMatchObject({ phase: 'success', next: 'https://shop.example/paid' })
  expect(await cancelOnPage(uuid, WHO)).toMatchObject({ phase: 'success' })
  expect(await told(uuid)).toEqual(['success'])
})

test('what the named profile holds is offered, the preferred first, and nothing of another profile', async () => {
  const whose = profile('page-1', true)
  const save = (token: string) => stage.debit(token, { profile: whose })
  await save('ix::sim-mastercard')
  await save('ix::sim-visa')
  await stage.pay({
    type: 'register',
    token: 'ix::sim-amex',
    request: { profile: { customerIdentification: 'page-1' } },
  })
  const uuid = await page({ profile: profile('page-1') })
  const saved = (await findPaymentPage(uuid))?.saved ?? []
  expect(saved.map(({ brand, isPreferred }) => [brand, isPreferred])).toEqual([
    ['visa', true],
    ['amex', false],
    ['mastercard', false],
  ])
  await stage.debit('ix::sim-discover', { profile: profile('page-2', true) })
  const other = await page({ profile: profile('page-2') })
  const [foreign] = (await findPaymentPage(other))?.saved ?? []
  const stolen = payOnPage(uuid, { kind: 'saved', instrumentId: foreign?.id ?? 0 }, WHO)
  await expect(stolen).rejects.toMatchObject({ code: 'INSTRUMENT_NOT_FOUND' })
  expect(await stateOf(uuid)).toBe('redirect')
  expect(await payOnPage(uuid, { kind: 'saved', instrumentId: saved[0]?.id ?? 0 }, WHO)).toMatchObject({
    phase: 'success',
  })
  expect(await getTransaction(stage.ctx, { uuid })).toMatchObject({ method: 'card', instrumentData: { brand: 'visa' } })
})

test('a card that is registered on the page goes into the profile', async () => {
  const { uuid } = await stage.pay({ type: 'register', request: { profile: profile('page-3') } })
  await payOnPage(uuid, card(), WHO)
  const { state, profile: kept } = await getTransaction(stage.ctx, { uuid })
  expect([state, kept?.paymentToken]).toEqual(['success', expect.stringMatching(/^pt::/)])
})

describe('an account', () => {
  test('pays with a mandate, and is kept as its ends and its holder', async () => {
    const uuid = await page()
    expect(await payOnPage(uuid, iban('1111'), WHO)).toMatchObject({ phase: 'success' })
    const { instrumentData } = await getTransaction(stage.ctx, { uuid })
    expect(instrumentData).toMatchObject({ type: 'iban', ibanMasked: 'DE•• … 1111', holderName: 'Mara Lindqvist' })
  })
  test('needs the mandate', async () => {
    const without = { ...iban('1111'), mandateAccepted: false } as unknown as PageChoice
    await expect(payOnPage(await page(), without, WHO)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' })
  })
  test('that the gateway answers later ends the page at once', async () => {
    const uuid = await page({ extraData: { pendingOutcome: '2003' } })
    expect(await payOnPage(uuid, iban('2222'), WHO)).toMatchObject({ phase: 'pending' })
    await askAboutOpen(new Date(Date.now() + 6 * 60_000))
    expect(await stateOf(uuid)).toBe('error')
  })
})

test('a decline leaves the page open with its reason, five times', async () => {
  const uuid = await page({ errorUrl: 'https://shop.example/failed', callbackUrl: 'https://shop.example/callback' })
  for (let left = 4; left > 0; left -= 1) {
    const answer = await payOnPage(uuid, card('visa-declined'), WHO)
    expect(answer).toMatchObject({ phase: 'waiting', declined: 'The transaction was declined' })
    expect(await findPaymentPage(uuid)).toMatchObject({ attemptsLeft: left })
  }
  expect(await told(uuid), 'nothing is final').toEqual([])
  const last = await payOnPage(uuid, card('visa-declined'), WHO)
  expect(last).toMatchObject({ phase: 'error', next: 'https://shop.example/failed' })
  expect(await told(uuid)).toEqual(['error'])
})

test('a challenge is answered on the same page; one that failed may be tried again with another card', async () => {
  const uuid = await page()
  expect(await payOnPage(uuid, card('3ds-challenge'), WHO)).toMatchObject({ phase: 'challenge' })
  expect(await answerChallenge(uuid, 'error')).toMatchObject({ state: 'redirect' })
  await expect(answerChallenge(uuid, 'success')).rejects.toMatchObject({ code: 'TRANSACTION_NOT_FOUND' })
  expect(await findPaymentPage(uuid)).toMatchObject({ phase: 'waiting', declined: '3-D Secure authentication failed' })
  await payOnPage(uuid, card('3ds-challenge'), WHO)
  expect(await answerChallenge(uuid, 'success')).toMatchObject({ state: 'success' })
  expect(await getTransaction(stage.ctx, { uuid })).toMatchObject({ errorCode: null })
})

test('the person cancels', async () => {
  const uuid = await page({ cancelUrl: 'https://shop.example/left', callbackUrl: 'https://shop.example/callback' })
  expect(await cancelOnPage(uuid, WHO)).toEqual({
    ...{ phase: 'cancelled', next: 'https://shop.example/left', declined: null },
  })
  expect(await payOnPage(uuid, card(), WHO)).toMatchObject({ phase: 'cancelled' })
  expect(await told(uuid)).toEqual(['cancelled'])
})

test('after an hour nobody pays any more, and the merchant is told', async () => {
  const uuid = await page({ callbackUrl: 'https://shop.example/callback' })
  const late = new Date(Date.now() + HOUR_MS + 1)
  expect(await findPaymentPage(uuid, late)).toMatchObject({ phase: 'expired' })
  await askAboutOpen(late)
  expect(await getTransaction(stage.ctx, { uuid })).toMatchObject({ state: 'error', errorCode: 2005 })
  expect(await payOnPage(uuid, card(), WHO)).toMatchObject({ phase: 'expired' })
  expect(await told(uuid)).toEqual(['error'])
})

test('a token of another merchant or a saved token pays nothing here', async () => {
  const uuid = await page()
  await expect(payOnPage(uuid, { kind: 'card', token: 'ix::nobody' }, WHO)).rejects.toMatchObject({
    code: 'TOKEN_NOT_FOUND',
  })
  await expect(payOnPage(uuid, { kind: 'card', token: 'pt::6f0c21d7ab9e4430c5d1' }, WHO)).rejects.toMatchObject({
    code: 'VALIDATION_ERROR',
  })
  expect(await stateOf(uuid)).toBe('redirect')
})

test('a meta-connector takes a new card where a simulator is among its members', async () => {
  const { connector } = await makeConnector(stage.ctx, { name: 'any', adapter: 'meta' })
  const ask = () => stage.pay({ type: 'debit', amountMinor: 1, currency: 'EUR' }, { connectorId: connector.id })
  expect(await findPaymentPage((await ask()).uuid)).toMatchObject({ cards: null })
  await setMember(stage.ctx, { connectorId: connector.id, memberId: stage.connectorId })
  const { uuid } = await ask()
  const apiKey = (await findPaymentPage(uuid))?.cards?.apiKey ?? ''
  expect(apiKey).toBe(connector.apiKey)
  const typed = { cardNumber: '4242424242424242', cardHolder: 'Mara', expiryMonth: 12, expiryYear: 2030 }
  const { token } = await tokenizeHosted(apiKey, typed, WHO)
  expect(await payOnPage(uuid, { kind: 'card', token }, WHO)).toMatchObject({ phase: 'waiting' })
  expect(await payOnPage(uuid, card(), WHO)).toMatchObject({ phase: 'success' })
  expect(await getTransaction(stage.ctx, { uuid })).toMatchObject({ connectorId: stage.connectorId })
})
