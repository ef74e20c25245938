// Transactions: the list and its filters, a payment from the dashboard, its chain, and who may do what.
import type { Page } from '@playwright/test'
import { ATLAS, at as atMerchant, expect, expectNoAxe, HARBOR, keyOf, requestsWith, test, unique } from './fixtures.ts'

test.use({ who: { role: 'manager', merchant: HARBOR } })

const at = (screen: string) => atMerchant(screen, HARBOR)
const table = (page: Page, name = 'Transactions') => page.getByRole('table', { name })

/** A payment of 20.00 EUR over Harbor's simulator. */
async function pay(type: 'debit' | 'preauthorize'): Promise<{ uuid: string; merchantTransactionId: string }> {
  const api = await requestsWith(keyOf(HARBOR))
  const { data } = await (await api.get('/api/connectors')).json()
  const { id: connectorId } = data.find(
    ({ adapter, enabled }: { adapter: string; enabled: boolean }) => adapter === 'simulator' && enabled,
  )
  const made = await api.post('/api/transactions', {
    data: {
      type,
      connectorId,
      merchantTransactionId: unique('order'),
      amountMinor: 2000,
      currency: 'EUR',
      token: 'ix::sim-visa',
    },
  })
  expect(made.status(), await made.text()).toBe(200)
  const payment = await made.json()
  await api.dispose()
  return payment
}

test('the list finds a payment by its id, filters by state and type, and its address is its state', async ({
  page,
}) => {
  const { merchantTransactionId, uuid } = await pay('debit')
  await page.goto(at('/transactions'))
  await expect(page).toHaveTitle(`Transactions · ${HARBOR}`)
  const search = page.getByRole('textbox', { name: 'Find a transaction by its whole id' })
  for (const id of [merchantTransactionId, uuid]) {
    await search.fill(id)
    await expect(page).toHaveURL((url) => url.searchParams.get('q') === id)
    await expect(table(page).getByRole('rowheader')).toHaveText([merchantTransactionId])
  }
  await page.goto(at(`/transactions?state=error&type=refund&q=${merchantTransactionId}`))
  await expect(page.getByRole('status').getByText('State is Error')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).last().click()
  await expect(table(page).getByRole('rowheader').first()).toBeVisible()
  await expectNoAxe(page, 'transactions')
})

test('a payment is captured in part, and what is left is refunded or captured later', async ({ page }) => {
  const { uuid } = await pay('preauthorize')
  await page.goto(at(`/transactions/${uuid}`))
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Preauthorization')
  await page.getByRole('button', { name: 'Capture', exact: true }).click()
  const drawer = page.getByRole('dialog', { name: 'Capture' })
  const amount = drawer.getByLabel('Amount in EUR')
  await expect(amount).toHaveValue('20.00')
  await amount.fill('20.01')
  await drawer.getByRole('button', { name: 'Capture' }).click()
  await expect(drawer.getByText('At most 20.00 EUR is left.').first()).toBeVisible()
  await amount.fill('12,5')
  await expectNoAxe(page, 'the capture drawer')
  await drawer.getByRole('button', { name: 'Capture' }).click()
  await expect(page.getByText('The payment went through').first()).toBeVisible()
  await expect(table(page, 'Chain').getByRole('row', { name: /Capture Success €12.50/ })).toBeVisible()
  await expect(page.getByText(/€7.50 can be captured/)).toBeVisible()
  await page.getByRole('button', { name: 'Refund', exact: true }).click()
  await page.getByRole('dialog', { name: 'Refund' }).getByRole('button', { name: 'Refund' }).click()
  await expect(table(page, 'Chain').getByRole('row', { name: /Refund Success €12.50/ })).toBeVisible()
  await expectNoAxe(page, 'a transaction')
})

test('a reservation is given up, and then nothing can follow it', async ({ page }) => {
  const { uuid } = await pay('preauthorize')
  await page.goto(at(`/transactions/${uuid}?panel=void`))
  const drawer = page.getByRole('dialog', { name: 'Void' })
  await drawer.getByRole('button', { name: 'Give up the reservation' }).click()
  await expect(table(page, 'Chain').getByRole('row', { name: /Void Success/ })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Capture', exact: true })).toHaveCount(0)
})

test('a payment is made with a test instrument, by keyboard, and a declined one says so', async ({ page }) => {
  await page.goto(at('/transactions'))
  await expect(table(page).getByRole('rowheader').first()).toBeVisible()
  const drawer = page.getByRole('dialog', { name: 'New payment' })
  // The key works once the page has come alive.
  await expect(async () => {
    await page.keyboard.press('c')
    await expect(drawer).toBeVisible({ timeout: 1000 })
  }).toPass()
  await drawer.getByLabel('Amount', { exact: true }).fill('')
  await drawer.getByRole('button', { name: 'Send payment' }).click()
  await expect(drawer.getByText('Type an amount such as 19.99.').first()).toBeVisible()
  await drawer.getByLabel('Amount', { exact: true }).fill('19.99')
  await expectNoAxe(page, 'the payment form')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('The payment went through').first()).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Debit €19.99')
  await page.goto(at('/transactions?panel=new'))
  await drawer.getByLabel('Amount', { exact: true }).fill('5')
  await drawer.getByLabel('Pay with').selectOption({ label: 'Visa that is declined' })
  await drawer.getByRole('button', { name: 'Send payment' }).click()
  await expect(page.getByText('The payment was declined').first()).toBeVisible()
})

test('a customer and a profile show their transactions', async ({ page }) => {
  const api = await requestsWith(keyOf(HARBOR))
  const { data } = await (await api.get('/api/transactions?state=success&type=debit&limit=50')).json()
  const { profileGuid } = data.find((one: { profileGuid: string | null }) => one.profileGuid !== null)
  const { customer } = await (await api.get(`/api/profiles/${profileGuid}`)).json()
  await api.dispose()
  await page.goto(at(`/profiles/${profileGuid}?tab=transactions`))
  await expect(table(page).getByRole('rowheader').first()).toBeVisible()
  await expectNoAxe(page, 'transactions of a profile')
  await page.goto(at(`/customers/${customer.id}?tab=transactions`))
  await table(page).getByRole('rowheader').first().getByRole('link').click()
  await expect(page).toHaveURL(/\/transactions\//)
})

for (const role of ['support', 'analyst'] as const) {
  test.describe(`as ${role}`, () => {
    test.use({ who: { role, merchant: HARBOR } })
    test('everything is read and nothing can be done', async ({ page }) => {
      const { uuid } = await pay('debit')
      await page.goto(at(`/transactions/${uuid}?panel=refund`))
      await expect(page.getByRole('heading', { level: 1 })).toContainText('Debit')
      await expect(page.getByRole('button', { name: 'Refund', exact: true })).toHaveCount(0)
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await page.goto(at('/transactions?panel=new'))
      await expect(table(page).getByRole('rowheader').first()).toBeVisible()
      await expect(page.getByRole('button', { name: 'New payment' })).toHaveCount(0)
      await expect(page.getByRole('dialog')).toHaveCount(0)
    })
  })
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })
  test('payments are cards, and one is captured', async ({ page }) => {
    const { uuid, merchantTransactionId } = await pay('preauthorize')
    await page.goto(at(`/transactions?q=${merchantTransactionId}`))
    await page.getByRole('link', { name: merchantTransactionId }).click()
    await expect(page).toHaveURL(new RegExp(uuid))
    await page.getByRole('button', { name: 'Capture', exact: true }).click()
    await page.getByRole('dialog', { name: 'Capture' }).getByRole('button', { name: 'Capture' }).click()
    await expect(table(page, 'Chain').getByRole('row', { name: /Capture Success/ })).toBeVisible()
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
    expect(wide, 'nothing scrolls sideways').toBe(false)
    await expectNoAxe(page, 'a transaction on a phone')
  })
})

test.describe('at a merchant without payments', () => {
  test.use({ who: { role: 'owner', merchant: ATLAS } })
  test('a filter that nothing fits is named, and a failing list can be tried again', async ({ page, allow }) => {
    allow(/500|Failed to load/)
    await page.goto(atMerchant('/transactions?q=no-such-id', ATLAS))
    await expect(page.getByText('Id is “no-such-id”')).toBeVisible()
    await page.route('**/api/internal/transactions?**', (route) => route.fulfill({ status: 500, json: {} }))
    await page.getByRole('button', { name: 'Clear filters' }).last().click()
    await expect(page.getByRole('button', { name: /Retry|Try again/ })).toBeVisible({ timeout: 20_000 })
  })
})
