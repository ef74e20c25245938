// What comes after a payment: captures and refunds, what is decided later, and the tokens of test numbers.
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { closeDb, db } from '#db/client'
import { auditEvents, gatewayTokens, transactions } from '#db/schema'
import { at, makeConnector } from '#db/testing/make'
import { beginTransaction } from './begin.ts'
import { answerChallenge, completeSimulated, findChallenge } from './challenge.ts'
import { askAboutOpen } from './process.ts'
import { getChain, getTransaction } from './queries.ts'
import { nextId, profile, type Stage, setStage } from './testing.ts'
import { createToken } from './tokens.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
  return closeDb
})
const pay: Stage['pay'] = (...given) => stage.pay(...given)
const debit: Stage['debit'] = (...given) => stage.debit(...given)

describe('what follows a payment', () => {
  const hold = () => pay({ type: 'preauthorize', token: 'ix::sim-visa', amountMinor: 1000, currency: 'EUR' })
  const follow = (type: 'capture' | 'refund' | 'increment', referenceUuid: string, amountMinor: number) =>
    pay({ type, referenceUuid, amountMinor, currency: 'EUR' })

  test('is captured and refunded in parts, never beyond what is left', async () => {
    const { uuid } = await hold()
    await follow('increment', uuid, 200)
    const captured = await follow('capture', uuid, 700)
    await follow('capture', uuid, 500)
    await expect(follow('capture', uuid, 1)).rejects.toMatchObject({ code: 'TRANSACTION_NOT_ALLOWED' })
    expect(captured.referenceUuid).toBe(uuid)
    await follow('refund', captured.uuid, 1000)
    const { remaining, followers } = await getChain(stage.ctx, { uuid })
    expect(remaining).toEqual({ toCapture: 0, toRefund: 200 })
    expect(followers.map(({ type }) => type)).toEqual(['increment', 'capture', 'capture', 'refund'])
    await expect(pay({ type: 'void', referenceUuid: uuid })).rejects.toMatchObject({ code: 'TRANSACTION_NOT_ALLOWED' })
  })

  test('never captures twice, however many ask at once', async () => {
    const { uuid } = await hold()
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => follow('capture', uuid, 400)))
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    expect((await getChain(stage.ctx, { uuid })).remaining).toEqual({ toCapture: 200, toRefund: 800 })
  })

  test('a void ends it', async () => {
    const { uuid } = await hold()
    expect(await pay({ type: 'void', referenceUuid: uuid })).toMatchObject({ state: 'success', referenceUuid: uuid })
    await expect(follow('capture', uuid, 1)).rejects.toMatchObject({ code: 'TRANSACTION_NOT_ALLOWED' })
  })
})

describe('what is not decided at once', () => {
  test('a pending payment settles when the worker asks, and only then leaves a profile', async () => {
    const request = { extraData: { outcome: 'pending' }, profile: profile(nextId(), true) }
    const open = await debit('ix::sim-visa', request)
    expect(open).toMatchObject({ state: 'pending', profile: null })
    const [row] = await db().read.select().from(transactions).where(eq(transactions.id, open.id))
    await askAboutOpen(new Date((row?.askAt?.getTime() ?? 0) - 1))
    expect(await getTransaction(stage.ctx, { uuid: open.uuid })).toMatchObject({ state: 'pending' })
    await askAboutOpen(row?.askAt ?? new Date())
    expect(await getTransaction(stage.ctx, { uuid: open.uuid })).toMatchObject({
      state: 'success',
      profile: { paymentToken: expect.stringMatching(/^pt::/) },
    })
  })

  test('a process that died between the two halves leaves a row that the worker resolves, once', async () => {
    const begun = await beginTransaction(stage.ctx, {
      ...{ type: 'debit', token: 'ix::sim-visa', amountMinor: 7, currency: 'EUR', connectorId: stage.connectorId },
      merchantTransactionId: nextId(),
    })
    expect(await getTransaction(stage.ctx, { uuid: begun.uuid })).toMatchObject({ state: 'pending' })
    const soon = new Date(Date.now() + 61_000)
    await Promise.all([askAboutOpen(soon), askAboutOpen(soon)])
    expect(await getTransaction(stage.ctx, { uuid: begun.uuid })).toMatchObject({ state: 'success' })
    const told = await db()
      .read.select()
      .from(auditEvents)
      .where(eq(auditEvents.objectId, String(begun.id)))
    expect(told.filter(({ action }) => action === 'transaction.updated')).toHaveLength(1)
  })

  test('a challenge waits for its person, who decides once', async () => {
    const request = { successUrl: 'https://shop.example/thanks', cancelUrl: 'https://shop.example/back' }
    const open = await debit('ix::sim-3ds-challenge', request)
    expect(open).toMatchObject({ state: 'redirect', redirectUrl: expect.stringContaining(`/pay/${open.uuid}`) })
    expect(await findChallenge(open.uuid)).toMatchObject({ merchant: 'Shop', state: 'redirect', amountMinor: 999 })
    const next = 'https://shop.example/thanks'
    expect(await answerChallenge(open.uuid, 'success')).toEqual({ state: 'success', next })
    expect(await answerChallenge(open.uuid, 'cancelled')).toEqual({ state: 'success', next })
    expect(await findChallenge('0'.repeat(20))).toBeUndefined()
    await expect(answerChallenge('0'.repeat(20), 'success')).rejects.toMatchObject({ code: 'TRANSACTION_NOT_FOUND' })
  })

  test('a test completes one by API, and none that is final', async () => {
    const { uuid } = await debit('ix::sim-3ds-challenge')
    expect(await completeSimulated(stage.ctx, { uuid, outcome: 'error' })).toMatchObject({
      state: 'error',
      errorCode: 2021,
    })
    const again = completeSimulated(stage.ctx, { uuid, outcome: 'success' })
    await expect(again).rejects.toMatchObject({ code: 'TRANSACTION_NOT_ALLOWED' })
  })
})

describe('tokens of test numbers', () => {
  const card = { cardNumber: '5555 5555 5555 4444', expiryMonth: 12, expiryYear: 2030, cardHolder: 'Ada Lovelace' }

  test('pay once, at the merchant that made them', async () => {
    const { token } = await createToken(stage.ctx, card)
    const other = (await makeConnector(at(stage.sister))).connector.id
    const money = { type: 'debit', token, amountMinor: 1, currency: 'EUR' } as const
    await expect(pay(money, { connectorId: other }, at(stage.sister))).rejects.toMatchObject({
      code: 'TOKEN_NOT_FOUND',
    })
    expect(await pay(money)).toMatchObject({
      instrumentData: { brand: 'mastercard', lastFour: '4444', holderName: 'Ada Lovelace' },
    })
    await expect(pay(money)).rejects.toMatchObject({ code: 'TOKEN_NOT_FOUND' })
    const rows = await db().read.select().from(gatewayTokens)
    expect(JSON.stringify(rows)).not.toMatch(/5555555555554444|5555 5555 5555/)
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  test('exist for published numbers only, and a refusal does not repeat the number', async () => {
    const refused = createToken(stage.ctx, { ...card, cardNumber: '4929123456789012' })
    await expect(refused).rejects.toMatchObject({ code: 'VALIDATION_ERROR' })
    const said = await refused.catch((err: { details: unknown }) => JSON.stringify(err.details))
    expect(said).not.toContain('4929')
  })
})
