// The daily work without a mouse.
import { drawer, field, stored } from './customer-form.ts'
import { search, table } from './customer-table.ts'
import { at, expect, makeCustomer, test, unique } from './fixtures.ts'

test('a customer is added, changed, found and opened by keys alone', async ({ page }) => {
  const name = unique('Keyed')
  await page.goto(at('/customers'))
  await expect(table(page)).toBeVisible()
  const { keyboard } = page
  const begun = Date.now()
  // A key that is pressed before the page's scripts have run means nothing yet.
  await expect(async () => {
    await keyboard.press('c')
    await expect(page).toHaveURL(/panel=new/, { timeout: 500 })
  }).toPass()
  await expect(field(page, 'Name')).toBeFocused()
  await keyboard.type(`${name} Person`)
  for (
    let presses = 0;
    presses < 12 && !(await field(page, 'E-mail').evaluate((node) => node === document.activeElement));
    presses++
  ) {
    await keyboard.press('Tab')
  }
  await keyboard.type(`${name}@example.org`)
  await keyboard.press('ControlOrMeta+Enter')
  await expect(page.getByRole('heading', { level: 1, name: `${name} Person` })).toBeVisible()
  expect(Date.now() - begun, 'name and e-mail within fifteen seconds').toBeLessThan(15_000)

  await keyboard.press('e')
  await expect(field(page, 'Name')).toBeFocused()
  await keyboard.press('End')
  await keyboard.type('a')
  await keyboard.press('ControlOrMeta+s')
  await expect(page.getByRole('heading', { level: 1, name: `${name} Persona` })).toBeVisible()
  await expect(drawer(page)).toHaveCount(0)

  await keyboard.press('g')
  await keyboard.press('c')
  await expect(table(page)).toBeVisible()
  await keyboard.press('/')
  await expect(search(page)).toBeFocused()
  await keyboard.type(name)
  await expect(table(page).getByRole('rowheader')).toHaveCount(1)
  await keyboard.press('Tab')
  await search(page).blur()
  await keyboard.press('j')
  await expect(table(page).getByRole('link', { name: new RegExp(name) })).toBeFocused()
  await keyboard.press('x')
  await expect(page.getByRole('region', { name: 'Selection' })).toContainText('1 customer selected')
  await keyboard.press('p')
  const peek = page.getByRole('dialog', { name: `${name} Persona`, exact: true })
  await expect
    .poll(() => peek.evaluate((node) => node.contains(document.activeElement)), 'it takes the focus')
    .toBe(true)
  // The first one may close the hint of the button that has the focus.
  await expect(async () => {
    await keyboard.press('Escape')
    await expect(peek).toHaveCount(0, { timeout: 500 })
  }).toPass()
  await expect(table(page).getByRole('link', { name: new RegExp(name) }), 'the focus comes back').toBeFocused()
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: `${name} Persona` })).toBeVisible()
})

test('Undo is a key, too', async ({ page }) => {
  const customer = await makeCustomer()
  await page.goto(at(`/customers/${customer.id}`))
  const archive = page.getByRole('button', { name: 'Archive', exact: true })
  await archive.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Restore', exact: true })).toBeVisible()
  await expect(page.getByText(`${customer.name} was archived`)).toBeVisible()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(archive).toBeVisible()
  expect((await stored(customer)).name).toBe(customer.name)
})

test('the palette finds a screen and a customer, and the sheet names the keys', async ({ page }) => {
  const { name, email } = await makeCustomer()
  await page.goto(at('/'))
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  const palette = page.getByRole('dialog')
  const open = async () => {
    await page.keyboard.press('ControlOrMeta+k')
    await expect(palette.getByRole('combobox')).toBeFocused()
  }
  await open()
  await page.keyboard.type('Profiles')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Profiles' })).toBeVisible()
  await expect(palette).toHaveCount(0)
  await open()
  await page.keyboard.type(email)
  await expect(palette.getByRole('option', { name: new RegExp(name) })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toContainText('Go to anything')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('the skip link comes first and leads past the navigation', async ({ page }) => {
  await page.goto(at('/customers'))
  await expect(table(page)).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.querySelector('main')?.contains(document.activeElement))).toBe(true)
})

test('letters that are typed into a field do nothing else', async ({ page }) => {
  await page.goto(at('/customers'))
  await search(page).fill('')
  await search(page).pressSequentially('cexj')
  await expect(page).toHaveURL(/q=cexj/)
  await expect(page).not.toHaveURL(/panel|peek/)
})
