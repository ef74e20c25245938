// What the list shows when nothing fits, something fails, it still loads or the reader may see less; and the frame around it.
import { rowOf, search, table } from './customer-table.ts'
import { ATLAS, at, expect, HARBOR, makeCustomer, test, unique } from './fixtures.ts'

test.describe('the states of the list', () => {
  test('no match names the filters and clears them', async ({ page }) => {
    const nothing = unique('zzz')
    await page.goto(at(`/customers?q=${nothing}&status=suspended`))
    await expect(page.getByText(`Search is “${nothing}”`)).toBeVisible()
    await expect(page.getByRole('main').getByText('Status is Suspended').first()).toBeVisible()
    await page.getByRole('button', { name: 'Clear filters' }).last().click()
    await expect(table(page).getByRole('rowheader').first()).toBeVisible()
    await expect(page).not.toHaveURL(/q=|status=/)
  })

  test('a failed read says so with its request id, and Retry reads again', async ({ page, allow }) => {
    allow(/50\d/)
    await page.goto(at('/customers'))
    const id = 'req_broken00001'
    const body = { requestId: id, error: { code: 'INTERNAL', message: 'Something went wrong on our side' } }
    await page.route('**/api/internal/customers?*', (route) => route.fulfill({ status: 500, json: body }))
    await search(page).fill('broken')
    const alert = page.getByRole('main').getByRole('alert').filter({ hasText: 'This did not load' })
    await expect(alert).toBeVisible({ timeout: 15_000 })
    await expect(alert).toContainText(id)
    await page.unroute('**/api/internal/customers?*')
    await alert.getByRole('button', { name: 'Retry' }).click()
    await expect(page.getByText('Search is “broken”')).toBeVisible()
  })

  test('while it loads the old rows stay and the table says that it is busy', async ({ page }) => {
    const { name } = await makeCustomer()
    await page.goto(at('/customers'))
    await expect(table(page).getByRole('rowheader')).toHaveCount(25)
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route('**/api/internal/customers?*', async (route) => {
      await held
      await route.continue()
    })
    await search(page).fill(name)
    await expect(page.locator('[aria-busy="true"]').first()).toBeVisible()
    await expect(table(page).getByRole('rowheader')).toHaveCount(25)
    release()
    await expect(rowOf(page, name)).toBeVisible()
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  })

  test('broken values in the address fall back without an error', async ({ page, allow }) => {
    // The list asks once with the cursor it was given, is refused, and starts at its first page.
    allow(/400 .*cursor/)
    await page.goto(
      at('/customers?status=nonsense&sort=%3Bdrop&limit=-7&cursor=forged&from=yesterday&peek=x&panel=y&country=zz'),
    )
    await expect(table(page).getByRole('rowheader')).toHaveCount(25)
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })

  test('a search of one or two letters says what it finds', async ({ page }) => {
    await page.goto(at('/customers'))
    await search(page).fill('an')
    await expect(page.getByText('Fewer than three characters find only how words begin.')).toBeVisible()
  })

  test('a card number never leaves the search box', async ({ page }) => {
    const sent: string[] = []
    page.on('request', (req) => sent.push(req.url()))
    await page.goto(at('/customers'))
    await search(page).fill('4242 4242 4242 4242')
    await expect(page.getByRole('alert').filter({ hasText: 'Clientele never stores card numbers' })).toBeVisible()
    await expect(search(page)).toHaveValue('')
    await search(page).fill('last four')
    await expect(page).toHaveURL(/q=last/)
    expect(sent.filter((url) => url.includes('4242'))).toEqual([])
  })
})

test('a role without contact data sees masks, cannot sort by name and has no way to change anything', async ({
  browserAs,
}) => {
  const word = unique('Hidden')
  const { email } = await makeCustomer({ name: `${word} Person`, company: `${word} Company` })
  const page = await browserAs({ role: 'analyst', merchant: HARBOR })
  await page.goto(at('/customers'))
  await expect(table(page).getByRole('rowheader')).toHaveCount(25)
  expect(await page.content()).not.toContain(word)
  expect(await page.content()).not.toContain(email)
  await expect(table(page).getByRole('button', { name: 'Name' })).toHaveCount(0)
  for (const name of ['Add customer', 'Select all on this page']) {
    await expect(page.getByRole('button', { name }).or(page.getByRole('checkbox', { name }))).toHaveCount(0)
  }
  await search(page).fill(word.slice(0, -2))
  await expect(page.getByText('found by their whole value only')).toBeVisible()
  await expect(page.getByText(`Search is “${word.slice(0, -2)}”`), 'a part finds nothing').toBeVisible()
  await search(page).fill(email)
  await expect(table(page).getByRole('rowheader')).toHaveCount(1)
})

test('two tabs on two merchants never mix', async ({ browserAs }) => {
  const group = { role: 'owner', merchant: 'Northwind Group' } as const
  const page = await browserAs(group)
  const other = await page.context().newPage()
  const { name } = await makeCustomer()
  await page.goto(at('/customers'))
  await other.goto(at('/customers', 'Fjord Outdoor'))
  await search(page).fill(name)
  await expect(rowOf(page, name)).toBeVisible()
  await search(other).fill(name)
  await expect(other.getByText(`Search is “${name}”`)).toBeVisible()
  await page.reload()
  await expect(rowOf(page, name)).toBeVisible()
})

test('the frame names the merchant of the page, and another one of the same person can be chosen', async ({
  browserAs,
}) => {
  const page = await browserAs({ role: 'owner', merchant: 'Northwind Group' })
  await page.goto(at('/customers'))
  await expect(page).toHaveTitle(`Customers · ${HARBOR}`)
  await page.getByRole('button', { name: `Merchant: ${HARBOR}` }).click()
  await expect(page.getByRole('button', { name: ATLAS })).toHaveCount(0)
  await page.getByRole('button', { name: 'Fjord Outdoor' }).click()
  await expect(page).toHaveTitle('Customers · Fjord Outdoor')
})
