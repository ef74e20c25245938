// Payments through a gateway over HTTP: a second Clientele whose simulator stands behind its own payment API. What cannot
// be known from an answer is asked for, and no order is ever sent twice.
import { and, desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { db } from '#db/client'
import { auditEvents, callbacks, transactions } from '#db/schema'
import { makeConnector } from '#db/testing/make'
import { renderCallback } from '../api/ixopay/callback.ts'
import { call, client } from '../api/testing.ts'
import { sendDueCallbacks } from '../callbacks/send-due.ts'
import { setMember } from '../connectors/members.ts'
import { env } from '../env.ts'
import { beginTransaction } from '../transactions/begin.ts'
import { answerChallenge } from '../transactions/challenge.ts'
import { askAboutOpen } from '../transactions/process.ts'
import { getTransaction } from '../transactions/queries.ts'
import { nextId, profile } from '../transactions/testing.ts'
import { signatureOf } from './signature.ts'
import { type Abroad, setAbroad } from './testing.ts'

// Gateway and we ourselves listen on loopback, which only this setting allows; where is known once they listen.
vi.mock('../env.ts', async (original) => {
  const { env } = await original<typeof import('../env.ts')>()
  return { env: { ...env, WEBHOOK_ALLOW_HOSTS: 'localhost' } }
})

let abroad: Abroad
beforeAll(async () => {
  abroad = await setAbroad()
  Object.assign(env, { publicUrl: abroad.origin })
})
afterAll(() => abroad.close())

const later = (minutes: number) => new Date(Date.now() + minutes * 60_000)
const shown = (uuid: string) => getTransaction(abroad.ctx, { uuid })
/** The gateway's own row of one of our movements. */
const there = async (uuid: string) => {
  const its = and(eq(transactions.merchantId, abroad.acquirer), eq(transactions.merchantTransactionId, uuid))
  return (await db().read.select().from(transactions).where(its))[0]
}
const here = async (uuid: string) => (await db().read.select().from(transactions).where(eq(transactions.uuid, uuid)))[0]
const sends = () => abroad.line.seen.filter((one) => one.startsWith('POST')).length

describe('a payment', () => {
  test('is taken by the gateway under our uuid, and its card is described by it', async () => {
    const paid = await abroad.debit('ix::sim-visa', { extraData: { basket: '7' } })
    expect(paid).toMatchObject({
      state: 'success',
      method: 'card',
      instrumentData: { brand: 'visa', firstSix: '411111', lastFour: '1111', holderName: 'Test Holder' },
    })
    const its = await there(paid.uuid)
    expect(its).toMatchObject({ state: 'success', amountMinor: 999, currency: 'EUR', type: 'debit' })
    expect(await here(paid.uuid)).toMatchObject({ gatewayReference: its?.uuid, askAt: null })
    expect(JSON.stringify(await here(paid.uuid))).not.toContain('ix::')
  })

  test('is declined with the words of the gateway', async () => {
    const declined = await abroad.debit('ix::sim-visa-declined')
    expect(declined).toMatchObject({ state: 'error', errorCode: 2003, adapterCode: '2003' })
    expect(declined.adapterMessage).toContain('Simulated')
    expect(await abroad.debit('ix::nobody-knows-this')).toMatchObject({ state: 'error', errorCode: 1002 })
  })

  test('is held, widened, captured, given back and released', async () => {
    const hold = () => abroad.pay({ type: 'preauthorize', token: 'ix::sim-visa', amountMinor: 1000, currency: 'EUR' })
    const { uuid } = await hold()
    const follow = { referenceUuid: uuid, currency: 'EUR' }
    for (const [type, amountMinor] of [
      ['increment', 500],
      ['capture', 1200],
      ['refund', 200],
    ] as const) {
      const done = await abroad.pay({ type, amountMinor, ...follow })
      expect([type, done.state, done.errorMessage]).toEqual([type, 'success', null])
      expect(await there(done.uuid)).toMatchObject({ type, amountMinor, state: 'success' })
    }
    const released = await abroad.pay({ type: 'void', referenceUuid: (await hold()).uuid })
    expect(await there(released.uuid)).toMatchObject({ type: 'void', state: 'success' })
  })

  test('has a type that is not sent with what another gateway stores', async () => {
    const simulated = await makeConnector(abroad.ctx)
    const other = { connectorId: simulated.connector.id }
    const { profile: kept } = await abroad.pay(
      { type: 'register', token: 'ix::sim-visa', request: { profile: profile(nextId()) } },
      other,
    )
    const token = kept?.paymentToken ?? ''
    await expect(abroad.debit(token)).rejects.toMatchObject({ code: 'CONNECTOR_MISMATCH' })
  })
})

describe('a stored instrument', () => {
  test('is charged, credited and forgotten by the registration that the gateway knows', async () => {
    const stored = await abroad.pay({
      type: 'register',
      token: 'ix::sim-mastercard',
      request: { profile: profile(nextId(), true), customer: { firstName: 'Mara', email: 'mara@example.com' } },
    })
    expect(stored).toMatchObject({ state: 'success', profile: { paymentToken: expect.stringMatching(/^pt::/) } })
    const token = stored.profile?.paymentToken ?? ''
    const registration = await there(stored.uuid)
    const byToken = await abroad.debit(token)
    const byReference = await abroad.pay({
      ...{ type: 'debit', referenceUuid: stored.uuid, amountMinor: 5, currency: 'EUR' },
    })
    const payout = await abroad.pay({ type: 'payout', token, amountMinor: 7, currency: 'EUR' })
    for (const { uuid, state } of [byToken, byReference, payout]) {
      expect(state).toBe('success')
      expect(await there(uuid)).toMatchObject({ state: 'success', instrumentData: registration?.instrumentData })
    }
    const bodies = abroad.line.bodies.slice(-3).map((text) => JSON.parse(text).referenceUuid)
    expect(bodies).toEqual([registration?.uuid, registration?.uuid, registration?.uuid])
    const forgotten = await abroad.pay({ type: 'deregister', token })
    expect(await there(forgotten.uuid)).toMatchObject({ type: 'deregister', state: 'success' })
    await expect(abroad.debit(token)).rejects.toMatchObject({ code: 'TOKEN_NOT_FOUND' })
  })

  test('of an account is kept by us as its ends only, and by the gateway', async () => {
    const paymentData = { type: 'iban', iban: 'DE00123456780000001111' } as const
    const kept = await abroad.pay({ type: 'register', paymentData, request: { profile: profile(nextId()) } })
    expect(kept).toMatchObject({ state: 'success', method: 'iban', instrumentData: { ibanMasked: 'DE•• … 1111' } })
    expect(await abroad.debit(kept.profile?.paymentToken ?? '')).toMatchObject({ state: 'success', method: 'iban' })
    expect(JSON.stringify(await here(kept.uuid))).not.toContain(paymentData.iban)
  })

  test('and a token of its fields find their way through a meta-connector', async () => {
    const { connector } = await makeConnector(abroad.ctx, { adapter: 'meta' })
    const simulated = (await makeConnector(abroad.ctx)).connector.id
    for (const memberId of [simulated, abroad.connectorId]) {
      await setMember(abroad.ctx, { connectorId: connector.id, memberId })
    }
    const via = { connectorId: connector.id }
    const paid = await abroad.pay({ type: 'debit', token: 'ix::fields', amountMinor: 1, currency: 'EUR' }, via)
    expect(paid).toMatchObject({ connectorId: abroad.connectorId, state: 'error', errorCode: 1002 })
  })
})

describe('what is decided later', () => {
  test('a pending payment is asked about until it is settled, and told once', async () => {
    const callbackUrl = `${abroad.origin}/nowhere`
    const request = { extraData: { outcome: 'pending' }, callbackUrl, profile: profile(nextId(), true) }
    const open = await abroad.debit('ix::sim-visa', request)
    expect(open).toMatchObject({ state: 'pending', profile: null })
    await askAboutOpen(later(2))
    expect(await shown(open.uuid)).toMatchObject({ state: 'pending' })
    await askAboutOpen(later(6))
    await askAboutOpen(later(20))
    expect(await shown(open.uuid)).toMatchObject({
      state: 'success',
      instrumentData: { lastFour: '1111' },
      profile: { paymentToken: expect.stringMatching(/^pt::/) },
    })
    const told = await db().read.select().from(callbacks).where(eq(callbacks.transactionId, open.id))
    expect(told.map(({ transactionState }) => transactionState)).toEqual(['pending', 'success'])
  })

  test.each([
    ['success', 'success'],
    ['error', 'error'],
    ['cancelled', 'cancelled'],
  ] as const)('a challenge is on the page of the gateway, whose callback says: %s', async (decision, state) => {
    const open = await abroad.debit('ix::sim-3ds-challenge', { successUrl: 'https://shop.example/thanks' })
    const its = await there(open.uuid)
    expect(open).toMatchObject({ state: 'redirect', redirectUrl: `${abroad.origin}/pay/${its?.uuid}` })
    const { next } = await answerChallenge(its?.uuid ?? '', decision)
    if (decision === 'success') expect(next).toBe('https://shop.example/thanks')
    await sendDueCallbacks(renderCallback)
    expect(await shown(open.uuid)).toMatchObject({ state })
    const [callback] = await db().read.select().from(callbacks).orderBy(desc(callbacks.id)).limit(1)
    expect(callback).toMatchObject({ state: 'delivered' })
  })

  test('a callback with another signature, for another connector or of nothing known changes nothing', async () => {
    const open = await abroad.debit('ix::sim-3ds-challenge')
    const told = { result: 'OK', merchantTransactionId: open.uuid, uuid: 'x', transactionType: 'DEBIT' }
    const post = (connectorId: number | string, headers: Record<string, string>) =>
      client(headers).post(`/gateway/ixopay/${connectorId}`, told)
    const forged = await post(abroad.connectorId, { 'x-signature': 'AAAA', 'x-date': 'now' })
    expect([forged.status, forged.body.error.code]).toEqual([401, 'CREDENTIALS_INVALID'])
    expect((await post(abroad.connectorId, {})).status).toBe(401)
    for (const unknown of [999_999, 'x']) expect((await post(unknown, { 'x-signature': 'AAAA' })).status).toBe(401)
    expect(await shown(open.uuid)).toMatchObject({ state: 'redirect' })
  })
})

describe('a callback that is rightly signed', () => {
  const tell = (told: object) => {
    const requestUri = `/api/gateway/ixopay/${abroad.connectorId}`
    const [raw, contentType, date] = [JSON.stringify(told), 'application/json; charset=utf-8', 'Fri, 20 Nov 2026']
    const signed = { secret: abroad.account.sharedSecret, method: 'POST', bodyHash: 'md5' as const, requestUri }
    const signature = signatureOf({ ...signed, body: raw, contentType, date })
    return call('POST', requestUri, { raw, type: contentType, headers: { 'x-signature': signature, date } })
  }

  test('and about another movement, another amount or nothing is heard and changes nothing', async () => {
    const open = await abroad.debit('ix::sim-3ds-challenge')
    const result = { result: 'OK', merchantTransactionId: open.uuid, uuid: 'x' }
    for (const told of [
      { ...result, transactionType: 'CHARGEBACK' },
      { ...result, amount: '1.00' },
      { ...result, amount: '9.99', currency: 'USD' },
      { ...result, merchantTransactionId: 'nobody' },
      { ...result, result: 'MAYBE' },
      {},
    ]) {
      expect(await tell(told)).toMatchObject({ status: 200, text: 'OK' })
    }
    expect(await shown(open.uuid)).toMatchObject({ state: 'redirect' })
  })

  test('settles once; a card number in the words of the gateway is not kept', async () => {
    const open = await abroad.debit('ix::sim-3ds-challenge')
    const about = { merchantTransactionId: open.uuid, uuid: 'gw-1', transactionType: 'DEBIT', amount: '9.99' }
    const refusal = { message: 'Card 4111 1111 1111 1111 refused', code: 2003, adapterCode: 5 }
    await tell({ result: 'ERROR', ...about, ...refusal })
    await tell({ result: 'OK', ...about })
    const after = await shown(open.uuid)
    expect(after).toMatchObject({ state: 'error', errorCode: 2003, errorMessage: 'The transaction failed' })
    expect(after.adapterCode).toBe('5')
  })
})

describe('an answer that never comes', () => {
  test('a lost one is found by asking, and the order is not sent again', async () => {
    abroad.line.faults.push('lose')
    const before = sends()
    const open = await abroad.debit()
    expect([open.state, sends() - before]).toEqual(['pending', 1])
    await askAboutOpen(later(2))
    expect(await shown(open.uuid)).toMatchObject({ state: 'success', instrumentData: { lastFour: '1111' } })
    expect(sends() - before).toBe(1)
  })

  test.each([
    ['a broken connection', 'break'],
    ['a fault of the gateway', { status: 500, text: '{"success":false,"errorCode":1008}' }],
    ['a body that is no JSON', { status: 200, text: '<html>' }],
    ['a body that says nothing', { status: 200, text: '{"success":true}' }],
    ['a body about another payment', { status: 200, text: '{"returnType":"FINISHED","uuid":"a","amount":"1.00"}' }],
    ['a duplicate', { status: 200, text: '{"success":false,"returnType":"ERROR","errorCode":3004}' }],
    ['a redirect', { status: 302, text: '', location: 'http://localhost/' }],
  ] as const)('%s leaves the payment open; one that never arrived is then an error', async (_what, fault) => {
    abroad.line.faults.push(fault)
    const open = await abroad.debit()
    expect(open.state).toBe('pending')
    expect(await there(open.uuid)).toBeUndefined()
    await askAboutOpen(later(2))
    expect(await shown(open.uuid)).toMatchObject({ state: 'pending' })
    await askAboutOpen(later(10))
    expect(await shown(open.uuid)).toMatchObject({ state: 'error', errorCode: 3005, adapterCode: 'unknown_at_gateway' })
  })

  test('one that takes too long is not waited for, nor when the program stops', async () => {
    abroad.line.faults.push('hang')
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const waiting = abroad.debit()
    await abroad.line.hung()
    await vi.advanceTimersByTimeAsync(15_000)
    vi.useRealTimers()
    const open = await waiting
    expect(open.state).toBe('pending')
    abroad.line.faults.push('hang')
    const stopping = new AbortController()
    const asking = askAboutOpen(later(2), stopping.signal)
    await abroad.line.hung()
    stopping.abort()
    await asking
    await askAboutOpen(later(10))
    expect(await shown(open.uuid)).toMatchObject({ state: 'error', errorCode: 3005 })
  })

  test('a process that died between the two halves leaves what the worker resolves', async () => {
    const { uuid, handed, registrationUuid, adapter, ...row } = await beginTransaction(abroad.ctx, {
      ...{ type: 'debit', token: 'ix::sim-visa', amountMinor: 7, currency: 'EUR' },
      ...{ connectorId: abroad.connectorId, merchantTransactionId: nextId() },
    })
    expect([handed, registrationUuid, adapter]).toEqual([{ token: 'ix::sim-visa' }, null, 'ixopay'])
    await Promise.all([askAboutOpen(later(10)), askAboutOpen(later(10))])
    expect(await shown(uuid)).toMatchObject({ state: 'error', adapterCode: 'unknown_at_gateway' })
    const about = await db()
      .read.select()
      .from(auditEvents)
      .where(eq(auditEvents.objectId, String(row.id)))
    expect(about.filter(({ action }) => action === 'transaction.updated')).toHaveLength(1)
  })

  test('what is null in an answer was not said', async () => {
    const text = '{"success":true,"returnType":"PENDING","uuid":"gw-2","redirectUrl":null,"amount":null,"errors":null}'
    abroad.line.faults.push({ status: 200, text })
    const { uuid } = await abroad.debit()
    expect(await here(uuid)).toMatchObject({ state: 'pending', gatewayReference: 'gw-2' })
  })
})
