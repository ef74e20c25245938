// The Stax API as nobody and as a stranger: every operation of its document, which the server makes from the routes that
// it serves.
import { randomUUID } from 'node:crypto'
import { type APIRequestContext, type APIResponse, expect, request, test } from '@playwright/test'
import { ATLAS, BASE, HARBOR, keyOf, OWNER, requestsAs, unique } from './fixtures.ts'
import { guarded, type Operation, STAX_BODIES } from './operations.ts'

const bearer = (key: string): Promise<APIRequestContext> =>
  request.newContext({ baseURL: BASE, extraHTTPHeaders: { authorization: `Bearer ${key}` } })

type Belongings = { customer: string; method: string; webhook: string; planted: string }

async function belongings(own: APIRequestContext): Promise<Belongings> {
  const planted = unique('Zeppelin')
  const { id } = await (await own.post('/api/stax/customer', { data: { firstname: planted } })).json()
  const data = { customer_id: id, token: 'ix::sim-visa' }
  const method = await (await own.post('/api/stax/payment-method/token', { data })).json()
  const hook = { target_url: 'https://hooks.example.com/stax', event: 'create_invoice' }
  const webhook = await (await own.post('/api/stax/webhook', { data: hook })).json()
  return { customer: id, method: method.id, webhook: webhook.id, planted }
}

const KINDS = [
  ['/api/stax/payment-method/{', 'method'],
  ['/api/stax/webhook/{', 'webhook'],
  ['/api/stax/customer/{', 'customer'],
] as const

/** The path with the id of something of theirs in it; fails for a kind of object that this matrix does not know yet. */
function fill({ name, path }: Operation, theirs: Belongings): string {
  if (!path.includes('{')) return path
  const [, kind] = KINDS.find(([start]) => path.startsWith(start)) ?? []
  if (!kind) throw new Error(`${name}: say in KINDS what its id is`)
  return path.replace('{id}', theirs[kind])
}

function send(api: APIRequestContext, operation: Operation, theirs: Belongings): Promise<APIResponse> {
  const path = fill(operation, theirs)
  const data = STAX_BODIES[operation.name]?.(theirs.customer) ?? {}
  return api.fetch(path, { method: operation.method, ...(operation.method === 'GET' ? {} : { data }) })
}

test('nobody gets anything, whatever they send along', async () => {
  const own = await bearer(keyOf(HARBOR))
  const theirs = await belongings(own)
  const visitors: [string, APIRequestContext][] = [
    ['without anything', await request.newContext({ baseURL: BASE })],
    ["with the browser's session", await requestsAs(OWNER, { origin: BASE })],
    ['with a damaged key', await bearer(`${keyOf(HARBOR).slice(0, -1)}_`)],
    ['with an invented token', await bearer(randomUUID())],
  ]
  const operations = await guarded('stax')
  expect(operations.length).toBeGreaterThan(10)
  const wrong: string[] = []
  for (const operation of operations) {
    for (const [how, api] of visitors) {
      const answer = await send(api, operation, theirs)
      const leaks = (await answer.text()).includes(theirs.planted)
      if (answer.status() !== 401 || leaks) wrong.push(`${operation.name} ${how}: ${answer.status()}`)
    }
  }
  for (const [, api] of visitors) await api.dispose()
  await own.dispose()
  expect(wrong).toEqual([])
})

test('a record of another merchant is the same as one that does not exist', async () => {
  const [own, stranger] = [await bearer(keyOf(HARBOR)), await bearer(keyOf(ATLAS))]
  const theirs = await belongings(own)
  const nowhere = { ...theirs, customer: randomUUID(), method: randomUUID(), webhook: randomUUID() }
  const state = async () => [
    await (await own.get(`/api/stax/customer/${theirs.customer}`)).text(),
    await (await own.get(`/api/stax/payment-method/${theirs.method}`)).text(),
    await (await own.get(`/api/stax/webhook/${theirs.webhook}`)).text(),
  ]
  const before = await state()
  const wrong: string[] = []
  for (const operation of (await guarded('stax')).filter(
    ({ name, path }) => path.includes('{') || /bulk|payment-method/.test(name),
  )) {
    if (operation.name === 'GET /api/stax/payment-method') continue
    const said = async (of: Belongings) => {
      const answer = await send(stranger, operation, of)
      return `${answer.status()} ${await answer.text()}`
    }
    const [one, other] = [await said(theirs), await said(nowhere)]
    if (!/^4(00|04|22)/.test(one) || one !== other || one.includes(theirs.planted)) {
      wrong.push(`${operation.name}\n${one}\n${other}`)
    }
  }
  expect(wrong).toEqual([])
  expect(await state(), 'nothing of the owner has changed').toEqual(before)
  for (const path of ['customer', 'payment-method', `customer?keywords=${theirs.planted}`]) {
    expect(await (await stranger.get(`/api/stax/${path}`)).text()).not.toContain(`"firstname":"${theirs.planted}`)
  }
  const taken = await stranger.post('/api/stax/customer/find-or-create', {
    data: { customer_id: theirs.customer, firstname: 'Mine' },
  })
  expect((await taken.json()).id, 'an id of another merchant matches nobody').not.toBe(theirs.customer)
  await Promise.all([own.dispose(), stranger.dispose()])
})
