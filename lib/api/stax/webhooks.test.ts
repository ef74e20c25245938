// The numbered sentence of the contract about webhooks, and what the calls about them say.
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { db } from '#db/client'
import { webhookDeliveries } from '#db/schema'
import { makeMerchant } from '#db/testing/make'
import { openReceiver, type Receiver } from '../../callbacks/testing.ts'
import { handOnEvents } from '../../webhooks/hand-on.ts'
import { sendDueWebhooks } from '../../webhooks/send-due.ts'
import { openShop } from './testing.ts'
import { renderStaxWebhook } from './webhook.ts'

vi.mock('../../env.ts', async (original) => {
  const { env } = await original<typeof import('../../env.ts')>()
  return { env: { ...env, WEBHOOK_ALLOW_HOSTS: 'localhost' } }
})

let shop: Awaited<ReturnType<typeof openShop>>
let other: typeof shop
let receiver: Receiver
beforeAll(async () => {
  shop = await openShop('Harbor')
  other = await openShop('Atlas')
  receiver = await openReceiver()
})
afterAll(() => receiver.close())

const UNKNOWN = '00000000-0000-4000-8000-000000000000'
const subscribe = (path: string, event: string, given: object = {}, by = shop) =>
  by.stax.post('/webhook', { target_url: `${receiver.base}/${path}`, event, ...given })
/** What the worker does each second, at a moment `later` milliseconds ahead. */
async function work(later = 0): Promise<void> {
  const clock = () => new Date(Date.now() + later)
  await handOnEvents(new Date())
  await sendDueWebhooks(renderStaxWebhook, { clock })
}
const at = (path: string) => receiver.received.filter(({ url }) => url === `/${path}`)

describe('15: create_customer', () => {
  test('is told the object as GET shows it, and nothing after DELETE', async () => {
    const { status, body } = await subscribe('made', 'create_customer')
    expect(status).toBe(200)
    const { id } = (await shop.stax.post('/customer', { firstname: 'Told' })).body
    await other.stax.post('/customer', { firstname: 'Not told' })
    await work()
    const [told, ...more] = at('made')
    expect(more).toEqual([])
    expect(told?.headers['stax-event-name']).toBe('create_customer')
    expect(JSON.parse(told?.body ?? '')).toEqual((await shop.stax.get(`/customer/${id}`)).body)
    expect([told?.headers['webhook-id'], told?.headers['webhook-signature']]).toEqual([
      expect.any(String),
      expect.stringMatching(/^v1,/),
    ])
    await shop.stax.post('/customer', { firstname: 'Waits' })
    await handOnEvents(new Date())
    expect((await shop.stax.delete(`/webhook/${body.id}`)).body.deleted_at).toMatch(/^\d{4}/)
    await shop.stax.post('/customer', { firstname: 'Late' })
    await work()
    expect(at('made')).toHaveLength(1)
  })
})

test('changes, archiving and restoring are update_customer; instruments have events of their own', async () => {
  for (const event of ['update_customer', 'create_payment_method', 'update_payment_method', 'set_plan']) {
    await subscribe(event, event)
  }
  const { id } = (await shop.stax.post('/customer', { firstname: 'Ines' })).body
  await shop.stax.put(`/customer/${id}`, { lastname: 'Okafor' })
  await shop.stax.delete(`/customer/${id}`)
  await shop.stax.put(`/customer/${id}/restore`)
  await work()
  expect(at('update_customer')).toHaveLength(3)
  const saved = await shop.stax.post('/payment-method/token', { customer_id: id, token: 'ix::sim-visa' })
  await work()
  const [told] = at('create_payment_method')
  expect(JSON.parse(told?.body ?? '')).toEqual((await shop.stax.get(`/payment-method/${saved.body.id}`)).body)
  await shop.stax.put(`/payment-method/${saved.body.id}`, { is_default: 1 })
  await work()
  expect(at('update_payment_method').length).toBeGreaterThan(0)
  expect(at('set_plan')).toEqual([])
})

describe('a receiver that fails', () => {
  const deliveries = () => db().read.select().from(webhookDeliveries).where(eq(webhookDeliveries.state, 'waiting'))
  test('is asked again as often as the subscription says', async () => {
    const meta = { webhook_retry_frequency: 10, webhook_retry_count: 1 }
    await subscribe('fails', 'create_customer', { meta })
    await shop.stax.post('/customer', { firstname: 'Retry' })
    receiver.answers.push({ status: 500, text: '' }, { status: 500, text: '' })
    await work()
    expect(at('fails')).toHaveLength(1)
    const [waiting] = await deliveries()
    expect([waiting?.attempts, waiting?.lastStatus, waiting?.lastProblem]).toEqual([1, 500, 'not_acknowledged'])
    await work(9 * 60_000)
    expect(at('fails')).toHaveLength(1)
    await work(11 * 60_000)
    expect(at('fails')).toHaveLength(2)
    expect(await deliveries()).toEqual([])
    expect(at('fails')[0]?.headers['webhook-id']).toBe(at('fails')[1]?.headers['webhook-id'])
  })
})

test('an event is queued once, however many workers hand it on', async () => {
  await subscribe('once', 'create_customer')
  await shop.stax.post('/customer', { firstname: 'Once' })
  await Promise.all([handOnEvents(new Date()), handOnEvents(new Date()), handOnEvents(new Date())])
  await work()
  expect(at('once')).toHaveLength(1)
})

test('fire_for_all_merchants tells of those below as well, and only of them', async () => {
  const { makeCustomer, at: ctxAt } = await import('#db/testing/make')
  const below = await makeMerchant('Below', shop.merchantId)
  await subscribe('all', 'create_customer', { fire_for_all_merchants: true })
  await subscribe('own', 'create_customer')
  await makeCustomer(ctxAt(below.id))
  await makeCustomer(ctxAt(other.merchantId))
  await work()
  expect([at('all').length, at('own').length]).toEqual([1, 0])
})

describe('the calls', () => {
  const hook = { target_url: 'https://hooks.example.com/stax', event: 'create_invoice' }

  test('answer the vendor’s object, as body or query', async () => {
    const { body } = await shop.stax.post('/webhook', hook)
    expect(Object.keys(body)).toEqual([
      'id',
      'user_id',
      'merchant_id',
      'reference_id',
      'url',
      'event',
      'created_at',
      'updated_at',
      'deleted_at',
    ])
    expect((await shop.stax.get(`/webhook/${body.id}`)).body).toEqual(body)
    const query = new URLSearchParams({ ...hook, fire_for_all_merchants: 'true' })
    expect((await shop.stax.post(`/webhook?${query}`)).body.merchant_id).toBeNull()
    const { data, total } = (await shop.stax.get('/webhook?per_page=1')).body
    expect([data.length, total > 1]).toEqual([1, true])
    expect((await shop.stax.get('/webhook/list')).body).toHaveLength(total)
    expect(JSON.stringify(data)).not.toContain('whsec')
  })

  test.each([
    [{}, ['target_url', 'event']],
    [{ ...hook, event: 'explode' }, ['event']],
    [{ ...hook, event: '__proto__' }, ['event']],
    [{ ...hook, target_url: 'http://hooks.example.com/' }, ['target_url']],
    [{ ...hook, target_url: 'https://10.0.0.1/' }, ['target_url']],
    [{ ...hook, target_url: 'file:///etc/passwd' }, ['target_url']],
    [{ ...hook, target_url: 7, meta: 'x' }, ['target_url']],
    [{ ...hook, meta: { webhook_retry_count: 1000 } }, ['meta.webhook_retry_count']],
  ])('%j is 422 with a bag', async (body, names) => {
    const answer = await shop.stax.post('/webhook', body)
    expect([answer.status, Object.keys(answer.body)]).toEqual([422, names])
  })

  test('an unknown one, a deleted one and another merchant’s are the same', async () => {
    const mine = (await shop.stax.post('/webhook', hook)).body.id
    const gone = (await shop.stax.post('/webhook', hook)).body.id
    await shop.stax.delete(`/webhook/${gone}`)
    for (const answer of [
      await shop.stax.get(`/webhook/${UNKNOWN}`),
      await shop.stax.get('/webhook/nonsense'),
      await shop.stax.get(`/webhook/${gone}`),
      await shop.stax.delete(`/webhook/${gone}`),
      await other.stax.get(`/webhook/${mine}`),
      await other.stax.delete(`/webhook/${mine}`),
    ]) {
      expect([answer.status, answer.body]).toEqual([422, { id: ['Webhook could not be found'] }])
    }
    expect((await shop.masked.post('/webhook', hook)).status).toBe(403)
  })
})
