// Payments through the simulator, from the request to profile, customer, instrument and deposits.
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { closeDb, db } from '#db/client'
import { callbacks, customers, profiles, transactions } from '#db/schema'
import { at, makeConnector, staffAt } from '#db/testing/make'
import { listInstruments } from '../instruments/queries.ts'
import { getProfile } from '../profiles/queries.ts'
import { attachInstrumentOf, detachInstrumentOf } from './attach.ts'
import { processTransaction } from './process.ts'
import { getTransaction, listTransactions } from './queries.ts'
import { nextId, profile, type Stage, setStage } from './testing.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
  return closeDb
})
const pay: Stage['pay'] = (...given) => stage.pay(...given)
const debit: Stage['debit'] = (...given) => stage.debit(...given)

describe('a payment', () => {
  test('succeeds, and is found by both its ids and by nobody else', async () => {
    const paid = await debit()
    expect(paid).toMatchObject({ state: 'success', method: 'card', amountMinor: 999, currency: 'EUR', profile: null })
    expect(paid.purchaseId).toMatch(/^\d{8}-[0-9a-f]{20}$/)
    expect(await getTransaction(stage.ctx, { uuid: paid.uuid })).toEqual(paid)
    expect(await getTransaction(stage.ctx, { merchantTransactionId: paid.merchantTransactionId })).toEqual(paid)
    const unseen = { code: 'TRANSACTION_NOT_FOUND' }
    await expect(getTransaction(at(stage.sister), { uuid: paid.uuid })).rejects.toMatchObject(unseen)
    await expect(getTransaction(at(stage.stranger), { uuid: paid.uuid })).rejects.toMatchObject(unseen)
    const { data } = await listTransactions(stage.ctx, {
      state: ['success'],
      merchantTransactionId: paid.merchantTransactionId,
    })
    expect(data.map(({ uuid }) => uuid)).toEqual([paid.uuid])
    expect((await listTransactions(at(stage.stranger), {})).data).toEqual([])
  })

  test('that is declined is data, and leaves no profile', async () => {
    const identification = `declined-${nextId()}`
    const declined = await debit('ix::sim-visa-declined', { profile: profile(identification, true) })
    expect(declined).toMatchObject({ state: 'error', errorCode: 2003, profile: null })
    const kept = await db().read.select().from(profiles).where(eq(profiles.customerIdentification, identification))
    expect(kept).toEqual([])
  })

  test('is one for each merchantTransactionId, also when many arrive at once', async () => {
    const merchantTransactionId = nextId()
    const twice = {
      connectorId: stage.connectorId,
      merchantTransactionId,
      type: 'debit',
      token: 'ix::sim-visa',
      amountMinor: 5,
      currency: 'EUR',
    } as const
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => processTransaction(stage.ctx, twice)))
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of all)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'TRANSACTION_ID_TAKEN' })
    const rows = await db()
      .read.select()
      .from(transactions)
      .where(eq(transactions.merchantTransactionId, merchantTransactionId))
    expect(rows).toHaveLength(1)
  })

  test('tells its result to its callback address', async () => {
    const paid = await debit('ix::sim-visa', { callbackUrl: 'https://shop.example/cb', bodyHash: 'md5' })
    const [queued] = await db().read.select().from(callbacks).where(eq(callbacks.transactionId, paid.id))
    expect(queued).toMatchObject({
      url: 'https://shop.example/cb',
      bodyHash: 'md5',
      transactionState: 'success',
      attempts: 0,
    })
  })

  test('needs the permission, an enabled connector of the merchant, and something to pay with', async () => {
    const input = { type: 'debit', token: 'ix::sim-visa', amountMinor: 1, currency: 'EUR' } as const
    await expect(pay(input, {}, staffAt(stage.shop, 'support'))).rejects.toMatchObject({ code: 'PERMISSION_MISSING' })
    await expect(pay(input, {}, at(stage.stranger))).rejects.toMatchObject({ code: 'CONNECTOR_NOT_FOUND' })
    const off = (await makeConnector(stage.ctx, { enabled: false })).connector.id
    await expect(pay(input, { connectorId: off })).rejects.toMatchObject({ code: 'CONNECTOR_DISABLED' })
    await expect(pay({ type: 'payout', amountMinor: 1, currency: 'EUR' })).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
    })
    await expect(debit('ix::nothing')).rejects.toMatchObject({ code: 'TOKEN_NOT_FOUND' })
    await expect(debit('pt::00000000000000000000')).rejects.toMatchObject({ code: 'TOKEN_NOT_FOUND' })
  })
})

describe('profiles on the way', () => {
  const customer = {
    firstName: 'Mara',
    lastName: 'Lindqvist',
    email: 'mara@example.com',
    billingCountry: 'SE',
    billingCity: 'Lund',
  }

  test('the first payment makes profile, customer and preferred instrument; deposits add up', async () => {
    const identification = nextId()
    const paid = await debit('ix::sim-visa', { profile: profile(identification, true), customer })
    expect(paid.profile).toMatchObject({ customerIdentification: identification })
    const guid = paid.profile?.profileGuid ?? ''
    const seen = await getProfile(stage.ctx, { profileGuid: guid })
    expect(seen).toMatchObject({
      customerIdentification: identification,
      preferredMethod: 'card',
      customerData: customer,
    })
    expect(seen.instruments).toMatchObject([
      { isPreferred: true, paymentToken: paid.profile?.paymentToken, referenceUuid: paid.uuid },
    ])
    await debit('ix::sim-visa', { profile: profile(identification), customer: { billingCity: 'Malmö' } }, 1)
    const [row] = await db()
      .read.select()
      .from(customers)
      .where(eq(customers.id, seen.customer?.id ?? 0))
    expect(row).toMatchObject({
      name: 'Mara Lindqvist',
      hasPaymentRequests: true,
      deposits: { EUR: 1000 },
      profileGuid: guid,
    })
    const [later] = await db().read.select().from(profiles).where(eq(profiles.profileGuid, guid))
    expect(later?.customerData).toMatchObject({ ...customer, billingCity: 'Malmö' })
    await debit(paid.profile?.paymentToken ?? '', {}, 2)
    const [after] = await db()
      .read.select()
      .from(customers)
      .where(eq(customers.id, seen.customer?.id ?? 0))
    expect(after?.deposits).toEqual({ EUR: 1002 })
  })

  test('simultaneous first payments make one profile and one customer', async () => {
    const identification = nextId()
    const all = await Promise.all(
      Array.from({ length: 8 }, () => debit('ix::sim-visa', { profile: profile(identification, true), customer })),
    )
    expect(new Set(all.map((one) => one.profile?.profileGuid)).size).toBe(1)
    const guid = all[0]?.profile?.profileGuid ?? ''
    const rows = await db().read.select().from(customers).where(eq(customers.profileGuid, guid))
    expect(rows).toHaveLength(1)
    expect(rows[0]?.deposits).toEqual({ EUR: 8 * 999 })
    const saved = await listInstruments(stage.ctx, { profileGuid: guid })
    expect(saved.filter(({ isPreferred }) => isPreferred)).toHaveLength(1)
  })

  test('a token works at the sister merchant, its reference and both at a stranger do not', async () => {
    const paid = await pay({
      type: 'register',
      token: 'ix::sim-visa',
      request: { profile: profile(nextId()), customer },
    })
    const token = paid.profile?.paymentToken ?? ''
    expect(token).toMatch(/^pt::[0-9a-f]{20}$/)
    const theirs = (await makeConnector(at(stage.sister))).connector.id
    const money = { type: 'debit', amountMinor: 1, currency: 'EUR' } as const
    expect(await pay({ ...money, token }, { connectorId: theirs }, at(stage.sister))).toMatchObject({
      state: 'success',
    })
    expect(await pay({ ...money, referenceUuid: paid.uuid })).toMatchObject({ state: 'success' })
    const unseen = { code: 'TRANSACTION_NOT_FOUND' }
    await expect(
      pay({ ...money, referenceUuid: paid.uuid }, { connectorId: theirs }, at(stage.sister)),
    ).rejects.toMatchObject(unseen)
    const far = (await makeConnector(at(stage.stranger))).connector.id
    await expect(pay({ ...money, token }, { connectorId: far }, at(stage.stranger))).rejects.toMatchObject({
      code: 'TOKEN_NOT_FOUND',
    })
    await expect(
      pay({ ...money, referenceUuid: paid.uuid }, { connectorId: far }, at(stage.stranger)),
    ).rejects.toMatchObject(unseen)
  })

  test('a connector without a container refuses a profile and takes a plain payment', async () => {
    const bare = (await makeConnector(at(stage.stranger))).connector.id
    const money = { type: 'debit', token: 'ix::sim-visa', amountMinor: 1, currency: 'EUR' } as const
    const asked = pay({ ...money, request: { profile: profile('x') } }, { connectorId: bare }, at(stage.stranger))
    await expect(asked).rejects.toMatchObject({ code: 'CONTAINER_MISSING' })
    expect(await pay(money, { connectorId: bare }, at(stage.stranger))).toMatchObject({ state: 'success' })
    const unknown = debit('ix::sim-visa', { profile: { profileGuid: 'CP-0000-0000-0000-0000-0000-0000' } })
    await expect(unknown).rejects.toMatchObject({ code: 'PROFILE_NOT_FOUND' })
  })

  test('deregistering takes the instrument away', async () => {
    const { profile: saved } = await pay({
      type: 'register',
      token: 'ix::sim-visa',
      request: { profile: profile(nextId()), customer },
    })
    const token = saved?.paymentToken ?? ''
    expect(await pay({ type: 'deregister', token })).toMatchObject({ state: 'success' })
    await expect(debit(token)).rejects.toMatchObject({ code: 'TOKEN_NOT_FOUND' })
    expect(await listInstruments(stage.ctx, { profileGuid: saved?.profileGuid ?? '' })).toEqual([])
  })

  test('so it does with a registration that is in no profile', async () => {
    const { uuid: referenceUuid } = await pay({ type: 'register', token: 'ix::sim-visa' })
    const again = () => pay({ type: 'debit', referenceUuid, amountMinor: 1, currency: 'EUR' })
    expect(await again()).toMatchObject({ state: 'success' })
    expect(await pay({ type: 'deregister', referenceUuid })).toMatchObject({ state: 'success', referenceUuid })
    await expect(again()).rejects.toMatchObject({ code: 'TRANSACTION_NOT_ALLOWED' })
    const into = { connectorId: stage.connectorId, transactionUuid: referenceUuid, customerIdentification: nextId() }
    await expect(attachInstrumentOf(stage.ctx, into)).rejects.toMatchObject({ code: 'TRANSACTION_NOT_FOUND' })
  })

  test('what a payment registered without a profile goes into one afterwards, and out again', async () => {
    const { uuid: transactionUuid } = await pay({ type: 'register', token: 'ix::sim-visa', request: { customer } })
    const customerIdentification = nextId()
    const into = { connectorId: stage.connectorId, transactionUuid, customerIdentification }
    await expect(attachInstrumentOf(stage.ctx, into)).rejects.toMatchObject({ code: 'PROFILE_NOT_FOUND' })
    const attached = await attachInstrumentOf(stage.ctx, { ...into, createProfileIfNotExists: true })
    expect(await debit(attached.paymentToken)).toMatchObject({ state: 'success' })
    await expect(attachInstrumentOf(stage.ctx, into)).rejects.toMatchObject({ code: 'INSTRUMENT_ATTACHED' })
    expect(await detachInstrumentOf(stage.ctx, into)).toEqual({ profileGuid: attached.profileGuid })
    await expect(detachInstrumentOf(stage.ctx, into)).rejects.toMatchObject({ code: 'INSTRUMENT_NOT_ATTACHED' })
    const paid = await debit()
    const wrong = { connectorId: stage.connectorId, transactionUuid: paid.uuid, customerIdentification }
    await expect(attachInstrumentOf(stage.ctx, wrong)).rejects.toMatchObject({ code: 'TRANSACTION_NOT_FOUND' })
  })
})
