// Every page and every internal read as nobody, as a stranger and as every role. A page or read without a row fails.
import { READS } from '#lib/api/internal/reads'
import { type Permission, ROLES, rolePermissions } from '#lib/core/permissions'
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
  sessionOf,
  test,
  unique,
} from './fixtures.ts'
import { pageRoutes, raw } from './routes.ts'

test.use({ who: 'nobody' })

/** What each page of the dashboard needs; null for everybody who is signed in, 404 where there is nothing. */
const PAGES: Record<string, Permission | null | 404> = {
  '/': null,
  '/customers': 'customers:read',
  '/customers/[id]': 'customers:read',
  '/profiles': 'profiles:read',
  '/profiles/[guid]': 'profiles:read',
  '/access/team': 'team:read',
  '/access/roles': 'team:read',
  '/access/sessions': null,
  '/access/keys': 'keys:read',
  '/dev/ui': null,
  '/[...missing]': 404,
}
/** Pages outside of the dashboard hold nothing of a merchant. */
const OPEN = new Set([
  '/sign-in',
  '/pay/[uuid]',
  '/hosted/card/[apiKey]',
  '/setup/[token]',
  '/invite/[token]',
  '/docs/errors',
  '/docs/errors/[code]',
])

/** What each internal read needs. */
const NEEDS: Record<keyof typeof READS, Permission | Permission[] | null> = {
  customers: 'customers:read',
  'customer-facets': 'customers:read',
  customer: 'customers:read',
  'customer-changes': 'customers:read',
  'customer-duplicates': 'customers:read',
  'customer-history': 'customers:read',
  'customer-notes': 'customers:read',
  'customer-profiles': 'profiles:read',
  duplicates: ['customers:read', 'pii:read'],
  tags: 'customers:read',
  profiles: 'profiles:read',
  profile: 'profiles:read',
  'profile-sharing': 'profiles:read',
  'profile-deletion-impact': 'profiles:read',
  instruments: 'instruments:read',
  instrument: 'instruments:read',
  containers: 'containers:read',
  container: 'containers:read',
  connectors: 'connectors:read',
  connector: 'connectors:read',
  merchants: 'merchants:read',
  merchant: 'merchants:read',
  audit: 'audit:read',
  'audit-event': 'audit:read',
  'api-keys': 'keys:read',
  'api-key': 'keys:read',
  team: 'team:read',
  member: 'team:read',
  invitations: 'team:read',
  sessions: null,
  'team-sessions': 'team:read',
  home: null,
  'first-steps': null,
}

type Things = { id: number; profileGuid: string; planted: string[] }

/** A customer and a profile of Harbor Books, with the words that nobody else may read. */
async function things(): Promise<Things> {
  const word = unique('Marlowe')
  const { id, name, email } = await makeCustomer({ name: `${word} Vale`, company: `${word} Company` })
  const api = await requestsWith(keyOf(HARBOR))
  const { data: profiles } = await (await api.get('/api/profiles?limit=1')).json()
  const { data: customers } = await (await api.get('/api/customers?limit=5')).json()
  await api.dispose()
  const others = customers.flatMap((each: { name: string; email: string | null }) =>
    [each.name, each.email ?? []].flat(),
  )
  return { id, profileGuid: profiles[0].profileGuid, planted: [word, name, email, ...others] }
}

const fill = (route: string, { id, profileGuid }: Pick<Things, 'id' | 'profileGuid'>): string =>
  route.replace('[id]', String(id)).replace('[guid]', profileGuid).replace('[...missing]', 'nothing/here')

const dashboard = () => pageRoutes().filter((each) => each.dashboard)

test('every page and every read has its row', () => {
  expect(
    dashboard()
      .map(({ route }) => route)
      .filter((route) => !(route in PAGES)),
  ).toEqual([])
  expect(pageRoutes().filter((each) => !each.dashboard && !OPEN.has(each.route))).toEqual([])
  expect(Object.keys(READS).filter((name) => !(name in NEEDS))).toEqual([])
})

/** Ways in that were open in one framework or another. */
const SPELLINGS = (page: string): [string, Record<string, string>][] => [
  [page, {}],
  [page, { rsc: '1' }],
  [page, { rsc: '1', 'next-router-prefetch': '1' }],
  [page, { rsc: '1', 'next-router-segment-prefetch': '/_tree' }],
  [`${page}${page.includes('?') ? '&' : '?'}_rsc=1a2b3`, { rsc: '1' }],
  [page, { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' }],
  [page, { 'x-middleware-subrequest': 'src/middleware:src/middleware:src/middleware:src/middleware:src/middleware' }],
  [page, { 'x-middleware-rewrite': page, 'x-invoke-path': page, 'x-matched-path': page }],
  [page, { 'x-original-url': page, 'x-rewrite-url': page, 'x-forwarded-host': '127.0.0.1' }],
  [page, { cookie: 'clientele.session=forged; next-auth.session-token=forged' }],
  [page.replace('/', '//'), {}],
  [page.replace(/^\/(\w)/, (_all, letter: string) => `/%${letter.charCodeAt(0).toString(16)}`), {}],
  [`/sign-in/..${page}`, {}],
  [`/.${page}`, {}],
  [`/sign-in/%2e%2e${page}`, {}],
  [`${page.split('?')[0]}.rsc`, {}],
  [`${page.split('?')[0]}.segments/_tree.segment.rsc`, {}],
  [`/_next/data/build${page.split('?')[0]}.json`, {}],
  [`${BASE}${page}`, {}],
]

test('nobody gets a protected byte of any page, however it is asked for', async () => {
  const known = await things()
  const wrong: string[] = []
  for (const { route } of dashboard()) {
    const page = `${fill(route, known)}?m=${merchantId(HARBOR)}`
    for (const [address, headers] of SPELLINGS(page)) {
      const { status, text } = await raw(BASE, address, headers)
      if (known.planted.some((word) => text.includes(word))) wrong.push(`${address} ${JSON.stringify(headers)}: leaks`)
      if (status >= 500) wrong.push(`${address} ${JSON.stringify(headers)}: ${status}`)
    }
    if (PAGES[route] === 404) continue
    const { status, headers } = await raw(BASE, page)
    const to = `/sign-in?next=${encodeURIComponent(page)}`
    if (status !== 307 || headers.location !== to) wrong.push(`${page}: ${status} to ${headers.location}`)
  }
  expect(wrong).toEqual([])
})

test('nobody gets an internal read', async () => {
  const { id, planted } = await things()
  for (const name of Object.keys(READS)) {
    const address = `/api/internal/${name}?m=${merchantId(HARBOR)}&input=${encodeURIComponent(JSON.stringify({ id }))}`
    const { status, text } = await raw(BASE, address)
    expect.soft(status, name).toBe(401)
    expect
      .soft(
        planted.filter((word) => text.includes(word)),
        name,
      )
      .toEqual([])
  }
})

test('internal reads answer our own pages only, and take nothing but GET', async () => {
  const owner = await requestsAs(OWNER)
  const address = `/api/internal/customers?m=${merchantId(HARBOR)}`
  expect((await owner.get(address)).status()).toBe(200)
  for (const site of ['cross-site', 'same-site', 'none']) {
    const answer = await owner.get(address, { headers: { 'sec-fetch-site': site } })
    expect(answer.status(), site).toBe(403)
  }
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    const answer = await owner.fetch(address, { method, headers: { origin: BASE } })
    expect([404, 405], method).toContain(answer.status())
    const overridden = await owner.get(address, { headers: { 'x-http-method-override': method } })
    expect(overridden.status(), 'a GET stays a GET').toBe(200)
  }
  await owner.dispose()
})

/**
 * The words of an answer, sorted, apart from ids that were asked for and what differs in every answer. A page streams
 * its pieces in the order in which they are ready, so their order and numbers say nothing.
 */
const words = (text: string, ids: readonly string[]): string[] =>
  ids
    .reduce((said, id) => said.replaceAll(id, 'asked'), text)
    .replaceAll(/nonce(="|\\?":\\?")[^"\\]+/g, '')
    .replaceAll(/req_\w+|\d{4}-\d\d-\d\dT[\d:.]+Z/g, '')
    .replaceAll(/<\/?script[^>]*>|self\.__next_f\.push\(\[1,"|"\]\)/g, '')
    .replaceAll(/\$L?@?[0-9a-f]+|(\\n|")[0-9a-f]+:/g, ' ')
    .split(/\W+/)
    .sort()

test("another merchant's record is the page of one that does not exist", async () => {
  const known = await things()
  const absent = { id: 900_000_000_000_001, profileGuid: known.profileGuid.replace(/.{4}$/, 'AAAA') }
  const stranger = await requestsAs({ role: 'owner', merchant: ATLAS })
  for (const route of ['/customers/[id]', '/profiles/[guid]']) {
    const ids = [String(known.id), String(absent.id), known.profileGuid, absent.profileGuid]
    const answers: (readonly [number, string[]])[] = []
    for (const things of [known, absent]) {
      const answer = await stranger.get(`${fill(route, things)}?m=${merchantId(ATLAS)}`)
      answers.push([answer.status(), words(await answer.text(), ids)] as const)
    }
    expect(answers[0], route).toEqual(answers[1])
    expect(answers[0]?.[0], route).toBe(404)
    const away = await stranger.get(`${fill(route, known)}?m=${merchantId(HARBOR)}`)
    expect(away.status(), `${route} at a merchant out of reach`).toBe(404)
    const text = await away.text()
    expect(known.planted.filter((word) => text.includes(word))).toEqual([])
  }
  for (const [name, input] of Object.entries({
    customer: { id: known.id },
    'customer-notes': { customerId: known.id },
    'customer-history': { id: known.id, changesOnly: false, limit: 5 },
    profile: { profileGuid: known.profileGuid },
    instruments: { customerId: known.id },
  })) {
    const ask = (m: number) =>
      stranger.get(`/api/internal/${name}?m=${m}&input=${encodeURIComponent(JSON.stringify(input))}`)
    expect.soft((await ask(merchantId(ATLAS))).status(), name).toBe(404)
    expect.soft((await ask(merchantId(HARBOR))).status(), `${name} at a merchant out of reach`).toBe(404)
  }
  await stranger.dispose()
})

test('a group reaches its merchants below, and they do not reach it or each other', async () => {
  const { id } = await things()
  const group = await requestsAs({ role: 'manager', merchant: GROUP })
  expect((await group.get(`/customers/${id}?m=${merchantId(HARBOR)}`)).status()).toBe(200)
  expect((await group.get(`/customers/${id}?m=${merchantId('Fjord Outdoor')}`)).status()).toBe(404)
  expect((await group.get(`/customers/${id}?m=${merchantId(ATLAS)}`)).status()).toBe(404)
  const below = await requestsAs({ role: 'manager', merchant: 'Fjord Outdoor' })
  for (const merchant of [GROUP, HARBOR]) {
    expect((await below.get(`/customers?m=${merchantId(merchant)}`)).status(), merchant).toBe(404)
  }
  await Promise.all([group.dispose(), below.dispose()])
})

const FORBIDDEN = 'You may not see this'

for (const role of ROLES) {
  test(`as ${role} exactly the pages and reads of the permission table open`, async () => {
    const known = await things()
    const api = await requestsAs({ role, merchant: HARBOR })
    const held = rolePermissions(role)
    for (const { route } of dashboard()) {
      const needs = PAGES[route] ?? null
      const answer = await api.get(`${fill(route, known)}?m=${merchantId(HARBOR)}`)
      const text = await answer.text()
      const allowed = needs === null || (needs !== 404 && held.has(needs))
      const expected = needs === 404 ? 404 : allowed ? 200 : 403
      expect.soft(answer.status(), `${route} as ${role}`).toBe(expected)
      if (expected === 403) expect.soft(text, `${route} as ${role}`).toContain(FORBIDDEN)
      if (!held.has('pii:read')) {
        expect
          .soft(
            known.planted.filter((word) => text.includes(word)),
            `${route} as ${role} is masked`,
          )
          .toEqual([])
      }
    }
    for (const [name, needs] of Object.entries(NEEDS)) {
      const status = (await api.get(`/api/internal/${name}?m=${merchantId(HARBOR)}`)).status()
      const allowed = [needs ?? []].flat().every((each) => held.has(each))
      expect.soft(status === 403, `${name} as ${role}: ${status}`).toBe(!allowed)
      expect.soft(status, `${name} as ${role}`).toBeLessThan(500)
    }
    await api.dispose()
  })
}

test('a session of somebody else opens nothing more by sending two cookies', async () => {
  const { cookies } = await sessionOf({ role: 'owner', merchant: ATLAS })
  const mine = cookies.find(({ name }) => name === 'clientele.session')
  const { id, planted } = await things()
  const cookie = `clientele.session=; clientele.session=${mine?.value}`
  const { status, text } = await raw(BASE, `/customers/${id}?m=${merchantId(HARBOR)}`, { cookie })
  expect([307, 404]).toContain(status)
  expect(planted.filter((word) => text.includes(word))).toEqual([])
})
