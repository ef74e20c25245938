// Profiles by the payment API, sentence by sentence of its contract.
import { beforeAll, describe, expect, test } from 'vitest'
import { at } from '#db/testing/make'
import { setDefaultContainer } from '../../containers/commands.ts'
import { updateMerchantSettings } from '../../merchants/commands.ts'
import { debit, nextId, openTown, type Town } from './testing.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})

const customer = { firstName: 'Mara', email: 'mara@example.com', billingCountry: 'SE', birthDate: '1990-04-02' }

/** The documented first purchase: a debit that stores the card and makes it the preferred one. */
async function firstPurchase(customerIdentification = nextId(), given: object = {}) {
  const customerProfileData = { customerIdentification, markAsPreferred: true }
  const body = debit({
    customer: { identification: customerIdentification, ...customer },
    customerProfileData,
    ...given,
  })
  const { body: answer } = await town.harbor.post('transaction/debit', body)
  return answer.customerProfileData as { profileGuid: string; customerIdentification: string; paymentToken: string }
}
const read = async (selector: object, shop = town.harbor) =>
  (await shop.post('customerProfiles/getProfile', selector)).body

describe('4 and 5: a first purchase makes a profile', () => {
  test('as documented, found by guid in either case and by identification alike', async () => {
    const identification = '616c6578-2e73-6d69-7468-406578616d70'
    const customerProfileData = { customerIdentification: identification, markAsPreferred: true }
    const body = debit({ customer: { identification, ...customer }, customerProfileData })
    const { status, body: answer } = await town.harbor.post('transaction/debit', body)
    expect(status).toBe(200)
    expect(answer).toMatchObject({
      success: true,
      uuid: expect.stringMatching(/^[0-9a-f]{20}$/),
      returnType: 'FINISHED',
      paymentMethod: 'Creditcard',
      returnData: {
        _TYPE: 'cardData',
        type: 'visa',
        expiryMonth: '12',
        firstSixDigits: '411111',
        lastFourDigits: '1111',
      },
      customerProfileData: {
        profileGuid: expect.stringMatching(/^CP(-[0-9A-F]{4}){6}$/),
        customerIdentification: identification,
        paymentToken: expect.stringMatching(/^pt::[0-9a-f]{20}$/),
      },
    })
    expect(answer).not.toHaveProperty('errorMessage')
    const { profileGuid, paymentToken } = answer.customerProfileData
    const found = await read({ customerIdentification: identification })
    expect(found).toEqual({
      success: true,
      profileExists: true,
      profileGuid,
      customerIdentification: identification,
      preferredMethod: 'Creditcard',
      customer: { _TYPE: 'customerData', identification, ...customer },
      paymentInstruments: [
        {
          _TYPE: 'paymentInstrument',
          createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
          method: 'card',
          paymentToken,
          isPreferred: true,
          associatedTokenType: null,
          paymentData: {
            _TYPE: 'paymentData.card',
            brand: 'visa',
            cardHolder: 'Test Holder',
            expiryMonth: 12,
            expiryYear: new Date().getUTCFullYear() + 3,
            firstSixDigits: '411111',
            lastFourDigits: '1111',
          },
        },
      ],
    })
    expect(await read({ profileGuid })).toEqual(found)
    expect(await read({ profileGuid: profileGuid.toLowerCase() })).toEqual(found)
  })

  test('an unknown one is the documented answer; none or both selectors are 1002', async () => {
    const answer = await town.harbor.post('customerProfiles/getProfile', { customerIdentification: 'nobody' })
    expect([answer.status, answer.body]).toEqual([
      200,
      {
        success: false,
        profileExists: false,
        profileGuid: null,
        customerIdentification: null,
        preferredMethod: null,
        customer: null,
        paymentInstruments: [],
      },
    ])
    const { profileGuid, customerIdentification } = await firstPurchase()
    for (const selector of [{}, { profileGuid, customerIdentification }])
      expect((await read(selector)).errorCode).toBe(1002)
  })
})

test('6: at most one instrument is preferred, however it was chosen', async () => {
  const first = await firstPurchase()
  const { customerIdentification, profileGuid } = first
  const second = await firstPurchase(customerIdentification, { transactionToken: 'ix::sim-mastercard' })
  const preferred = async () =>
    (await read({ profileGuid })).paymentInstruments
      .filter((one: { isPreferred: boolean }) => one.isPreferred)
      .map((one: { paymentToken: string }) => one.paymentToken)
  expect(await preferred()).toEqual([second.paymentToken])
  const change = { profileGuid, preferredInstrument: first.paymentToken }
  const updated = await town.harbor.post('customerProfiles/updateProfile', change)
  expect(updated.body.changedFields).toEqual(['preferredInstrument'])
  expect(await preferred()).toEqual([first.paymentToken])
  const iban = { ibanData: { iban: 'DE89370400440532013000' } }
  const account = {
    merchantTransactionId: nextId(),
    customer: { paymentData: iban },
    customerProfileData: { profileGuid, markAsPreferred: true },
  }
  expect((await town.harbor.post('transaction/register', account)).body).toMatchObject({
    success: true,
    paymentMethod: 'Directdebit',
  })
  expect((await read({ profileGuid })).preferredMethod).toBe('Directdebit')
})

describe('7: updateProfile', () => {
  test('lists exactly what changed, and nothing when nothing did', async () => {
    const { profileGuid, customerIdentification } = await firstPurchase()
    const change = async (customerData: object) =>
      (await town.harbor.post('customerProfiles/updateProfile', { profileGuid, customerData })).body
    const updated = await change({ email: 'new@example.com', firstName: 'Mara', billingCity: 'Lund' })
    expect(updated).toMatchObject({ success: true, profileGuid, customerIdentification })
    expect(updated.customer).toMatchObject({ _TYPE: 'customerData', email: 'new@example.com', billingCity: 'Lund' })
    expect(updated.changedFields.sort()).toEqual(['billingCity', 'email'])
    expect((await change({ email: 'new@example.com' })).changedFields).toEqual([])
    expect((await change({ billingCity: null, extraData: { level: 'gold' } })).changedFields.sort()).toEqual([
      'billingCity',
      'extraData',
    ])
    expect((await read({ profileGuid })).customer).toMatchObject({ extraData: { level: 'gold' } })
    const refused = await change({ firstName: 'x'.repeat(51), email: 'other@example.com' })
    expect(refused).toMatchObject({ success: false, errorCode: 1002 })
    expect((await read({ profileGuid })).customer.email).toBe('new@example.com')
  })

  test("changes the merchant's own customer with it, and no other merchant's", async () => {
    const { profileGuid } = await firstPurchase()
    await town.harbor.post('customerProfiles/updateProfile', {
      profileGuid,
      customerData: { email: 'moved@example.com' },
    })
    const { data } = (await town.api.get('/customers?q=moved@example.com')).body
    expect(data).toMatchObject([{ email: 'moved@example.com', profileGuid }])
  })

  test('an unknown profile, or the instrument of another, is 1002', async () => {
    const other = await firstPurchase()
    const { profileGuid } = await firstPurchase()
    const update = async (body: object) =>
      (await town.harbor.post('customerProfiles/updateProfile', body)).body.errorCode
    expect(await update({ customerIdentification: 'nobody', customerData: { email: 'a@example.com' } })).toBe(1002)
    expect(await update({ profileGuid, preferredInstrument: other.paymentToken })).toBe(1002)
  })
})

test('8: deleteProfile takes profile and instruments, and leaves the transactions', async () => {
  const { profileGuid, customerIdentification, paymentToken } = await firstPurchase()
  const { body } = await town.harbor.post('customerProfiles/deleteProfile', { customerIdentification })
  expect(body).toEqual({ success: true })
  expect((await read({ profileGuid })).profileExists).toBe(false)
  expect((await town.harbor.post('transaction/debit', debit({ transactionToken: paymentToken }))).body.errorCode).toBe(
    1002,
  )
  expect((await town.harbor.post('customerProfiles/deleteProfile', { profileGuid })).body.errorCode).toBe(1002)
  const { data } = (await town.api.get('/transactions?type=debit&limit=100')).body
  expect(data.some((one: { profileGuid: string }) => one.profileGuid === profileGuid)).toBe(true)
})

describe('9 and 10: containers', () => {
  test('an identification is one profile in a container and two in two', async () => {
    const identification = nextId()
    const { profileGuid } = await firstPurchase(identification)
    const pay = async (shop: typeof town.harbor) => {
      const body = debit({ customer, customerProfileData: { customerIdentification: identification } })
      return (await shop.post('transaction/debit', body)).body.customerProfileData.profileGuid
    }
    expect(await pay(town.fjord)).toBe(profileGuid)
    expect(await pay(town.atlas)).not.toBe(profileGuid)
    const fresh = nextId()
    const once = debit({ customer, customerProfileData: { customerIdentification: fresh, markAsPreferred: true } })
    const both = await Promise.all(
      [1, 2, 3, 4].map(() => town.harbor.post('transaction/debit', { ...once, merchantTransactionId: nextId() })),
    )
    expect(new Set(both.map(({ body }) => body.customerProfileData.profileGuid)).size).toBe(1)
  })

  test('a token pays at the sister, its reference does not, and neither works at a stranger', async () => {
    const customerIdentification = nextId()
    const register = {
      merchantTransactionId: nextId(),
      transactionToken: 'ix::sim-visa',
      customerProfileData: { customerIdentification },
    }
    const { uuid, customerProfileData } = (await town.harbor.post('transaction/register', register)).body
    const byToken = { transactionToken: customerProfileData.paymentToken }
    const byReference = { transactionToken: undefined, referenceUuid: uuid }
    const pay = async (shop: typeof town.harbor, given: object) =>
      (await shop.post('transaction/debit', debit(given))).body
    expect(await pay(town.harbor, byReference)).toMatchObject({ success: true })
    expect(await pay(town.fjord, byToken)).toMatchObject({ success: true })
    expect(await pay(town.fjord, byReference)).toMatchObject({ success: false, errorCode: 8001 })
    expect(await pay(town.atlas, byToken)).toMatchObject({ success: false, errorCode: 1002 })
    expect(await pay(town.atlas, byReference)).toMatchObject({ success: false, errorCode: 8001 })
    expect((await read({ customerIdentification }, town.fjord)).paymentInstruments).toHaveLength(1)
    expect((await read({ customerIdentification }, town.atlas)).profileExists).toBe(false)
  })

  test('a merchant whose plan has no profiles is told so, and pays without them', async () => {
    const { merchantId, post } = town.fjord
    await updateMerchantSettings(at(merchantId), { profilesEnabled: false })
    const customerProfileData = { customerIdentification: nextId() }
    expect((await post('customerProfiles/getProfile', customerProfileData)).body).toMatchObject({
      success: false,
      errorCode: 1007,
    })
    expect((await post('transaction/debit', debit({ customerProfileData }))).body.errorCode).toBe(1007)
    expect((await post('transaction/debit', debit())).body.success).toBe(true)
    await updateMerchantSettings(at(merchantId), { profilesEnabled: true })
    expect((await post('customerProfiles/getProfile', customerProfileData)).body.profileExists).toBe(false)
  })

  test('a connector without a container is 1007', async () => {
    const { merchantId, post } = town.atlas
    await setDefaultContainer(at(merchantId), { containerId: null })
    const answer = await post('customerProfiles/getProfile', { customerIdentification: 'x' })
    expect([answer.status, answer.body.errorCode]).toEqual([200, 1007])
  })
})

test('17: attach and detach have codes that are words', async () => {
  const register = async () =>
    (
      await town.harbor.post('transaction/register', {
        merchantTransactionId: nextId(),
        transactionToken: 'ix::sim-visa',
      })
    ).body.uuid
  const transactionUuid = await register()
  const customerIdentification = nextId()
  const attach = async (given: object) => {
    const { status, body } = await town.harbor.post('customerProfiles/attachPaymentInstrument', {
      transactionUuid,
      customerIdentification,
      ...given,
    })
    return [status, body] as const
  }
  expect(await attach({})).toMatchObject([
    404,
    { success: false, errorCode: 'PROFILE_NOT_FOUND', message: expect.any(String) },
  ])
  const [status, attached] = await attach({ createProfileIfNotExists: true })
  expect([status, attached]).toMatchObject([
    200,
    { success: true, message: expect.any(String), paymentToken: expect.stringMatching(/^pt::/) },
  ])
  expect(await attach({})).toMatchObject([422, { errorCode: 'ALREADY_ATTACHED' }])
  expect(await attach({ transactionUuid: '0'.repeat(20) })).toMatchObject([404, { errorCode: 'TRANSACTION_NOT_FOUND' }])
  const detach = async () => {
    const { status: code, body } = await town.harbor.post('customerProfiles/detachPaymentInstrument', {
      transactionUuid,
      customerIdentification,
    })
    return [code, body] as const
  }
  expect(await detach()).toMatchObject([200, { success: true, profileGuid: attached.profileGuid }])
  expect(await detach()).toMatchObject([422, { success: false, errorCode: 'NOT_ATTACHED' }])
})

test('20: a profile made here is at once a customer of the merchant, with its deposits', async () => {
  const { profileGuid, customerIdentification } = await firstPurchase(nextId(), { customer: {} })
  const { data } = (await town.api.get(`/customers?q=${customerIdentification}`)).body
  expect(data).toMatchObject([{ name: customerIdentification, profileGuid, hasPaymentRequests: true }])
  expect(data[0].totals).toEqual([{ currency: 'EUR', amountMinor: 999 }])
  for (const place of [`customers/${data[0].id}`, `customers/${data[0].customerId}`, `profiles/${profileGuid}`]) {
    const paid = (await town.api.get(`/${place}/transactions?include=total`)).body
    expect(paid, place).toMatchObject({ data: [{ type: 'debit', profileGuid }], total: { value: 1 } })
  }
  expect((await town.api.get('/customers/900000000000001/transactions')).status).toBe(404)
  const methods = (await town.api.get(`/users/payment-methods/${data[0].id}`)).body
  expect(methods).toMatchObject([{ brand: 'visa', last4: '1111', isDefault: true }])
})
