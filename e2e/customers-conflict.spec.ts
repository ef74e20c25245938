// Two people at one customer: nothing is overwritten unseen, nothing that was typed is lost.
import type { Page } from '@playwright/test'
import { drawer, field, opened, save, stored } from './customer-form.ts'
import { expect, HARBOR, keyOf, type Made, makeCustomer, requestsWith, test } from './fixtures.ts'

test.describe('two browsers at one customer', () => {
  const COLLEAGUE = { role: 'manager', merchant: HARBOR } as const

  test('changes to different fields are both kept, and each is told', async ({ page, browserAs }) => {
    const customer = await makeCustomer({ company: 'Start Limited' })
    const other = await browserAs(COLLEAGUE)
    await opened(page, customer)
    await opened(other, customer)
    await field(other, 'Company').fill('Theirs Limited')
    await save(other).click()
    await expect(drawer(other)).toHaveCount(0)
    await field(page, 'Phone').fill('+44 20 7946 0444')
    await save(page).click()
    await expect(page.getByText('Company meanwhile; both changes were kept')).toBeVisible()
    expect(await stored(customer)).toMatchObject({ company: 'Theirs Limited', phone: '+44 20 7946 0444', version: 3 })
    await page.getByRole('button', { name: 'Undo', exact: true }).first().click()
    await expect(page.getByText('was undone')).toBeVisible()
    expect(await stored(customer), 'Undo takes back its own change only').toMatchObject({
      company: 'Theirs Limited',
      phone: null,
    })
  })

  async function conflict(page: Page, other: Page): Promise<Made> {
    const customer = await makeCustomer({ company: 'Opened Limited', phone: '+44 20 7946 0100' })
    await opened(page, customer)
    await opened(other, customer)
    await field(other, 'Company').fill('Theirs Limited')
    await field(other, 'Phone').fill('+44 20 7946 0200')
    await save(other).click()
    await expect(drawer(other)).toHaveCount(0)
    await field(page, 'Company').fill('Mine Limited')
    await field(page, 'Phone').fill('+44 20 7946 0300')
    await save(page).click()
    await expect(question(page)).toBeVisible()
    return customer
  }
  const question = (page: Page) => page.getByRole('dialog', { name: /changed the same field/ })

  test('the same field is asked about with all three values, and each can win', async ({ page, browserAs }) => {
    const customer = await conflict(page, await browserAs(COLLEAGUE))
    const company = question(page).getByRole('group', { name: 'Company' })
    for (const said of ['Opened Limited', 'Theirs Limited', 'Mine Limited', 'When you opened it'])
      await expect(company).toContainText(said)
    expect(await stored(customer), 'nothing was overwritten').toMatchObject({ company: 'Theirs Limited', version: 2 })
    await question(page).getByRole('button', { name: 'Save choices' }).click()
    await expect(question(page).getByText('Choose one value for each field.')).toBeVisible()
    await company.getByRole('radio', { name: /Yours/ }).check()
    await question(page).getByRole('group', { name: 'Phone' }).getByRole('radio', { name: /Now/ }).check()
    await question(page).getByRole('button', { name: 'Save choices' }).click()
    await expect(page.getByText(`${customer.name} was saved`)).toBeVisible()
    await expect(drawer(page)).toHaveCount(0)
    expect(await stored(customer)).toMatchObject({ company: 'Mine Limited', phone: '+44 20 7946 0200', version: 3 })
  })

  test('all of mine', async ({ page, browserAs }) => {
    const customer = await conflict(page, await browserAs(COLLEAGUE))
    await question(page).getByRole('button', { name: 'Use mine for all' }).click()
    await expect(page.getByText(`${customer.name} was saved`)).toBeVisible()
    await expect(drawer(page)).toHaveCount(0)
    expect(await stored(customer)).toMatchObject({ company: 'Mine Limited', phone: '+44 20 7946 0300' })
  })

  test('all of theirs writes nothing', async ({ page, browserAs }) => {
    const customer = await conflict(page, await browserAs(COLLEAGUE))
    await question(page).getByRole('button', { name: 'Use theirs for all' }).click()
    await expect(page.getByText(`${customer.name} was saved`)).toBeVisible()
    await expect(drawer(page)).toHaveCount(0)
    expect(await stored(customer)).toMatchObject({ company: 'Theirs Limited', phone: '+44 20 7946 0200', version: 2 })
  })

  test('closing the question keeps what was typed and writes nothing', async ({ page, browserAs }) => {
    const customer = await conflict(page, await browserAs(COLLEAGUE))
    await page.keyboard.press('Escape')
    await expect(question(page)).toHaveCount(0)
    await expect(field(page, 'Company')).toHaveValue('Mine Limited')
    await expect(drawer(page).getByRole('alert').filter({ hasText: 'Not saved yet' })).toBeVisible()
    expect(await stored(customer)).toMatchObject({ company: 'Theirs Limited', version: 2 })
    await save(page).click()
    await question(page).getByRole('button', { name: 'Use mine for all' }).click()
    await expect(page.getByText(`${customer.name} was saved`)).toBeVisible()
    await expect(drawer(page)).toHaveCount(0)
    expect(await stored(customer)).toMatchObject({ company: 'Mine Limited' })
  })

  test('Undo after somebody else changed the same field asks instead of overwriting', async ({ page }) => {
    const customer = await makeCustomer({ company: 'First Limited' })
    await opened(page, customer)
    await field(page, 'Company').fill('Second Limited')
    await save(page).click()
    await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeVisible()
    const api = await requestsWith(keyOf(HARBOR))
    await api.patch(`/api/customers/${customer.id}`, { data: { company: 'Third Limited' } })
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await expect(question(page)).toBeVisible()
    await question(page).getByRole('button', { name: 'Use theirs for all' }).click()
    expect(await stored(customer)).toMatchObject({ company: 'Third Limited' })
    await api.dispose()
  })
})
