// Signing in and out, and that a session that has ended opens nothing in its next request.
import type { Page } from '@playwright/test'
import {
  ATLAS,
  at,
  expect,
  expectNoAxe,
  HARBOR,
  makeCustomer,
  merchantId,
  OWNER,
  personOf,
  requestsAs,
  signIn,
  test,
} from './fixtures.ts'

test.use({ who: 'nobody' })

async function fill(page: Page, email: string, password: string) {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test('leads to the page that was asked for, and away from it after signing out', async ({ page }) => {
  const { id, name } = await makeCustomer()
  await page.goto(at(`/customers/${id}`))
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await expectNoAxe(page, 'sign-in')
  const { email, password } = personOf(OWNER)
  await fill(page, email, password)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in$/)
  await page.goBack()
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  expect(await page.content(), 'Back shows nothing of the record').not.toContain(name)
  await page.goto(at(`/customers/${id}`))
  await expect(page).toHaveURL(/\/sign-in\?next=/)
})

test('by keyboard alone: two tab stops from the page to the button', async ({ page }) => {
  await page.goto('/sign-in')
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled()
  await expect(page.getByLabel('E-mail')).toBeFocused()
  const { email, password } = personOf({ role: 'support', merchant: HARBOR })
  await page.keyboard.type(email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await page.goto('/sign-in')
  await expect(page, 'a signed-in visitor goes on').not.toHaveURL(/sign-in/)
})

test('a wrong password and an unknown address say the same', async ({ page, allow }) => {
  allow(/401/)
  const said: string[] = []
  for (const email of [personOf({ role: 'auditor', merchant: ATLAS }).email, 'nobody@nowhere.example']) {
    await page.goto('/sign-in')
    await fill(page, email, 'a wrong password of some length')
    const alert = page.getByRole('main').getByRole('alert')
    await expect(alert).toBeVisible()
    said.push(await alert.innerText())
    await expect(page.getByLabel('E-mail')).toHaveValue(email)
  }
  expect(said[0]).toBe(said[1])
  expect(said[0]).toMatch(/not right/)
})

test('never goes on to another site', async ({ page }) => {
  const { email, password } = personOf({ role: 'developer', merchant: HARBOR })
  await page.goto('/sign-in?next=https://evil.example/')
  await fill(page, email, password)
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  expect(new URL(page.url()).hostname).toBe('127.0.0.1')
  await page.goto('/sign-in?next=//evil.example/x')
  expect(new URL(page.url()).hostname).toBe('127.0.0.1')
})

test('signing out in one tab ends the other at its next step', async ({ browserAs, allow }) => {
  allow(/401/)
  const account = personOf({ role: 'manager', merchant: ATLAS })
  const page = await browserAs('nobody')
  await page.context().addCookies((await signIn(account)).cookies)
  const other = await page.context().newPage()
  await page.goto(at('/customers', ATLAS))
  await other.goto(at('/customers', ATLAS))
  await expect(other.getByRole('table', { name: 'Customers' })).toBeVisible()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in$/)
  await other.getByRole('textbox', { name: 'Search customers' }).fill('anna')
  await expect(other, 'the next read leads to the sign-in').toHaveURL(/\/sign-in\?next=/)
})

test('a session that somebody ends fails in its next request', async () => {
  const account = personOf({ role: 'developer', merchant: ATLAS })
  const [mine, spare] = [await signIn(account), await signIn(account)]
  const m = merchantId(ATLAS)
  const asked = async (state: typeof mine) => {
    const { request } = await import('@playwright/test')
    return request.newContext({
      baseURL: `http://127.0.0.1:${process.env.E2E_PORT}`,
      storageState: state,
      maxRedirects: 0,
    })
  }
  const [keeper, ended] = [await asked(mine), await asked(spare)]
  expect((await ended.get(`/customers?m=${m}`)).status()).toBe(200)
  const sessions = await (await ended.get(`/api/internal/sessions?m=${m}`)).json()
  const { actions, call } = await import('./actions.ts')
  const end = actions().find(({ name }) => name === 'endSessionAction')
  const newest = Math.max(...sessions.map(({ id }: { id: number }) => id))
  expect(end, 'the action is there').toBeTruthy()
  if (!end) return
  expect(await call(keeper, end, [m, { sessionId: newest }])).toMatchObject({ ok: true })
  expect((await ended.get(`/api/internal/customers?m=${m}`)).status()).toBe(401)
  expect((await ended.get(`/customers?m=${m}`)).status()).toBe(307)
  expect((await keeper.get(`/api/internal/customers?m=${m}`)).status()).toBe(200)
  await Promise.all([keeper.dispose(), ended.dispose()])
})

test('the same account elsewhere keeps its own merchant: two tabs never mix', async () => {
  const owner = await requestsAs({ role: 'owner', merchant: 'Northwind Group' })
  const names = async (merchant: string) =>
    (await (await owner.get(`/api/internal/customers?m=${merchantId(merchant)}`)).json()).data.map(
      ({ id }: { id: number }) => id,
    )
  const [harbor, fjord] = [await names(HARBOR), await names('Fjord Outdoor')]
  expect(harbor.length).toBeGreaterThan(0)
  expect(harbor.filter((id: number) => fjord.includes(id))).toEqual([])
  await owner.dispose()
})
