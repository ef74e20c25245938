// API keys: made with scopes, shown once, rotated with an overlap, revoked, and what each does in the very next request.
import type { Page } from '@playwright/test'
import { request } from '@playwright/test'
import { at as atMerchant, BASE, expect, keyOf, requestsAs, test, unique } from './fixtures.ts'

const FJORD = 'Fjord Outdoor'
const at = (screen: string) => atMerchant(screen, FJORD)
test.use({ who: { role: 'developer', merchant: FJORD }, fresh: true })

const table = (page: Page) => page.getByRole('table', { name: 'API keys' })
const rowOf = (page: Page, name: string) => table(page).getByRole('row').filter({ hasText: name })

async function status(key: string, path = '/api/customers?limit=1', method = 'GET', headers = {}): Promise<number> {
  const api = await request.newContext({ baseURL: BASE, extraHTTPHeaders: { 'x-api-key': key, ...headers } })
  const answer = await api.fetch(path, { method, ...(method === 'GET' ? {} : { data: {} }) })
  await api.dispose()
  return answer.status()
}

/** Reads the secret off the dialog that shows it this once, and closes it. */
async function takeSecret(page: Page): Promise<string> {
  const secret = await page.getByLabel('API key', { exact: true }).inputValue()
  expect(secret).toMatch(/^ck_/)
  await page.getByRole('button', { name: 'Copy key' }).click()
  await expect(page.getByText('Copied', { exact: true })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret)
  await page.getByRole('button', { name: 'Done' }).click()
  return secret
}

async function create(page: Page, name: string, preset = 'Read'): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(at('/access/keys?panel=new'))
  const form = page.getByRole('form', { name: 'Create API key' })
  await form.getByLabel('Name', { exact: true }).fill(name)
  await form.getByRole('radio', { name: new RegExp(`^${preset}`) }).check()
  await form.getByRole('button', { name: 'Create key' }).click()
  return takeSecret(page)
}

async function act(page: Page, name: string, action: string) {
  await rowOf(page, name)
    .getByRole('button', { name: /^Actions for/ })
    .click()
  await page.getByRole('menuitem', { name: action, exact: true }).click()
}

test('a key is made with what it may do, works at once, and is never shown again', async ({ page }) => {
  const name = unique('Reader')
  const key = await create(page, name)
  expect(await status(key)).toBe(200)
  expect(await status(key, '/api/customers', 'POST'), 'it only reads').toBe(403)
  expect(await status(key, '/api/users'), 'its maker may not see the team').toBe(403)
  await expect(rowOf(page, name)).toContainText(key.slice(0, 6))
  await page.reload()
  await expect(rowOf(page, name)).toBeVisible()
  expect(await page.content()).not.toContain(key)
  await page.goBack()
  await expect.poll(() => page.content().catch(() => key), 'Back does not show it').not.toContain(key)
})

test('leaving before the key was copied asks first', async ({ page }) => {
  const name = unique('Uncopied')
  await page.goto(at('/access/keys?panel=new'))
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: 'Create key' }).click()
  await expect(page.getByLabel('API key', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Done' }).click()
  const question = page.getByRole('alertdialog')
  await expect(question).toBeVisible()
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByLabel('API key', { exact: true })).toHaveValue(/^ck_/)
})

test('a name is required, and a network has to be one', async ({ page }) => {
  await page.goto(at('/access/keys?panel=new'))
  const form = page.getByRole('form', { name: 'Create API key' })
  await form.getByLabel(/^Allowed networks/).fill('not a network')
  await form.getByRole('button', { name: 'Create key' }).click()
  await expect(form.getByRole('alert').filter({ hasText: 'Some fields need another look' })).toBeFocused()
  await expect(form.getByLabel('Name', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await expect(form.getByLabel(/^Allowed networks/)).toHaveAttribute('aria-invalid', 'true')
})

test('scopes are offered as far as their maker holds them, and said in a sentence', async ({ page }) => {
  const name = unique('Narrow')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(at('/access/keys?panel=new'))
  const form = page.getByRole('form', { name: 'Create API key' })
  await form.getByLabel('Name', { exact: true }).fill(name)
  await form.getByRole('radio', { name: /^Own choice/ }).check()
  await expect(form.getByRole('checkbox', { name: /pii:read/ }), 'a developer sees no contact data').toHaveCount(0)
  const chosen = form.getByRole('checkbox', { checked: true })
  while ((await chosen.count()) > 0) await chosen.first().uncheck()
  await form.getByRole('checkbox', { name: /containers:read/ }).check()
  await expect(form.getByRole('status').filter({ hasText: /container/i })).toBeVisible()
  await form.getByRole('button', { name: 'Create key' }).click()
  const key = await takeSecret(page)
  expect(await status(key, '/api/containers')).toBe(200)
  expect(await status(key)).toBe(403)
})

test('after a rotation both secrets work until the old one is told to stop', async ({ page }) => {
  const name = unique('Rotated')
  const first = await create(page, name)
  await act(page, name, 'Rotate')
  await page.getByRole('radio', { name: /^24 hours/ }).check()
  await page.getByRole('button', { name: 'Rotate key' }).click()
  const second = await takeSecret(page)
  expect(second).not.toBe(first)
  expect([await status(first), await status(second)]).toEqual([200, 200])
  await expect(rowOf(page, name)).toContainText('Old secret works')
  await act(page, name, 'Rotate')
  await page.getByRole('radio', { name: /^Not at all/ }).check()
  await page.getByRole('button', { name: 'Rotate key' }).click()
  const third = await takeSecret(page)
  expect([await status(first), await status(second), await status(third)]).toEqual([401, 401, 200])
})

test('a revoked key fails in its next request; one in use wants its name typed', async ({ page }) => {
  const name = unique('Revoked')
  const key = await create(page, name)
  expect(await status(key)).toBe(200)
  await expect
    .poll(async () => {
      await page.reload()
      return rowOf(page, name).innerText()
    })
    .toContain('127.0.0.1')
  await act(page, name, 'Revoke')
  const question = page.getByRole('alertdialog', { name: `Revoke ${name}?` })
  await expect(question).toContainText('used in the last 24 hours')
  await question.getByRole('button', { name: `Revoke ${name}` }).click()
  expect(await status(key), 'not without its name').toBe(200)
  await question.getByRole('textbox').fill(name)
  await question.getByRole('button', { name: `Revoke ${name}` }).click()
  await expect(page.getByText(`${name} was revoked`)).toBeVisible()
  await expect(rowOf(page, name)).toHaveCount(0)
  expect(await status(key)).toBe(401)
  await page.getByRole('switch', { name: 'Show revoked and expired keys' }).check()
  await expect(rowOf(page, name)).toContainText('Revoked')
  await expect(page).toHaveURL(/state=all/)
})

test('the name of a key can be changed, its secret stays', async ({ page }) => {
  const [name, next] = [unique('Before'), unique('After')]
  const key = await create(page, name)
  await act(page, name, 'Edit')
  await page.getByLabel('Name', { exact: true }).fill(next)
  await page.getByRole('button', { name: /^Save/ }).click()
  await expect(rowOf(page, next)).toBeVisible()
  expect(await status(key)).toBe(200)
})

test('a key of another place never acts here, and the cookie is no key', async () => {
  const other = keyOf('Atlas Travel')
  const m = new URL(at('/'), BASE).searchParams.get('m') ?? ''
  expect(await status(other, '/api/customers', 'GET', { 'clientele-merchant': m })).toBe(404)
  const browser = await requestsAs({ role: 'developer', merchant: FJORD }, { origin: BASE })
  expect((await browser.get('/api/customers')).status()).toBe(401)
  expect((await browser.get(`/api/customers?apiKey=${other}`)).status(), 'no key in an address').toBe(401)
  await browser.dispose()
})

test('who may only read keys changes none; who may not is refused by name', async ({ browserAs, allow }) => {
  allow(/403/)
  const auditor = await browserAs({ role: 'auditor', merchant: FJORD })
  await auditor.goto(at('/access/keys'))
  await expect(table(auditor).getByRole('rowheader').first()).toBeVisible()
  await expect(auditor.getByRole('button', { name: 'Create API key' })).toHaveCount(0)
  await auditor
    .getByRole('button', { name: /^Actions for/ })
    .first()
    .click()
  await expect(auditor.getByRole('menuitem')).toHaveText(['Open'])
  const analyst = await browserAs({ role: 'analyst', merchant: FJORD })
  expect((await analyst.goto(at('/access/keys')))?.status()).toBe(403)
  await expect(analyst.getByRole('main')).toContainText('keys:read')
  await expect(analyst.getByRole('link', { name: 'API keys' })).toHaveCount(0)
})
