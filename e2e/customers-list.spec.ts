// The list of customers: search, filters, sorting, columns, paging, and that the address is its state.
import type { Page } from '@playwright/test'
import { count, rowOf, search, table } from './customer-table.ts'
import { at, expect, HARBOR, keyOf, makeCustomer, requestsWith, test, unique } from './fixtures.ts'

test('finds by any part of name, e-mail, phone, company and id, whatever the case and the accents', async ({
  page,
}) => {
  const [word, firm] = [unique('Ñandú'), unique('Überholz')]
  const given = { email: `${unique('under')}.desk@Example.org`, phone: '+49 30 4711 0815', memberId: unique('m-') }
  const { name, customerId } = await makeCustomer({ name: `${word} Çelebi`, company: `${firm} & Söhne`, ...given })
  const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '')
  const part = (text: string) => plain(text).slice(1, -1)
  await page.goto(at('/customers'))
  for (const asked of [
    word,
    plain(word).toUpperCase(),
    part(word),
    `${plain(word)} celebi`,
    part(firm).toUpperCase(),
    part(given.email),
    given.email.toUpperCase(),
    '4711 08',
    '47110815',
    given.memberId,
    customerId,
  ]) {
    await search(page).fill(asked)
    await expect(page, 'the search is in the address').toHaveURL((url) => url.searchParams.get('q') === asked)
    await expect(rowOf(page, name), asked).toBeVisible()
  }
  await search(page).fill(part(word))
  await expect(table(page).locator('mark').first(), 'what was found is marked').toBeVisible()
  await page.reload()
  await expect(search(page)).toHaveValue(part(word))
  await expect(rowOf(page, name)).toBeVisible()
})

test('a customer is found in the first request after it was created', async ({ page }) => {
  await page.goto(at('/customers'))
  const { name } = await makeCustomer()
  await search(page).fill(name)
  await expect(rowOf(page, name)).toBeVisible()
  await expect(table(page).getByRole('row')).toHaveCount(2)
})

test('filters by chips that say what they do, and Back and Clear filters take them away', async ({ page }) => {
  const tag = unique('tag')
  const active = await makeCustomer({ tags: [tag] })
  const resting = await makeCustomer({ tags: [tag], status: 'inactive' })
  await page.goto(at(`/customers?tag=${tag}`))
  await expect(rowOf(page, active.name)).toBeVisible()
  await expect(rowOf(page, resting.name)).toBeVisible()

  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('button', { name: 'Status', exact: true }).click()
  await page.getByRole('checkbox', { name: /^Inactive/ }).check()
  await page.keyboard.press('Escape')
  const chips = page.getByRole('list', { name: 'Active filters' })
  await expect(chips.getByRole('button', { name: 'Status is Inactive', exact: true })).toBeVisible()
  await expect(rowOf(page, active.name)).toHaveCount(0)
  await expect(rowOf(page, resting.name)).toBeVisible()
  await expect(page).toHaveURL(/status=inactive/)

  await chips.getByRole('button', { name: 'Remove Status is Inactive' }).click()
  await expect(rowOf(page, active.name)).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(page).not.toHaveURL(/tag=/)
  await page.goBack()
  await expect(chips).toContainText(tag)
})

test('different chips join by and, values of one chip by or', async ({ page }) => {
  const tag = unique('tag')
  const [active, resting] = [
    await makeCustomer({ tags: [tag] }),
    await makeCustomer({ tags: [tag], status: 'inactive' }),
  ]
  const elsewhere = await makeCustomer({ status: 'inactive' })
  await page.goto(at(`/customers?tag=${tag}&status=active&status=inactive`))
  await expect(page.getByRole('button', { name: 'Status any of Active, Inactive', exact: true })).toBeVisible()
  for (const { name } of [active, resting]) await expect(rowOf(page, name)).toBeVisible()
  await expect(rowOf(page, elsewhere.name)).toHaveCount(0)
  await expect(table(page).getByRole('row')).toHaveCount(3)
})

test('sorts by the header, says so, and keeps it in the address', async ({ page }) => {
  const tag = unique('tag')
  for (const name of ['Berta', 'anton', 'Cäsar']) await makeCustomer({ name: `${name} ${tag}`, tags: [tag] })
  await page.goto(at(`/customers?tag=${tag}`))
  const names = () => table(page).getByRole('rowheader').allInnerTexts()
  await table(page).getByRole('button', { name: 'Name' }).click()
  await expect(page).toHaveURL(/sort=name/)
  await expect(table(page).getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'ascending')
  await expect.poll(async () => (await names()).map((text) => text.split(' ')[0])).toEqual(['anton', 'Berta', 'Cäsar'])
  await table(page).getByRole('button', { name: 'Name' }).click()
  await expect(table(page).getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending')
  await expect.poll(async () => (await names()).map((text) => text.split(' ')[0])).toEqual(['Cäsar', 'Berta', 'anton'])
  await page.reload()
  await expect.poll(async () => (await names()).map((text) => text.split(' ')[0])).toEqual(['Cäsar', 'Berta', 'anton'])
})

test.describe('columns', () => {
  test.use({ who: { role: 'manager', merchant: HARBOR } })

  test('can be chosen and moved, and are the same on another browser of the same person', async ({
    page,
    browserAs,
  }) => {
    await page.goto(at('/customers'))
    await expect(table(page).getByRole('columnheader', { name: 'Company' })).toHaveCount(0)
    const kept = page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.ok())
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('checkbox', { name: 'Company' }).check()
    await page.getByRole('button', { name: 'Move Status up' }).click()
    await page.getByRole('button', { name: 'Compact rows' }).click()
    await kept
    await page.keyboard.press('Escape')
    const heads = (on: Page) => table(on).getByRole('columnheader').allInnerTexts()
    const shown = await heads(page)
    expect(shown).toContain('Company')
    expect(shown.indexOf('Status')).toBeLessThan(shown.indexOf('Preferred instrument'))
    const elsewhere = await browserAs({ role: 'manager', merchant: HARBOR })
    await elsewhere.goto(at('/customers'))
    await expect.poll(() => heads(elsewhere)).toEqual(shown)
    await elsewhere.getByRole('button', { name: 'Columns' }).click()
    await expect(elsewhere.getByRole('button', { name: 'Compact rows' })).toHaveAttribute('aria-pressed', 'true')
  })
})

test('pages forwards and back by links that can be shared, and starts again when the filter changes', async ({
  page,
  browserAs,
}) => {
  await page.goto(at('/customers'))
  await expect(table(page).getByRole('rowheader')).toHaveCount(25)
  const first = await table(page).getByRole('rowheader').allInnerTexts()
  await expect(count(page)).toBeVisible()
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page).toHaveURL(/cursor=/)
  await expect.poll(async () => (await table(page).getByRole('rowheader').allInnerTexts())[0]).not.toBe(first[0])
  const second = await table(page).getByRole('rowheader').allInnerTexts()
  expect(second.filter((name) => first.includes(name))).toEqual([])

  const colleague = await browserAs({ role: 'support', merchant: HARBOR })
  await colleague.goto(page.url())
  await expect.poll(async () => table(colleague).getByRole('rowheader').first().innerText()).toBe(second[0])

  await page.getByRole('button', { name: 'Previous' }).click()
  await expect.poll(async () => table(page).getByRole('rowheader').first().innerText()).toBe(first[0])
  await page.getByRole('button', { name: 'Next' }).click()
  await search(page).fill('an')
  await expect(page, 'another filter has its own first page').not.toHaveURL(/cursor=/)
})

test('the total of the list is the number of customers that fit', async ({ page }) => {
  const tag = unique('tag')
  for (let made = 0; made < 27; made += 1) await makeCustomer({ tags: [tag] })
  await page.goto(at(`/customers?tag=${tag}`))
  await expect(table(page).getByRole('rowheader')).toHaveCount(25)
  await expect(count(page)).toContainText('27')
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(table(page).getByRole('rowheader')).toHaveCount(2)
  await expect(page.getByRole('button', { name: 'Next' })).toBeDisabled()
})

test('opening a row and going back finds the row again', async ({ page }) => {
  const tag = unique('tag')
  const { name } = await makeCustomer({ tags: [tag] })
  await makeCustomer({ tags: [tag] })
  await page.goto(at(`/customers?tag=${tag}`))
  await table(page).getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await page.goBack()
  await expect(table(page).getByRole('link', { name })).toBeFocused()
})

test('a row can be peeked at and archived from its menu, and Undo brings it back', async ({ page }) => {
  const { name } = await makeCustomer()
  await page.goto(at(`/customers?q=${encodeURIComponent(name)}`))
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Peek' }).click()
  const drawer = page.getByRole('dialog', { name })
  await expect(drawer).toBeVisible()
  await expect(page).toHaveURL(/peek=\d+/)
  await page.reload()
  await expect(drawer, 'the drawer has an address').toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/peek=/)

  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await expect(rowOf(page, name)).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(rowOf(page, name)).toBeVisible()
})

test('several rows are archived at once after a question that counts them', async ({ page }) => {
  const tag = unique('tag')
  const all = [
    await makeCustomer({ tags: [tag] }),
    await makeCustomer({ tags: [tag] }),
    await makeCustomer({ tags: [tag] }),
  ]
  await page.goto(at(`/customers?tag=${tag}`))
  for (const { name } of all.slice(0, 2)) await page.getByRole('checkbox', { name: `Select ${name}` }).check()
  const bar = page.getByRole('region', { name: 'Selection' })
  await expect(bar).toContainText('2 customers selected')
  await bar.getByRole('button', { name: 'Archive selected' }).click()
  const question = page.getByRole('alertdialog', { name: 'Archive 2 customers?' })
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(table(page).getByRole('row')).toHaveCount(4)
  await bar.getByRole('button', { name: 'Archive selected' }).click()
  await question.getByRole('button', { name: 'Archive 2 customers' }).click()
  await expect(table(page).getByRole('row')).toHaveCount(2)
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(table(page).getByRole('row')).toHaveCount(4)
})

test('archived customers are hidden until they are filtered for', async ({ page }) => {
  const { id, name } = await makeCustomer()
  const api = await requestsWith(keyOf(HARBOR))
  await api.delete(`/api/customers/${id}`)
  await api.dispose()
  await page.goto(at(`/customers?q=${encodeURIComponent(name)}`))
  await expect(page.getByText('Search is').first()).toBeVisible()
  await page.goto(at(`/customers?q=${encodeURIComponent(name)}&lifecycle=archived`))
  await expect(rowOf(page, name)).toBeVisible()
})
