// An empty installation: the one-time link, the first owner, and what every screen says while there is nothing yet.
import type { Page } from '@playwright/test'
import { expect, expectNoAxe, test, unique } from './fixtures.ts'
import { type OwnServer, removeFolder, startServer } from './own-server.ts'
import { raw } from './routes.ts'

test.use({ who: 'nobody' })
test.describe.configure({ mode: 'serial' })

const LINK = /http:\/\/\S+\/setup\/\S+/
const OWNER = { email: 'first@owner.example', password: 'nine copper kettles in a row' }
let server: OwnServer

test.beforeAll(async () => {
  server = await startServer(LINK)
})
test.afterAll(async () => {
  await server.stop()
  removeFolder(server)
})

async function signedIn(page: Page) {
  await page.goto(`${server.url}/sign-in`)
  await page.getByLabel('E-mail').fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
}

test('nobody can sign in, no account exists, and the API knows no key', async ({ page }) => {
  await page.goto(server.url)
  await expect(page).toHaveURL(/\/sign-in/)
  await expect(page.getByText('This is the demo')).toHaveCount(0)
  expect((await raw(server.url, '/api/customers')).status).toBe(401)
  expect((await raw(server.url, '/api/customers', { 'x-api-key': 'ck_admin' })).status).toBe(401)
  expect((await raw(server.url, '/api/health/ready')).status).toBe(200)
})

test('a wrong link says so and shows no form', async ({ page }) => {
  await page.goto(`${server.url}/setup/${'x'.repeat(43)}`)
  await expect(page.getByRole('heading', { name: 'This link does not work' })).toBeVisible()
  await expect(page.getByRole('textbox')).toHaveCount(0)
})

test('the link makes the merchant and its first owner on one page, and refuses an easy password', async ({ page }) => {
  const link = LINK.exec(server.said())?.[0] ?? ''
  await page.goto(link)
  await expectNoAxe(page, 'set-up')
  await page.getByRole('button', { name: 'Create merchant and owner' }).click()
  await expect(page.getByLabel('Merchant', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('Merchant', { exact: true }).fill('Kestrel Bakery')
  await page.getByLabel('Currency').selectOption('CHF')
  await page.getByLabel('Time zone').selectOption('Europe/Zurich')
  await page.getByLabel('Your name').fill('Robin Kestrel')
  await page.getByLabel('E-mail').fill(OWNER.email)
  for (const easy of ['short', 'passwordpassword', 'kestrel bakery kestrel']) {
    await page.getByLabel('Password', { exact: true }).fill(easy)
    await page.getByRole('button', { name: 'Create merchant and owner' }).click()
    await expect(page.getByLabel('Password', { exact: true }), easy).toHaveAttribute('aria-invalid', 'true')
  }
  await expect(page.getByLabel('Your name'), 'what was typed stays').toHaveValue('Robin Kestrel')
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await page.getByRole('button', { name: 'Create merchant and owner' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  await expect(page.getByRole('list').filter({ hasText: 'Add the first customer' })).toBeVisible()
})

test('the link and the whole set-up are gone afterwards', async ({ browserAs }) => {
  const link = LINK.exec(server.said())?.[0] ?? ''
  const first = await raw(server.url, new URL(link).pathname)
  const other = await raw(server.url, `/setup/${'x'.repeat(43)}`)
  expect([first.status, other.status]).toEqual([404, 404])
  expect(first.text).not.toContain('Kestrel')
  const page = await browserAs('nobody')
  await signedIn(page)
})

test('every list says what belongs there, and what to do first', async ({ page }) => {
  await signedIn(page)
  await page.goto(`${server.url}/customers`)
  await expect(page.getByText('No customers yet')).toBeVisible()
  await expectNoAxe(page, 'no customers')
  await page.goto(`${server.url}/profiles`)
  await expect(page.getByText(/No (profiles|container)/i).first()).toBeVisible()
  await page.goto(`${server.url}/access/keys`)
  await expect(page.getByText(/^No (active )?API keys/)).toBeVisible()
  await page.goto(`${server.url}/access/team`)
  await expect(page.getByRole('table', { name: 'Team' }).getByRole('rowheader')).toHaveCount(1)
  await page.goto(`${server.url}/customers?panel=new`)
  const name = unique('First')
  await page.getByRole('form', { name: 'Add customer' }).getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await page.goto(server.url)
  await expect(page.getByText('Add the first customer (done)')).toBeVisible()
  await page.getByRole('button', { name: 'Dismiss first steps' }).click()
  await expect(page.getByText('Add the first customer')).toHaveCount(0)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Recent customers' })).toBeVisible()
  await expect(page.getByText('Add the first customer')).toHaveCount(0)
})

test('a restart keeps people, sessions and customers, and prints no link', async ({ page, allow }) => {
  // The open page may still ask for its icon while nobody listens.
  allow(/ERR_CONNECTION_REFUSED/)
  await signedIn(page)
  await page.goto(`${server.url}/customers`)
  const rows = page.getByRole('table', { name: 'Customers' }).getByRole('rowheader')
  await expect(rows).toHaveCount(1)
  const names = await rows.allTextContents()
  await server.stop()
  const cookies = await page.context().cookies()
  server = await startServer(/"msg":"ready"|ready/, server.folder)
  expect(server.said()).not.toMatch(/\/setup\//)
  await page.context().clearCookies()
  await page.context().addCookies(cookies)
  await page.goto(`${server.url}/customers`)
  await expect(rows).toHaveText(names)
})
