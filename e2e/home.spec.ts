// The first screen: every figure is a link to a list with just that total, and each role sees its own part.
import type { Page } from '@playwright/test'
import { at as atMerchant, expect, makeCustomer, test } from './fixtures.ts'

// No other journey adds customers here, so that a figure is still right when its list is looked at.
const FJORD = 'Fjord Outdoor'
const at = (screen: string) => atMerchant(screen, FJORD)
test.use({ who: { role: 'owner', merchant: FJORD } })

const figures = (page: Page) => page.getByRole('region', { name: 'Figures' })

test('each figure leads to the list that it counts', async ({ page }) => {
  await page.goto(at('/'))
  await expect(page).toHaveTitle(`Home · ${FJORD}`)
  await expect(figures(page).getByRole('link').first()).toBeVisible()
  const labels = await figures(page).getByRole('link').allInnerTexts()
  expect(labels.length).toBeGreaterThanOrEqual(3)
  for (const label of labels) {
    if (label === 'Completeness') continue
    await page.goto(at('/'))
    const tile = figures(page)
      .locator('div')
      .filter({ has: page.getByRole('link', { name: label, exact: true }) })
    const figure = await tile.getByText(/^[\d,]+\+?$/).innerText()
    await figures(page).getByRole('link', { name: label, exact: true }).click()
    await expect(page).toHaveURL(/\/customers\?/)
    const total = Number(figure.replaceAll(/\D/g, ''))
    if (total === 0) await expect(page.getByRole('table', { name: 'Customers' })).toHaveCount(0)
    else
      await expect(
        page
          .getByRole('main')
          .getByText(new RegExp(`\\b${figure}\\b`))
          .first(),
        label,
      ).toBeVisible()
  }
})

test('what needs attention leads there, and a new customer is recent at once', async ({ page }) => {
  const { name } = await makeCustomer({}, FJORD)
  await page.goto(at('/'))
  await expect(page.getByRole('link', { name, exact: true })).toBeVisible()
  const matter = page.getByRole('link', { name: /customers? (have|has) an? (expired card|card that expires)/ }).first()
  const count = /^[\d,]+/.exec(await matter.innerText())?.[0] ?? ''
  await matter.click()
  await expect(page.getByRole('table', { name: 'Customers' }).getByRole('rowheader')).toHaveCount(
    Math.min(25, Number(count)),
  )
})

test('a failing card leaves the others', async ({ page, allow }) => {
  allow(/50\d/)
  const { name } = await makeCustomer({}, FJORD)
  await page.goto(at('/customers'))
  await page.route('**/api/internal/home?*', (route) =>
    route.fulfill({
      status: 500,
      json: { requestId: 'req_home0000001', error: { code: 'INTERNAL', message: 'Broken' } },
    }),
  )
  await page.goto(at('/'))
  await expect(page.getByRole('link', { name, exact: true })).toBeVisible()
})

test('quick actions follow the role', async ({ page, browserAs }) => {
  await page.goto(at('/'))
  await page.getByRole('button', { name: 'More actions' }).click()
  await expect(page.getByRole('menuitem')).toHaveText(['Make an API key', 'Invite a colleague'])
  const analyst = await browserAs({ role: 'analyst', merchant: FJORD })
  await analyst.goto(at('/'))
  await expect(analyst.getByRole('link', { name: 'Add customer' })).toHaveCount(0)
  await expect(analyst.getByRole('button', { name: 'More actions' })).toHaveCount(0)
  await expect(figures(analyst).getByRole('link').first()).toBeVisible()
})
