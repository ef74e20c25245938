// Movements by the payment API, sentence by sentence of its contract.
import { beforeAll, describe, expect, test } from 'vitest'
import { at, makeConnector, makeContainer } from '#db/testing/make'
import { setMember } from '../../connectors/members.ts'
import { debit, gateway, nextId, openTown, type Town } from './testing.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
const pay = async (given: object = {}, call = 'debit') =>
  (await town.harbor.post(`transaction/${call}`, debit(given))).body
const follow = async (call: string, referenceUuid: string, amount?: string) => {
  const money = amount === undefined ? {} : { amount, currency: 'EUR' }
  const body = { merchantTransactionId: nextId(), referenceUuid, ...money }
  return (await town.harbor.post(`transaction/${call}`, body)).body
}

test('11: a meta-connector routes a stored instrument to the member that created it', async () => {
  const { merchantId } = town.harbor
  const own = await makeContainer(at(merchantId), { name: 'Meta wallet' })
  const made = async (name: string, adapter: 'simulator' | 'meta') =>
    makeConnector(at(merchantId), { name, adapter, containerId: own.id })
  const [first, second, meta] = [
    await made('one', 'simulator'),
    await made('two', 'simulator'),
    await made('meta', 'meta'),
  ]
  const router = gateway(merchantId, meta)
  const none = await router.post('transaction/debit', debit())
  expect(none.body).toMatchObject({ success: false, errorCode: 1007 })
  const connectorId = meta.connector.id
  await setMember(at(merchantId), { connectorId, memberId: first.connector.id, currency: 'USD' })
  await setMember(at(merchantId), { connectorId, memberId: second.connector.id, currency: 'EUR' })
  const executed = async (uuid: string) => (await town.api.get(`/transactions/${uuid}`)).body.connectorId
  const customerProfileData = { customerIdentification: nextId(), markAsPreferred: true }
  const { body } = await router.post('transaction/debit', debit({ customerProfileData }))
  expect(await executed(body.uuid)).toBe(second.connector.id)
  const transactionToken = body.customerProfileData.paymentToken
  const again = await router.post('transaction/debit', debit({ transactionToken, currency: 'USD' }))
  expect(await executed(again.body.uuid)).toBe(second.connector.id)
  expect(await executed((await router.post('transaction/debit', debit({ currency: 'USD' }))).body.uuid)).toBe(
    first.connector.id,
  )
  expect((await router.post('transaction/debit', debit({ currency: 'GBP' }))).body.errorCode).toBe(1007)
})

test('12: a repeated merchantTransactionId is 3004, also when both arrive at once', async () => {
  const body = debit()
  const all = await Promise.all([1, 2, 3, 4].map(() => town.harbor.post('transaction/debit', body)))
  expect(all.filter((one) => one.body.success)).toHaveLength(1)
  const refused = all.find((one) => !one.body.success)?.body
  expect(refused).toEqual({
    success: false,
    errorMessage: `The transaction ID '${body.merchantTransactionId}' already exists!`,
    errorCode: 3004,
  })
})

test('13: a declined card is 200 with uuid and errors, and leaves no profile', async () => {
  const customerIdentification = nextId()
  const answer = await pay({
    transactionToken: 'ix::sim-visa-declined',
    customerProfileData: { customerIdentification },
  })
  expect(answer).toMatchObject({
    success: false,
    uuid: expect.any(String),
    returnType: 'ERROR',
    errors: [
      { errorCode: 2003, errorMessage: expect.any(String), adapterCode: '2003', adapterMessage: expect.any(String) },
    ],
  })
  expect(answer).not.toHaveProperty('errorMessage')
  const { body } = await town.harbor.post('customerProfiles/getProfile', { customerIdentification })
  expect(body.profileExists).toBe(false)
})

describe('14: what a test card comes to', () => {
  test.each([
    ['visa', 'FINISHED', undefined],
    ['mastercard-declined', 'ERROR', 2003],
    ['3ds-frictionless', 'FINISHED', undefined],
    ['3ds-attempted', 'FINISHED', undefined],
    ['3ds-challenge', 'REDIRECT', undefined],
    ['3ds-unauthenticated', 'ERROR', 2021],
    ['3ds-rejected', 'ERROR', 2021],
    ['3ds-not-enrolled', 'FINISHED', undefined],
    ['3ds-timeout', 'ERROR', 3001],
    ['3ds-network', 'ERROR', 3005],
    ['3ds-invalid-card', 'ERROR', 2008],
  ])('%s: %s', async (card, returnType, errorCode) => {
    const answer = await pay({ transactionToken: `ix::sim-${card}` })
    expect(answer.returnType).toBe(returnType)
    expect(answer.errors?.[0]?.errorCode).toBe(errorCode)
  })

  test('without anything to pay with the person is sent to the payment page', async () => {
    for (const call of ['debit', 'preauthorize', 'register']) {
      const { transactionToken: _token, ...body } = debit()
      const answer = (await town.harbor.post(`transaction/${call}`, body)).body
      const redirectUrl = expect.stringMatching(new RegExp(`/pay/${answer.uuid}$`))
      expect(answer).toMatchObject({ success: true, returnType: 'REDIRECT', redirectType: 'fullpage', redirectUrl })
      expect((await town.harbor.status('getByUuid', answer.uuid)).body.transactionStatus).toBe('REDIRECT')
    }
  })

  test('a challenge redirects, settles once, and its status follows', async () => {
    const answer = await pay({ transactionToken: 'ix::sim-3ds-challenge' })
    expect(answer).toMatchObject({
      success: true,
      redirectUrl: expect.stringMatching(new RegExp(`/pay/${answer.uuid}$`)),
    })
    const state = async () => (await town.harbor.status('getByUuid', answer.uuid)).body.transactionStatus
    expect(await state()).toBe('REDIRECT')
    const complete = (outcome: string) => town.api.post(`/simulator/transactions/${answer.uuid}/complete`, { outcome })
    expect((await complete('success')).body.state).toBe('success')
    expect((await complete('cancelled')).status).toBe(409)
    expect(await state()).toBe('SUCCESS')
  })

  test('a token of a test number pays once; any other number gets none', async () => {
    const card = { cardNumber: '5555555555554444', expiryMonth: 12, expiryYear: 2030 }
    const { token } = (await town.api.post('/simulator/tokens', card)).body
    expect(await pay({ transactionToken: token })).toMatchObject({
      returnData: { type: 'mastercard', lastFourDigits: '4444' },
    })
    expect((await pay({ transactionToken: token })).errorCode).toBe(1002)
    const refused = await town.api.post('/simulator/tokens', { ...card, cardNumber: '4929420573595709' })
    expect(refused.status).toBe(400)
    expect(Object.keys(refused.body.errors)).toEqual(['cardNumber'])
    expect(refused.text).not.toContain('4929')
    for (const given of [
      { ...card, cvv: '123' },
      { ...card, cardHolder: '4929420573595709' },
      { ...card, '4929420573595709': 'x' },
      { ...card, cardNumber: { number: '4929420573595709' } },
      ['4929420573595709'],
      { ...card, cardNumber: 4929420573595709 },
    ]) {
      const answer = await town.api.post('/simulator/tokens', given)
      expect(answer.status, JSON.stringify(given)).toBe(400)
      expect(answer.text).not.toContain('4929420573595709')
    }
  })
})

describe('15: what follows a payment', () => {
  test('changes what both status calls show, and never goes beyond what is left', async () => {
    const { uuid } = await pay({ amount: '10.00' }, 'preauthorize')
    expect(await follow('capture', uuid, '6.00')).toMatchObject({ success: true, returnType: 'FINISHED' })
    expect(await follow('capture', uuid, '4.01')).toMatchObject({
      success: false,
      returnType: 'ERROR',
      errorCode: 3002,
      errors: [{ errorCode: 3002 }],
    })
    expect(await follow('incrementalAuthorization', uuid, '1.00')).toMatchObject({ success: true })
    const refunded = await follow('refund', uuid, '5.00')
    const { body } = await town.harbor.status('getByUuid', refunded.uuid)
    expect(body).toMatchObject({
      success: true,
      transactionStatus: 'SUCCESS',
      transactionType: 'REFUND',
      amount: '5.00',
      currency: 'EUR',
    })
    expect(await follow('refund', uuid, '1.01')).toMatchObject({ errorCode: 3002 })
    expect(await follow('void', uuid)).toMatchObject({ errorCode: 3002 })
    const held = await pay({}, 'preauthorize')
    expect(await follow('void', held.uuid)).toMatchObject({ success: true })
    expect(await follow('capture', '0'.repeat(20), '1.00')).toMatchObject({ errorCode: 8001 })
  })

  test('both status calls say the same, in the words of the status', async () => {
    const sent = debit({ extraData: { order: '7' }, merchantMetaData: 'shelf 3', customer: { email: 'a@example.com' } })
    const { body: paid } = await town.harbor.post('transaction/debit', sent)
    const { body } = await town.harbor.status('getByUuid', paid.uuid)
    expect(body).toEqual({
      success: true,
      transactionStatus: 'SUCCESS',
      uuid: paid.uuid,
      merchantTransactionId: sent.merchantTransactionId,
      purchaseId: paid.purchaseId,
      transactionType: 'DEBIT',
      paymentMethod: 'Creditcard',
      amount: '9.99',
      currency: 'EUR',
      customer: { email: 'a@example.com' },
      returnData: paid.returnData,
      extraData: { order: '7' },
      merchantMetaData: 'shelf 3',
    })
    const byId = await town.harbor.status('getByMerchantTransactionId', sent.merchantTransactionId)
    expect(byId.body).toEqual(body)
    const declined = await pay({ transactionToken: 'ix::sim-visa-declined' })
    const { body: shown } = await town.harbor.status('getByUuid', declined.uuid)
    expect(shown).toMatchObject({ transactionStatus: 'ERROR', errors: [{ code: 2003, message: expect.any(String) }] })
    const unknown = await town.fjord.status('getByUuid', paid.uuid)
    expect([unknown.status, unknown.body]).toEqual([
      200,
      { success: false, errorMessage: 'Transaction not found', errorCode: 8001 },
    ])
  })

  test('deregistering ends an instrument; a schedule is not offered', async () => {
    const customerProfileData = { customerIdentification: nextId(), markAsPreferred: true }
    const { customerProfileData: saved } = await pay({ customerProfileData })
    const body = { merchantTransactionId: nextId(), transactionToken: saved.paymentToken }
    expect((await town.harbor.post('transaction/deregister', body)).body).toMatchObject({ success: true })
    expect(await pay({ transactionToken: saved.paymentToken })).toMatchObject({ errorCode: 1002 })
    expect(await pay({ schedule: { amount: '1.00' } })).toMatchObject({ errorCode: 3002 })
  })
})

test('amounts, accounts and outcomes of the simulator', async () => {
  expect((await pay({ amount: '65.00' })).errors[0].errorCode).toBe(2022)
  const account = (ending: string) =>
    pay({ transactionToken: null, customer: { paymentData: { ibanData: { iban: `DE8937040044053201${ending}` } } } })
  expect(await account('1111')).toMatchObject({ returnType: 'FINISHED', paymentMethod: 'Directdebit' })
  expect(await account('2222')).toMatchObject({ success: true, returnType: 'PENDING' })
  expect((await account('2006')).errors[0].errorCode).toBe(2006)
  expect((await pay({ extraData: { outcome: '2015' } })).errors[0].errorCode).toBe(2015)
})
