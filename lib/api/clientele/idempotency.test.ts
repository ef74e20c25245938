// The same request with the same Idempotency-Key has one effect and one answer.
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { db, openDb } from '#db/client'
import { customers, idempotencyKeys } from '#db/schema'
import { at, makeMerchant } from '#db/testing/make'
import { createApiKey } from '../../access/keys.ts'
import { once } from '../../core/idempotency.ts'
import { createCustomer } from '../../customers/commands.ts'
import { type Client, client, codeOf } from '../testing.ts'

let api: Client
let other: Client
let merchantId: number
let count = 0
const fresh = () => ({ name: `Mara ${++count}`, email: `mara-${count}@example.com` })
const withKey = (key: string) => ({ headers: { 'Idempotency-Key': key } })
const rows = () => db().read.$count(customers, eq(customers.merchantId, merchantId))

beforeAll(async () => {
  await openDb()
  merchantId = (await makeMerchant('Harbor Books')).id
  api = client((await createApiKey(at(merchantId), { name: 'one', scopes: ['*'] })).key)
  other = client((await createApiKey(at(merchantId), { name: 'two', scopes: ['*'] })).key)
})

describe('the same request again', () => {
  test('ten times at once has one effect and one answer, byte for byte', async () => {
    const [before, body] = [await rows(), fresh()]
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => api.post('/customers', body, withKey('at-once'))),
    )
    expect(await rows()).toBe(before + 1)
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'true')).toHaveLength(9)
    for (const { headers } of answers) expect(headers.get('location')).toBe(answers[0]?.headers.get('location'))
  })

  test('quoted or bare is one key; another credential or path is another', async () => {
    const body = fresh()
    const first = await api.post('/customers', body, withKey('"quoted-1"'))
    expect((await api.post('/customers', body, withKey('quoted-1'))).text).toBe(first.text)
    expect((await other.post('/customers', body, withKey('quoted-1'))).body.id).not.toBe(first.body.id)
    expect((await api.post('/api/ipg/2.0.0/customers', body, withKey('quoted-1'))).body.id).not.toBe(first.body.id)
  })

  test('a refusal is kept as well, but not 401, 403', async () => {
    const refused = await api.post('/customers', { name: 'x' }, withKey('refused'))
    const again = await api.post('/customers', { name: 'x' }, withKey('refused'))
    expect([again.status, again.text, again.headers.get('idempotent-replayed')]).toEqual([400, refused.text, 'true'])
    expect(again.headers.get('x-request-id')).toBe(again.body.requestId)
    const poor = client((await createApiKey(at(merchantId), { name: 'poor', scopes: ['customers:read'] })).key)
    await poor.post('/customers', fresh(), withKey('denied'))
    expect((await poor.post('/customers', fresh(), withKey('denied'))).headers.get('idempotent-replayed')).toBeNull()
  })

  test('works for PUT, PATCH and DELETE, and answers the old state of its time', async () => {
    const { id } = (await api.post('/customers', fresh())).body
    const first = await api.put(`/customers/${id}`, { company: 'One' }, withKey('put-1'))
    await api.put(`/customers/${id}`, { company: 'Two' })
    const again = await api.put(`/customers/${id}`, { company: 'One' }, withKey('put-1'))
    expect(again.text).toBe(first.text)
    expect((await api.get(`/customers/${id}`)).body.company).toBe('Two')
    const gone = await api.delete(`/customers/${id}`, undefined, withKey('del-1'))
    expect((await api.delete(`/customers/${id}`, undefined, withKey('del-1'))).text).toBe(gone.text)
  })

  test('a key shown once is shown again to its request alone', async () => {
    const made = await api.post('/api-keys', { name: 'again', scopes: ['customers:read'] }, withKey('key-1'))
    expect(
      (await api.post('/api-keys', { name: 'again', scopes: ['customers:read'] }, withKey('key-1'))).body.key,
    ).toBe(made.body.key)
    const stored = await db().read.select().from(idempotencyKeys).where(eq(idempotencyKeys.merchantId, merchantId))
    expect(JSON.stringify(stored)).not.toContain(made.body.key)
  })
})

describe('refused', () => {
  test('another body or query under the same key is 409', async () => {
    await api.post('/customers', fresh(), withKey('reused'))
    const refused = await api.post('/customers', fresh(), withKey('reused'))
    expect([refused.status, codeOf(refused)]).toEqual([409, 'IDEMPOTENCY_KEY_REUSED'])
    expect(codeOf(await api.post('/customers?x=1', { name: 'Mara' }, withKey('reused')))).toBe('IDEMPOTENCY_KEY_REUSED')
  })

  test.each(['', 'x'.repeat(256), 'tab\there'])('a malformed key (%#) is 400', async (key) => {
    const refused = await api.post('/customers', fresh(), withKey(key))
    expect(refused.status).toBe(400)
    expect(Object.keys(refused.body.errors)).toEqual(['Idempotency-Key'])
  })

  test('a body with a card number leaves no trace', async () => {
    const before = await db().read.$count(idempotencyKeys)
    expect(codeOf(await api.post('/customers', { name: '4111111111111111' }, withKey('card')))).toBe(
      'CARD_NUMBER_REFUSED',
    )
    expect(await db().read.$count(idempotencyKeys)).toBe(before)
  })
})

describe('the stored answer', () => {
  const request = (key: string) => ({ key, method: 'post', path: '/x', query: '', body: Buffer.from('{}') })
  const answerOf = () => ({ status: 400, text: '{}' })

  test('is written with the effect: a failure of ours leaves neither', async () => {
    const before = await rows()
    const failing = once(
      at(merchantId),
      request('broken'),
      async (tx) => {
        await createCustomer(tx, fresh())
        throw new Error('the power went')
      },
      answerOf,
    )
    await expect(failing).rejects.toThrow('the power went')
    expect(await rows()).toBe(before)
    const second = await once(at(merchantId), request('broken'), async () => ({ status: 200, text: 'done' }), answerOf)
    expect(second).toMatchObject({ replayed: false, answer: { text: 'done' } })
  })

  test('lives 24 hours', async () => {
    const run = (text: string, hours: number) =>
      once(
        at(merchantId, { now: () => new Date(Date.UTC(2030, 0, 1, hours)) }),
        request('old'),
        async () => ({ status: 200, text }),
        answerOf,
      )
    expect(await run('first', 0)).toMatchObject({ replayed: false })
    expect(await run('second', 23)).toMatchObject({ replayed: true, answer: { text: 'first' } })
    expect(await run('third', 24)).toMatchObject({ replayed: false, answer: { text: 'third' } })
  })

  test('names the customer, so that erasing it finds the copy', async () => {
    const { body } = await api.post('/customers', fresh(), withKey('whose'))
    const found = await db().read.select().from(idempotencyKeys).where(eq(idempotencyKeys.customerId, body.id))
    expect(found).toHaveLength(1)
  })
})
