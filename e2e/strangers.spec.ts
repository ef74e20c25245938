// The API as nobody and as a stranger: every operation of the OpenAPI document, which the server makes from the routes it
// serves, so that a new route is in this matrix the moment it exists.
import { randomUUID } from 'node:crypto'
import { type APIRequestContext, type APIResponse, request } from '@playwright/test'
import {
  ATLAS,
  BASE,
  expect,
  GROUP,
  HARBOR,
  keyOf,
  makeCustomer,
  merchantId,
  OWNER,
  requestsAs,
  requestsWith,
  test,
  unique,
} from './fixtures.ts'
import { fill, guarded, type Ids, NOWHERE, send } from './operations.ts'

test.use({ who: 'nobody' })

/** Something of Harbor Books of every kind. */
async function belongings(): Promise<{ ids: Ids; planted: string; customerId: string }> {
  const api = await requestsWith(keyOf(HARBOR))
  const planted = unique('Zeppelin')
  const { id, customerId } = await makeCustomer({ name: `${planted} Harbor`, tags: [planted], memberId: planted })
  const note = await (await api.post(`/api/customers/${id}/notes`, { data: { text: planted } })).json()
  const double = await makeCustomer({ name: `${planted} Double` })
  const merged = await api.post(`/api/customers/${id}/merge`, { data: { duplicateIds: [double.id] } })
  const { mergeId } = await merged.json()
  const key = await (await api.post('/api/api-keys', { data: { name: planted, scopes: ['customers:read'] } })).json()
  const wish = { name: planted, scopes: ['customers:read'] }
  const client = await (await api.post('/api/oauth-clients', { data: wish })).json()
  const { data: profiles } = await (await api.get('/api/profiles?limit=25')).json()
  const profile = profiles.find((each: { instruments?: unknown[] }) => each.instruments?.length !== 0)
  const wallet = await (await api.get(`/api/profiles/${profile.profileGuid}/instruments`)).json()
  const { data: users } = await (await api.get('/api/users')).json()
  const { id: container } = await (await api.post('/api/containers', { data: { name: planted } })).json()
  const made = await (await api.post('/api/connectors', { data: { name: planted, adapter: 'simulator' } })).json()
  const basic = `Basic ${Buffer.from(`${made.username}:${made.password}`).toString('base64')}`
  const debit = { merchantTransactionId: planted, transactionToken: 'ix::sim-visa', amount: '1.00', currency: 'GBP' }
  const { uuid } = await (
    await api.post(`/api/v3/transaction/${made.apiKey}/debit`, { headers: { authorization: basic }, data: debit })
  ).json()
  await api.dispose()
  const payments = {
    container: String(container),
    connector: String(made.id),
    transaction: String(uuid),
    merchant: String(merchantId(HARBOR)),
  }
  const [instrument] = wallet.data ?? wallet
  const kept = { profile: String(profile.profileGuid), instrument: String(instrument.paymentToken ?? instrument.id) }
  const access = { key: String(key.id), oauthClient: String(client.id), user: String(users[0].id) }
  const more = { note: String(note.id), merge: String(mergeId), ...access }
  return { ids: { customer: String(id), tag: planted, ...kept, ...more, ...payments }, planted, customerId }
}

/** What an answer says apart from its own time, request and the id that was asked for. */
async function said(answer: APIResponse, id: string): Promise<string> {
  const { date: _date, 'x-request-id': _id, 'content-length': _length, ...headers } = answer.headers()
  const plain = decodeURIComponent(id).replaceAll(/\W/g, '\\$&')
  const body = decodeURIComponent(await answer.text())
    .replaceAll(new RegExp(`(?<![\\w.:-])${plain}(?!\\w)`, 'gi'), '<id>')
    .replaceAll(/"(requestId|timestamp)":"[^"]*"/g, '"$1":"…"')
  return JSON.stringify([answer.status(), headers, body])
}

test('nobody gets anything from any route, whatever they send along', async () => {
  const { ids, planted } = await belongings()
  const owner = await requestsAs(OWNER, { origin: BASE })
  const [flawed, foreign] = [`${keyOf(HARBOR).slice(0, -1)}_`, randomUUID()]
  const visitors: [string, APIRequestContext][] = [
    ['without anything', await request.newContext({ baseURL: BASE })],
    ["with the browser's session", owner],
    ['with a damaged key', await requestsWith(flawed)],
    [
      'with an invented token',
      await request.newContext({ baseURL: BASE, extraHTTPHeaders: { authorization: `Bearer ${foreign}` } }),
    ],
    [
      'with the headers of a proxy',
      await request.newContext({
        baseURL: BASE,
        extraHTTPHeaders: { 'x-forwarded-user': 'owner', 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
      }),
    ],
  ]
  const wrong: string[] = []
  for (const operation of await guarded()) {
    const path = operation.path.includes('{') ? fill(operation, ids) : operation.path
    for (const [how, api] of visitors) {
      for (const address of [path, path.replace('/api/', '/api/ipg/2.0.0/')]) {
        const answer = await send(api, operation, address)
        const leaks = (await answer.text()).includes(planted) && !address.includes(planted)
        if (answer.status() !== 401 || leaks) wrong.push(`${operation.name} ${how}: ${answer.status()}`)
      }
    }
  }
  for (const [, api] of visitors) await api.dispose()
  expect(wrong).toEqual([])
})

test('an object of another merchant is the same as one that does not exist', async () => {
  const { ids, planted, customerId } = await belongings()
  const own = await requestsWith(keyOf(HARBOR))
  const stranger = await requestsWith(keyOf(ATLAS))
  const places = [
    'customers',
    'notes',
    'profiles',
    'instruments',
    'api-keys',
    'containers',
    'connectors',
    'transactions',
  ] as const
  const kinds = {
    customers: 'customer',
    notes: 'note',
    profiles: 'profile',
    instruments: 'instrument',
    'api-keys': 'key',
    containers: 'container',
    connectors: 'connector',
    transactions: 'transaction',
  } as const
  const state = async () =>
    Promise.all(
      places.map(async (place) => (await own.get(`/api/${place}/${encodeURIComponent(ids[kinds[place]])}`)).text()),
    )
  const before = await state()
  // Of the same form as the real ones, but nobody's.
  const twin = (id: string) => id.replace(/.{4}$/, (end) => (end === 'AAAA' ? 'BBBB' : 'AAAA'))
  const twins = { tag: ids.tag, profile: twin(ids.profile), instrument: twin(ids.instrument) }
  const wrong: string[] = []
  for (const operation of (await guarded()).filter(({ path }) => path.includes('{'))) {
    for (const theirs of [ids, { ...ids, customer: customerId }]) {
      const path = fill(operation, theirs)
      const nowhere = { ...NOWHERE, ...twins, ...(theirs === ids ? {} : { customer: randomUUID() }) }
      const idOf = (each: Ids) =>
        fill(operation, each).split('/')[operation.path.split('/').findIndex((part) => part.startsWith('{'))] ?? ''
      const one = await said(await send(stranger, operation, path), idOf(theirs))
      const other = await said(await send(stranger, operation, fill(operation, nowhere)), idOf(nowhere))
      if (!one.startsWith('[404') || one !== other) wrong.push(`${operation.name}\n${one}\n${other}`)
      if (one.replaceAll(encodeURIComponent(ids.tag), '').includes(planted) && !path.includes(planted))
        wrong.push(`${operation.name} leaks`)
    }
  }
  expect(wrong).toEqual([])
  expect(await state(), 'nothing of the owner has changed').toEqual(before)
  expect(before.every((text) => text.length > 20 && !text.includes('not found'))).toBe(true)
  await Promise.all([own.dispose(), stranger.dispose()])
})

test('ids in the query, the body, a header or a cursor open nothing of another merchant', async () => {
  const { ids, planted, customerId } = await belongings()
  const own = await requestsWith(keyOf(HARBOR))
  const stranger = await requestsWith(keyOf(ATLAS))
  const rows = async (query: string) => (await (await stranger.get(`/api/customers?${query}`)).json()).data
  for (const query of [
    `q=${planted}`,
    `query=${planted}`,
    `memberId=${planted}`,
    `customerId=${customerId}`,
    `tags=${planted}`,
  ]) {
    const answer = await stranger.get(`/api/customers?${query}`)
    expect(await answer.text(), query).not.toContain(`${planted} Harbor`)
  }
  expect(await rows(`memberId=${planted}`)).toEqual([])
  const found = await own.get(`/api/customers?memberId=${planted}`)
  expect((await found.json()).data, 'the owner finds it').toHaveLength(1)

  const page = await (await own.get('/api/customers?limit=1')).json()
  const cursor = page.nextCursor ?? page.page?.nextCursor
  expect(cursor, 'the list has a second page').toBeTruthy()
  const pasted = await stranger.get(`/api/customers?limit=1&cursor=${encodeURIComponent(cursor)}`)
  expect(pasted.status()).toBe(400)

  const moved = await stranger.get(`/api/customers/${ids.customer}`, {
    headers: { 'clientele-merchant': String(merchantId(HARBOR)) },
  })
  expect(moved.status()).toBe(404)
  expect((await moved.json()).error.code).toBe('MERCHANT_NOT_FOUND')

  const group = await requestsWith(keyOf(GROUP))
  expect((await group.get(`/api/customers/${ids.customer}`)).status(), 'the parent names the merchant first').toBe(404)
  const below = { headers: { 'clientele-merchant': String(merchantId(HARBOR)) } }
  expect((await group.get(`/api/customers/${ids.customer}`, below)).status()).toBe(200)
  const sister = await requestsWith(keyOf('Fjord Outdoor'))
  for (const path of [`customers/${ids.customer}`, `notes/${ids.note}`, `api-keys/${ids.key}`]) {
    expect((await sister.get(`/api/${path}`)).status(), `a sister asks for ${path}`).toBe(404)
  }
  await Promise.all([own, stranger, group, sister].map((api) => api.dispose()))
})
