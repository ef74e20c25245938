// Callbacks to a real receiver: what it gets, when it gets it again, and whom it never goes to.
import { desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { db } from '#db/client'
import { callbacks } from '#db/schema'
import { renderCallback } from '../api/ixopay/callback.ts'
import { debit, openTown, type Town } from '../api/ixopay/testing.ts'
import { signatureOf } from '../gateway/signature.ts'
import { retryAfterMs, timeoutMsOf } from './schedule.ts'
import { sendDueCallbacks } from './send-due.ts'
import { openReceiver, type Received, type Receiver } from './testing.ts'

// The receiver listens on loopback, which only this setting allows.
vi.mock('../env.ts', async (original) => {
  const { env } = await original<typeof import('../env.ts')>()
  return { env: { ...env, WEBHOOK_ALLOW_HOSTS: 'localhost' } }
})

// A name of the open internet whose owner lets it point to a private address.
vi.mock('node:dns/promises', async (original) => ({
  ...(await original<typeof import('node:dns/promises')>()),
  Resolver: class {
    resolve4 = async (host: string) => (host === 'inside.example' ? ['93.184.216.34', '10.0.0.1'] : [])
    resolve6 = async () => []
  },
}))

let town: Town
let receiver: Receiver
beforeAll(async () => {
  town = await openTown()
  receiver = await openReceiver()
})
afterAll(() => receiver.close())

const send = (now = new Date()) => sendDueCallbacks(renderCallback, { clock: () => now })
const stored = async (transactionId: number) =>
  (await db().read.select().from(callbacks).where(eq(callbacks.transactionId, transactionId)))[0]

async function pay(given: object = {}, sign: 'sha512' | 'md5' = 'sha512') {
  const body = debit({ callbackUrl: `${receiver.base}/cb?o=1`, ...given })
  const { body: answer } = await town.harbor.post('transaction/debit', body, { sign })
  const [callback] = await db().read.select().from(callbacks).orderBy(desc(callbacks.id)).limit(1)
  return { answer, body, callback }
}

const isSigned = ({ url, headers, body }: Received, bodyHash: 'sha512' | 'md5'): boolean =>
  headers['x-signature'] ===
  signatureOf({
    secret: town.harbor.secrets.sharedSecret,
    method: 'POST',
    bodyHash,
    body,
    contentType: headers['content-type'] ?? '',
    date: headers.date ?? '',
    requestUri: url,
  })

describe('16: a callback', () => {
  test.each(['sha512', 'md5'] as const)('tells the result, signed like a request by %s', async (sign) => {
    receiver.received.length = 0
    const { answer, body, callback } = await pay({ extraData: { order: '7' } }, sign)
    await send()
    expect(receiver.received).toHaveLength(1)
    const [got] = receiver.received
    if (!got) throw new Error('Nothing was received')
    expect(got.url).toBe('/cb?o=1')
    expect(got.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(got.headers['x-date']).toBe(got.headers.date)
    expect(isSigned(got, sign)).toBe(true)
    expect(JSON.parse(got.body)).toEqual({
      result: 'OK',
      uuid: answer.uuid,
      merchantTransactionId: body.merchantTransactionId,
      purchaseId: answer.purchaseId,
      transactionType: 'DEBIT',
      paymentMethod: 'Creditcard',
      amount: '9.99',
      currency: 'EUR',
      returnData: answer.returnData,
      extraData: { order: '7' },
    })
    expect(await stored(callback?.transactionId ?? 0)).toMatchObject({
      state: 'delivered',
      nextAt: null,
      lastStatus: 200,
    })
    await send()
    expect(receiver.received).toHaveLength(1)
  })

  test('is sent again on the documented schedule until it is acknowledged', async () => {
    receiver.received.length = 0
    receiver.answers.push({ status: 500, text: 'no' }, { status: 200, text: 'ok' }, { status: 200, text: ' OK\n' })
    const { callback } = await pay()
    const started = new Date()
    const minutes = (count: number) => new Date(started.getTime() + count * 60_000)
    await send(started)
    expect(await stored(callback?.transactionId ?? 0)).toMatchObject({ state: 'waiting', attempts: 1, lastStatus: 500 })
    await send(minutes(0.9))
    expect(receiver.received).toHaveLength(1)
    await send(minutes(1))
    expect(await stored(callback?.transactionId ?? 0)).toMatchObject({ attempts: 2, lastProblem: 'not_acknowledged' })
    await send(minutes(6))
    expect(receiver.received).toHaveLength(3)
    expect(await stored(callback?.transactionId ?? 0)).toMatchObject({ state: 'delivered', attempts: 3 })
    for (const one of receiver.received) expect(isSigned(one, 'sha512')).toBe(true)
  })

  test('tells a decline with its code, and a pending payment before its end', async () => {
    receiver.received.length = 0
    await pay({ transactionToken: 'ix::sim-visa-declined' })
    await pay({ extraData: { outcome: 'pending' } })
    await send()
    const bodies = receiver.received.map(({ body }) => JSON.parse(body))
    expect(bodies.find(({ result }) => result === 'ERROR')).toMatchObject({
      code: 2003,
      errorCode: 2003,
      message: expect.any(String),
    })
    expect(bodies.filter(({ result }) => result === 'PENDING')).toHaveLength(1)
  })

  test('never goes to a private address, and gives up in the end', async () => {
    const { callback } = await pay({ callbackUrl: 'https://inside.example/cb' })
    let now = new Date()
    for (let attempt = 1; attempt <= 20; attempt++) {
      await send(now)
      const row = await stored(callback?.transactionId ?? 0)
      expect(row?.lastProblem).toBe('address_not_public')
      if (!row?.nextAt) break
      now = row.nextAt
    }
    expect(await stored(callback?.transactionId ?? 0)).toMatchObject({ state: 'given_up', attempts: 15, nextAt: null })
  })
})

test('a bad address is refused before anything happens', async () => {
  for (const callbackUrl of [
    'ftp://shop.example/',
    'http://shop.example:8080/',
    'https://a:b@shop.example/',
    'nonsense',
    'http://127.0.0.1/cb',
    'http://2852039166/latest/meta-data',
    'https://[fd00:ec2::254]/',
  ]) {
    const { body } = await town.harbor.post('transaction/debit', debit({ callbackUrl }))
    expect(body, callbackUrl).toMatchObject({ success: false, errorCode: 1002 })
  }
})

test('the schedule is 1, 5, 15 minutes, 1, 2, 3, 12 hours, then a day for seven days', () => {
  const hours = Array.from({ length: 15 }, (_, index) => retryAfterMs(index + 1)).map((ms) => ms && ms / 3_600_000)
  expect(hours).toEqual([1 / 60, 5 / 60, 0.25, 1, 2, 3, 12, 24, 24, 24, 24, 24, 24, 24, undefined])
  expect([timeoutMsOf(1), timeoutMsOf(2)]).toEqual([10_000, 30_000])
})
