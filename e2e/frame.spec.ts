// The frame around every page, and the documents that need no session.
import { type Permission, ROLES, rolePermissions } from '#lib/core/permissions'
import { at, expect, HARBOR, makeCustomer, test } from './fixtures.ts'
import { raw } from './routes.ts'

const ENTRIES: Record<string, Permission | null> = {
  Home: null,
  Customers: 'customers:read',
  Profiles: 'profiles:read',
  Transactions: 'transactions:read',
  'API keys': 'keys:read',
  Team: 'team:read',
}

for (const role of ROLES) {
  test.describe(role, () => {
    test.use({ who: { role, merchant: HARBOR } })

    test('the navigation has the screens of the role and no others', async ({ page }) => {
      await page.goto(at('/customers'))
      const navigation = page.getByRole('navigation', { name: 'Main' })
      const held = rolePermissions(role)
      const expected = Object.entries(ENTRIES).filter(([, needs]) => needs === null || held.has(needs))
      await expect(navigation.getByRole('link')).toHaveText(expected.map(([name]) => name))
      await expect(navigation.getByRole('link', { name: 'Customers' })).toHaveAttribute('aria-current', 'page')
    })
  })
}

test('the theme applies at once and stands before the next page is drawn', async ({ page }) => {
  await page.goto(at('/customers'))
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Dark' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  const cookies = await page.context().cookies()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const { text } = await raw(new URL(page.url()).origin, at('/customers'), { cookie })
  expect(text, 'the server already knows it').toContain('data-theme="dark"')
})

test('without a connection the page stays and says so', async ({ page, allow }) => {
  allow(/ERR_INTERNET_DISCONNECTED/)
  const { id, name } = await makeCustomer()
  await page.goto(at(`/customers/${id}`))
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  const notice = page.getByText('You are offline.')
  await expect(notice).toHaveCount(0)
  await page.context().setOffline(true)
  await expect(notice).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await page.context().setOffline(false)
  await expect(notice).toHaveCount(0)
})

test('an address that leads nowhere is a 404 inside the frame', async ({ page, allow }) => {
  allow(/404/)
  const answer = await page.goto(at('/no/such/screen'))
  expect(answer?.status()).toBe(404)
  await expect(page.getByText('There is nothing here')).toBeVisible()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Customers' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Customers' })).toBeVisible()
})

test('a link without a merchant gets one, and a pasted one of another merchant is refused', async ({ page, allow }) => {
  allow(/404/)
  await page.goto('/customers')
  await expect(page).toHaveURL(new RegExp(at('/customers').replace('?', '\\?')))
  expect((await page.goto(at('/customers', 'Atlas Travel')))?.status()).toBe(404)
})

test.describe('for anybody', () => {
  test.use({ who: 'nobody' })

  test('the API reference loads everything from here', async ({ page }) => {
    await page.goto('/docs/api')
    await expect(page.getByRole('heading', { name: 'Clientele API' }).first()).toBeVisible({ timeout: 20_000 })
    await expect(page.getByRole('link', { name: 'Get a staff token' })).toBeVisible()
  })

  test('every error that the API names has its page', async ({ page }) => {
    await page.goto('/docs/errors')
    await expect(page.getByRole('heading', { level: 1, name: 'Error codes' })).toBeVisible()
    const { text } = await raw(new URL(page.url()).origin, '/api/customers')
    const { type, error } = JSON.parse(text) as { type: string; error: { code: string } }
    await page.goto(type)
    await expect(page.getByRole('heading', { level: 1 })).toContainText(error.code)
  })
})
