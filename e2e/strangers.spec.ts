// The API as nobody, as a stranger and as every role: every operation of the OpenAPI document, which the server makes
// from the routes it serves, so that a new route is in this matrix the moment it exists.
import { randomUUID } from 'node:crypto'
import { type APIRequestContext, type APIResponse, request } from '@playwright/test'
import { PERMISSIONS, type Permission, ROLES, rolePermissions, scopePermissions } from '#lib/core/permissions'
import {
  ATLAS,
  BASE,
  demo,
  expect,
  GROUP,
  HARBOR,
  keyOf,
  makeCustomer,
  merchantId,
  OWNER,
  personOf,
  requestsAs,
  requestsWith,
  test,
  unique,
} from './fixtures.ts'

test.use({ who: 'nobody' })

type Operation = { name: string; method: string; path: string; permission: Permission | 'any' | undefined }
type Document = { paths: Record<string, Record<string, { 'x-permission'?: Permission | 'any' }>> }

async function operations(): Promise<Operation[]> {
  const api = await request.newContext({ baseURL: BASE })
  const { paths } = (await (await api.get('/api/openapi/clientele.json')).json()) as Document
  await api.dispose()
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { 'x-permission': permission }]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      permission,
    })),
  )
}

const guarded = async () => (await operations()).filter(({ permission }) => permission !== undefined)

/** Bodies that get as far as the look-up of the object. */
const BODIES: Record<string, unknown> = {
  'PUT /api/customers/{id}': { name: 'Taken over' },
  'PATCH /api/customers/{id}': { name: 'Taken over' },
  'POST /api/customers/{id}/notes': { text: 'Taken over' },
  'PATCH /api/notes/{noteId}': { text: 'Taken over' },
  'PATCH /api/instruments/{id}': { preferred: true },
  'PATCH /api/api-keys/{id}': { name: 'Taken over' },
  'POST /api/api-keys/{id}/roll': {},
}

type Ids = {
  customer: string
  note: string
  profile: string
  instrument: string
  key: string
  user: string
  tag: string
}

const PLACES: readonly [pattern: RegExp, id: keyof Ids][] = [
  [/^\/api\/customers\/\{id\}/, 'customer'],
  [/^\/api\/users\/payment-methods\/\{id\}/, 'customer'],
  [/^\/api\/notes\/\{noteId\}/, 'note'],
  [/^\/api\/profiles\/\{profileGuid\}/, 'profile'],
  [/^\/api\/instruments\/\{id\}/, 'instrument'],
  [/^\/api\/api-keys\/\{id\}/, 'key'],
  [/^\/api\/users\/\{userId\}/, 'user'],
]

/** The path with the object's id in it; fails for a kind of object that this matrix does not know yet. */
function fill({ name, path }: Operation, ids: Ids): string {
  const [, kind] = PLACES.find(([pattern]) => pattern.test(path)) ?? []
  if (!kind) throw new Error(`${name}: say in PLACES what its id is`)
  return path.replace('{tag}', ids.tag).replace(/\{\w+\}/, encodeURIComponent(ids[kind]))
}

const send = (api: APIRequestContext, { name, method }: Operation, path: string): Promise<APIResponse> =>
  api.fetch(path, { method, ...(method === 'GET' ? {} : { data: BODIES[name] ?? {} }), maxRedirects: 0 })

const NOWHERE: Ids = {
  customer: '900000000000001',
  note: '900000000000001',
  profile: 'nobody-has-this-guid',
  instrument: randomUUID(),
  key: '900000000000001',
  user: '900000000000001',
  tag: 'nothing',
}

/** Something of Harbor Books of every kind. */
async function belongings(): Promise<{ ids: Ids; planted: string; customerId: string }> {
  const api = await requestsWith(keyOf(HARBOR))
  const planted = unique('Zeppelin')
  const { id, customerId } = await makeCustomer({ name: `${planted} Harbor`, tags: [planted], memberId: planted })
  const note = await (await api.post(`/api/customers/${id}/notes`, { data: { text: planted } })).json()
  const key = await (await api.post('/api/api-keys', { data: { name: planted, scopes: ['customers:read'] } })).json()
  const { data: profiles } = await (await api.get('/api/profiles?limit=25')).json()
  const profile = profiles.find((each: { instruments?: unknown[] }) => each.instruments?.length !== 0)
  const wallet = await (await api.get(`/api/profiles/${profile.profileGuid}/instruments`)).json()
  const { data: users } = await (await api.get('/api/users')).json()
  await api.dispose()
  const [instrument] = wallet.data ?? wallet
  const kept = { profile: String(profile.profileGuid), instrument: String(instrument.paymentToken ?? instrument.id) }
  const more = { note: String(note.id), key: String(key.id), user: String(users[0].id) }
  return { ids: { customer: String(id), tag: planted, ...kept, ...more }, planted, customerId }
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
  const places = ['customers', 'notes', 'profiles', 'instruments', 'api-keys'] as const
  const kinds = {
    customers: 'customer',
    notes: 'note',
    profiles: 'profile',
    instruments: 'instrument',
    'api-keys': 'key',
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

async function tokenOf(role: (typeof ROLES)[number]): Promise<string> {
  const { email, password } = personOf({ role, merchant: HARBOR })
  const api = await request.newContext({ baseURL: BASE })
  const answer = await api.post('/api/auth/login', { data: { email, password } })
  const { accessToken } = (await answer.json()) as { accessToken: string }
  await api.dispose()
  return accessToken
}

/** Routes that tell contact data by their nature, and changes that read the object first, need that permission, too. */
const ALSO: Record<string, Permission> = {
  'GET /api/customers/{id}/duplicates': 'pii:read',
  'PATCH /api/notes/{noteId}': 'customers:read',
  'DELETE /api/notes/{noteId}': 'customers:read',
  'PATCH /api/api-keys/{id}': 'keys:read',
}

/** Every operation with ids of nothing and empty bodies: refused without the permission, and only then. */
async function mayDo(headers: Record<string, string>, held: ReadonlySet<Permission>): Promise<string[]> {
  const api = await request.newContext({ baseURL: BASE, extraHTTPHeaders: headers })
  const wrong: string[] = []
  const all = (await guarded()).filter(({ path }) => !path.endsWith('/logout'))
  for (const operation of all) {
    const path = operation.path.includes('{') ? fill(operation, NOWHERE) : operation.path
    const answer = await send(api, { ...operation, name: BODIES[operation.name] ? operation.name : '' }, path)
    const status = answer.status()
    const needs = [operation.permission, ALSO[operation.name]].filter((each) => each && each !== 'any') as Permission[]
    const allowed = needs.every((each) => held.has(each))
    if (allowed ? [401, 403].includes(status) || status >= 500 : status !== 403) {
      wrong.push(`${operation.name} (${operation.permission}): ${status} ${await answer.text()}`)
    }
  }
  await api.dispose()
  expect(all.length).toBeGreaterThan(30)
  return wrong
}

for (const role of ROLES) {
  test(`as ${role} the API allows what the permission table says, and nothing else`, async () => {
    const headers = { authorization: `Bearer ${await tokenOf(role)}` }
    expect(await mayDo(headers, rolePermissions(role))).toEqual([])
  })
}

test('a key does what its scopes say, and nothing else', async () => {
  const { scopes, key } = demo().apiKeys.find(({ name, merchant }) => name === 'read' && merchant === HARBOR) ?? {
    scopes: [],
    key: '',
  }
  expect(await mayDo({ 'x-api-key': key }, scopePermissions(scopes))).toEqual([])
  const full = await requestsWith(keyOf(HARBOR))
  for (const scope of PERMISSIONS.filter((each) => each.startsWith('customers:') || each.startsWith('keys:'))) {
    const made = await full.post('/api/api-keys', { data: { name: `only ${scope}`, scopes: [scope] } })
    expect(made.ok(), await made.text()).toBe(true)
    const { key: only } = await made.json()
    expect.soft(await mayDo({ authorization: `Bearer ${only}` }, new Set([scope])), scope).toEqual([])
  }
  await full.dispose()
})

test('without pii:read no route tells contact data', async () => {
  const secret = {
    email: `${unique('plain')}@secret.example`,
    phone: '+44 20 7946 0123',
    name: `${unique('Plainname')} Secret`,
  }
  const { id } = await makeCustomer({ ...secret, dateOfBirth: '1980-02-03' })
  for (const role of ['analyst', 'auditor', 'developer'] as const) {
    const api = await request.newContext({
      baseURL: BASE,
      extraHTTPHeaders: { authorization: `Bearer ${await tokenOf(role)}` },
    })
    for (const path of [
      `/api/customers/${id}`,
      '/api/customers?limit=100',
      `/api/customers/${id}/timeline`,
      `/api/customers/${id}/duplicates`,
    ]) {
      const text = await (await api.get(path)).text()
      for (const value of [secret.email, secret.name, '7946 0123', '79460123', '1980-02-03']) {
        expect(text, `${role} ${path}`).not.toContain(value)
      }
    }
    await api.dispose()
  }
})
