// The headers of every kind of answer, nonces that never repeat, and nothing storable that is personal.
import {
  at,
  BASE,
  expect,
  HARBOR,
  keyOf,
  makeCustomer,
  merchantId,
  OWNER,
  requestsAs,
  requestsWith,
  sessionOf,
  test,
} from './fixtures.ts'
import { pageRoutes, raw } from './routes.ts'

test.use({ who: 'nobody' })

const EVERYWHERE: Record<string, RegExp> = {
  'content-security-policy': /default-src 'none'.*frame-ancestors 'none'/,
  'x-content-type-options': /^nosniff$/,
  'referrer-policy': /^no-referrer$/,
  'cross-origin-resource-policy': /^same-origin$/,
}
const ON_PAGES: Record<string, RegExp> = {
  'cross-origin-opener-policy': /^same-origin$/,
  'permissions-policy': /camera=\(\).*microphone=\(\)/,
  'content-security-policy': /script-src 'nonce-[\w+/=]{20,}' 'strict-dynamic';.*base-uri 'none'; object-src 'none'/,
}

/** The card fields, which stand in a frame of our own pages. */
const FRAMED: Record<string, RegExp> = {
  'content-security-policy': /default-src 'none'.*form-action 'none'; frame-ancestors 'self'; base-uri 'none'/,
}

type Answer = { status: number; headers: NodeJS.Dict<string | string[]>; text: string }

/** What is missing or too much in an answer's headers. */
function faults(name: string, { status, headers }: Answer, isPage: boolean): string[] {
  const framed = name.startsWith('/hosted/card/') ? FRAMED : {}
  const expected = { ...EVERYWHERE, ...(isPage ? ON_PAGES : {}), ...framed }
  const missing = Object.entries(expected).filter(([header, form]) => !form.test(String(headers[header] ?? '')))
  const said = ['x-powered-by', 'server', 'x-nextjs-prerender'].filter((header) => headers[header] !== undefined)
  return [
    ...missing.map(([header]) => `${name} (${status}) lacks ${header}: ${headers[header]}`),
    ...said.map((header) => `${name} says ${header}`),
  ]
}

const cookieOf = async (): Promise<string> =>
  (await sessionOf(OWNER)).cookies.map(({ name, value }) => `${name}=${value}`).join('; ')

test('every page carries every header, as nobody and as somebody, found or not', async () => {
  const cookie = await cookieOf()
  const { id } = await makeCustomer()
  const wrong: string[] = []
  for (const { route, dashboard } of pageRoutes()) {
    const address = `${route.replace('[id]', String(id)).replaceAll(/\[[^\]]+\]/g, 'nothing')}?m=${merchantId(HARBOR)}`
    for (const headers of [{}, { cookie }, { cookie, rsc: '1' }] as Record<string, string>[]) {
      const answer = await raw(BASE, address, headers)
      wrong.push(...faults(address, answer, true))
      const stored = String(answer.headers['cache-control'])
      if (dashboard && answer.status !== 307 && !stored.includes('no-store'))
        wrong.push(`${address} (${answer.status}) may be stored: ${stored}`)
    }
  }
  expect(wrong).toEqual([])
})

test('files, errors, redirects and answers to nonsense carry them, too', async () => {
  const page = await raw(BASE, '/sign-in')
  const files = [
    ...new Set(
      [...page.text.matchAll(/"(\/_next\/static\/[^"\\]+\.(?:js|css|woff2))"/g)].map(([, file]) => file ?? ''),
    ),
  ]
  expect(files.length).toBeGreaterThan(3)
  const wrong: string[] = []
  for (const address of [
    ...files,
    '/icon.svg',
    '/_next/static/chunks/nothing.js',
    '/_next/image?url=%2Ficon.svg&w=64&q=75',
    '/nothing/here',
    '/%E0%A4%A',
    '/customers/%00',
    '/api/auth/csrf',
    '/api/auth/session',
    '/api/auth/providers',
    '/api/auth/nothing',
  ]) {
    wrong.push(...faults(address, await raw(BASE, address), false))
  }
  expect(wrong).toEqual([])
  expect((await raw(BASE, '/_next/image?url=%2Ficon.svg&w=64&q=75')).status, 'there is no image optimiser').toBe(404)
  for (const file of ['.map', '']) {
    const source = await raw(BASE, `${files.find((each) => each.endsWith('.js'))}${file}`)
    expect(source.status, `source map of a script${file}`).toBe(file ? 404 : 200)
  }
})

test('every answer of the API carries them with a request id, whatever its status', async () => {
  const api = await requestsWith(keyOf(HARBOR))
  const statuses = new Set<number>()
  const wrong: string[] = []
  const asked = [
    ['GET', '/api/health/live'],
    ['GET', '/api/openapi/clientele.json'],
    ['GET', '/api/customers?limit=1'],
    ['GET', '/api/customers/900000000000001'],
    ['POST', '/api/customers'],
    ['GET', '/api/nothing'],
    ['DELETE', '/api/customers'],
    ['OPTIONS', '/api/customers'],
    ['HEAD', '/api/customers'],
    ['GET', '/api/internal/customers'],
    ['GET', `/api/customers?q=${'x'.repeat(9000)}`],
    ['GET', '/api/ipg/2.0.0/customers?limit=1'],
  ] as const
  for (const [method, path] of asked) {
    const answer = await api.fetch(path, { method, ...(method === 'POST' ? { data: {} } : {}) })
    statuses.add(answer.status())
    wrong.push(
      ...faults(
        `${method} ${path.slice(0, 60)}`,
        { status: answer.status(), headers: answer.headers(), text: '' },
        false,
      ),
    )
    if (!/^[\w-]{8,64}$/.test(answer.headers()['x-request-id'] ?? ''))
      wrong.push(`${method} ${path.slice(0, 60)} has no request id`)
    const stored = answer.headers()['cache-control'] ?? ''
    if (path.includes('customers') && !/private|no-store/.test(stored))
      wrong.push(`${path.slice(0, 60)} may be stored: ${stored}`)
  }
  expect(wrong).toEqual([])
  for (const status of [200, 204, 400, 401, 404, 405, 414]) expect(statuses, String(status)).toContain(status)
  await api.dispose()
})

test('a nonce is used once: five hundred pages, five hundred nonces, and none that a visitor chose', async () => {
  const nonces = new Set<string>()
  const wish = { 'x-nonce': 'chosen', 'content-security-policy': "script-src 'nonce-chosen'" }
  for (let round = 0; round < 25; round++) {
    const answers = await Promise.all(Array.from({ length: 20 }, () => raw(BASE, '/sign-in', wish)))
    for (const { headers, text } of answers) {
      const nonce = /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1] ?? ''
      expect(text).toContain(`nonce="${nonce}"`)
      nonces.add(nonce)
    }
  }
  expect(nonces.size).toBe(500)
  expect(nonces).not.toContain('chosen')
})

test('the session cookie is out of reach of scripts and other sites', async () => {
  const { cookies } = await sessionOf(OWNER)
  const session = cookies.find(({ name }) => name.endsWith('clientele.session'))
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', domain: '127.0.0.1' })
})

test.describe('in the browser', () => {
  test.use({ who: OWNER })

  test('nothing personal is left in the storage of the browser', async ({ page }) => {
    const { id, name, email } = await makeCustomer()
    await page.goto(at(`/customers?q=${name}`))
    await page.goto(at(`/customers/${id}`))
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    const kept = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
    )
    expect(kept).not.toContain(name)
    expect(kept).not.toContain(email)
    expect(await page.evaluate(() => document.cookie)).not.toContain('session')
  })

  test('script strings in stored data run nowhere', async ({ page }) => {
    const attack = `<img src=x onerror=alert(1)><script>alert(1)</script>`
    const dialogs: string[] = []
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
    const fields = {
      name: attack,
      company: attack,
      tags: ['"><svg onload=alert(1)>'],
      description: 'javascript:alert(1)',
    }
    const { id } = await makeCustomer(fields)
    const api = await requestsWith(keyOf(HARBOR))
    await api.post(`/api/customers/${id}/notes`, { data: { text: attack } })
    await api.dispose()
    for (const screen of [
      '/customers?q=onerror',
      `/customers/${id}`,
      `/customers/${id}?tab=activity`,
      `/customers/${id}?panel=edit`,
    ]) {
      await page.goto(at(screen))
      await expect(page.getByText('onerror=alert').first()).toBeAttached()
      expect(await page.locator('img[src="x"], svg[onload]').count(), screen).toBe(0)
    }
    expect(dialogs).toEqual([])
  })
})

test('a page of one person is never given to another from a cache', async () => {
  const { id, name } = await makeCustomer()
  const owner = await requestsAs(OWNER)
  const first = await owner.get(at(`/customers/${id}`))
  expect(await first.text()).toContain(name)
  expect(first.headers()['cache-control']).toMatch(/no-store/)
  const nobody = await requestsAs('nobody', { 'if-none-match': first.headers().etag ?? '"x"' })
  const second = await nobody.get(at(`/customers/${id}`))
  expect(second.status()).toBe(307)
  expect(await second.text()).not.toContain(name)
  await Promise.all([owner.dispose(), nobody.dispose()])
})
