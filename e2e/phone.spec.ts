// The same work on a phone: cards instead of a table, drawers that fill the screen, nothing that scrolls sideways.
import type { Page } from '@playwright/test'
import { drawer, field } from './customer-form.ts'
import { at, expect, makeCustomer, test, unique } from './fixtures.ts'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

async function expectNoSideways(page: Page, where: string) {
  const [wide, room] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ])
  expect(wide, `${where} scrolls sideways`).toBeLessThanOrEqual(room ?? 0)
}

test('a customer is found, added and changed with a thumb', async ({ page }) => {
  const known = await makeCustomer({ status: 'inactive' })
  await page.goto(at('/'))
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Customers' }).click()
  const cards = page.getByRole('list', { name: 'Customers' })
  await expect(cards.getByRole('listitem').first()).toBeVisible()
  await expect(page.getByRole('table', { name: 'Customers' })).toBeHidden()
  await expectNoSideways(page, 'the list')

  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page
    .getByRole('dialog', { name: 'Filter' })
    .getByRole('checkbox', { name: /^Inactive/ })
    .check()
  await page.getByRole('button', { name: 'Show results' }).click()
  await expect(page).toHaveURL(/status=inactive/)
  await page.getByRole('textbox', { name: 'Search customers' }).fill(known.name)
  await expect(cards.getByRole('listitem')).toHaveCount(1)
  await expect(cards).toContainText('Inactive')
  await cards.getByRole('link', { name: known.name }).click()
  await expect(page.getByRole('heading', { level: 1, name: known.name })).toBeVisible()
  await expectNoSideways(page, 'the record')

  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await field(page, 'Company').fill('Pocket Limited')
  await expectNoSideways(page, 'the form')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('main').getByText('Pocket Limited').first()).toBeVisible()

  const name = unique('Thumb')
  await page.goto(at('/customers'))
  await page.getByRole('button', { name: 'Add customer' }).click()
  await field(page, 'Name').fill(name)
  const box = await drawer(page).boundingBox()
  expect(box?.width, 'the form has the whole width').toBeGreaterThan(340)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
})

test('a card has its actions, and rows are selected in a mode of their own', async ({ page }) => {
  const { name } = await makeCustomer()
  await page.goto(at(`/customers?q=${encodeURIComponent(name)}`))
  await page.getByRole('button', { name: 'Select', exact: true }).click()
  await page.getByRole('checkbox', { name: `Select ${name}` }).click()
  await expect(page.getByRole('region', { name: 'Selection' })).toContainText('1 customer selected')
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(page.getByRole('list', { name: 'Customers' }).getByRole('link', { name })).toBeVisible()
})

test('no screen scrolls sideways, and what is pressed is large enough', async ({ page }) => {
  const { id } = await makeCustomer({
    name: 'Adolph Blaine Charles David Earl Frederick Gerald Hubert Irvin John Kenneth Wolfeschlegel',
  })
  for (const screen of [
    '/',
    '/customers',
    `/customers/${id}`,
    `/customers/${id}?tab=activity`,
    `/customers/${id}?tab=audit`,
    '/profiles',
    '/access/team',
    '/access/roles',
    '/access/sessions',
    '/access/keys',
  ]) {
    await page.goto(at(screen))
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expectNoSideways(page, screen)
    const small = await page
      .getByRole('main')
      .getByRole('button')
      .evaluateAll((buttons) =>
        buttons
          .map((button) => ({
            box: button.getBoundingClientRect(),
            name: button.textContent || button.getAttribute('aria-label'),
          }))
          .filter(({ box }) => box.width > 0 && (box.height < 24 || box.width < 24))
          .map(({ name, box }) => `${name} ${Math.round(box.width)}×${Math.round(box.height)}`),
      )
    expect(small, screen).toEqual([])
  }
})
