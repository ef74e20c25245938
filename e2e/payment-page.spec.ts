// The payment page: with a saved card, a new card in the hosted fields, an account, a challenge, and every way it ends.
import type { APIRequestContext, Page } from '@playwright/test'
import { BASE, demo, expect, expectNoAxe, HARBOR, keyOf, requestsWith, test, unique } from './fixtures.ts'

test.use({ who: 'nobody' })

const connector = () => {
  const found = demo().connectors.find(({ merchant, name }) => merchant === HARBOR && name === 'cards')
  if (!found) throw new Error('The demo has no cards connector')
  return found
}

type Made = { uuid: string; redirectUrl: string; returnType: string }

async function start(request: APIRequestContext, given: object = {}, call = 'debit'): Promise<Made> {
  const { apiKey, username, password } = connector()
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  const answer = await request.post(`${BASE}/api/v3/transaction/${apiKey}/${call}`, {
    headers: { authorization },
    data: {
      merchantTransactionId: unique('order'),
      amount: '12.50',
      currency: 'GBP',
      description: 'Two books and a bag',
      successUrl: `${BASE}/docs/errors?paid`,
      cancelUrl: `${BASE}/docs/errors?cancelled`,
      errorUrl: `${BASE}/docs/errors?failed`,
      ...given,
    },
  })
  return (await answer.json()) as Made
}

async function stateOf(uuid: string): Promise<string> {
  const api = await requestsWith(keyOf(HARBOR))
  const { state } = await (await api.get(`/api/transactions/${uuid}`)).json()
  await api.dispose()
  return state
}

async function fillCard(page: Page, number: string): Promise<void> {
  await page.getByLabel('Name on the card').fill('Mara Lindqvist')
  await page.getByLabel('Expiry date').fill('12/30')
  const frame = page.frameLocator('iframe[title="Card number and security code"]')
  await frame.getByLabel('Card number').fill(number)
  await frame.getByLabel('Security code').fill('123')
}

const payButton = (page: Page) => page.getByRole('button', { name: 'Pay', exact: true })

/** A profile with a saved Mastercard and a preferred Visa. */
async function withSaved(request: APIRequestContext): Promise<object> {
  const customerIdentification = unique('shopper')
  for (const transactionToken of ['ix::sim-mastercard', 'ix::sim-visa']) {
    const customerProfileData = { customerIdentification, markAsPreferred: true }
    await start(request, { transactionToken, customerProfileData })
  }
  return { customerProfileData: { customerIdentification } }
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1280]) {
    test.describe(`${colorScheme} at ${width}`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } })
      test('is readable for everybody, in every state', async ({ page, request }) => {
        const name = `payment page, ${colorScheme}, ${width}`
        const shot = (state: string) =>
          process.env.SHOTS && page.screenshot({ path: `${process.env.SHOTS}/${colorScheme}-${width}-${state}.png` })
        const { redirectUrl, returnType } = await start(request, await withSaved(request))
        expect(returnType).toBe('REDIRECT')
        await page.goto(redirectUrl)
        await expect(page.getByRole('main')).toContainText('£12.50')
        await expect(page.getByRole('main')).toContainText('Two books and a bag')
        await expectNoAxe(page, `${name}, saved`)
        await shot('saved')
        await page.getByRole('radio', { name: 'Bank account' }).check()
        await payButton(page).click()
        await expect(page.getByText('Enter the IBAN of the account.')).toBeVisible()
        await expectNoAxe(page, `${name}, account`)
        await shot('account')
        await page.getByRole('radio', { name: 'Another card' }).check()
        await fillCard(page, '4929420573595709')
        await payButton(page).click()
        const frame = page.frameLocator('iframe[title="Card number and security code"]')
        await expect(frame.getByText('Use one of the published test numbers.')).toBeVisible()
        await expect(frame.getByLabel('Card number')).toBeFocused()
        await expectNoAxe(page, `${name}, card`)
        await shot('card')
        await fillCard(page, '4242424242424242')
        await payButton(page).click()
        await expect(page.getByRole('alert').filter({ hasText: 'declined' })).toBeVisible()
        await shot('declined')
        await page.getByRole('button', { name: 'Cancel' }).click()
        await expect(page).toHaveURL(/\?cancelled$/)
        await page.goto(redirectUrl)
        await expect(page.getByRole('status')).toContainText('cancelled')
        await expectNoAxe(page, `${name}, ended`)
        await shot('ended')
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
        expect(wide, 'nothing scrolls sideways').toBe(false)
      })
    })
  }
}

test('the preferred card is chosen already and pays by keyboard alone', async ({ page, request }) => {
  const { uuid, redirectUrl } = await start(request, await withSaved(request))
  await page.goto(redirectUrl)
  const radios = page.getByRole('radio')
  await expect(radios.first()).toBeChecked()
  await expect(page.getByRole('main')).toContainText('Visa •••• 1111')
  await expect(payButton(page)).toBeEnabled()
  await radios.first().focus()
  await page.keyboard.press('ArrowDown')
  await expect(radios.nth(1)).toBeChecked()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\?paid$/)
  expect(await stateOf(uuid)).toBe('success')
  await page.goto(redirectUrl)
  await expect(page.getByRole('status')).toContainText('This is paid')
  await expect(page.getByRole('link', { name: `Back to ${HARBOR}` })).toHaveAttribute('href', /\?paid$/)
})

test('a new card pays, and its number goes to no page and no request but the token call', async ({ page, request }) => {
  const number = '4111111111111111'
  const { uuid, redirectUrl } = await start(request)
  const carriers: string[] = []
  page.on('request', (sent) => {
    if ((sent.postData() ?? '').includes(number) || sent.url().includes(number))
      carriers.push(new URL(sent.url()).pathname)
  })
  await page.goto(redirectUrl)
  await fillCard(page, number)
  await payButton(page).click()
  await expect(page).toHaveURL(/\?paid$/)
  expect(await stateOf(uuid)).toBe('success')
  expect(carriers).toEqual([`/hosted/card/${connector().apiKey}`])
})

test('an unpublished number leaves the browser in no request', async ({ page, request }) => {
  const number = '4929420573595709'
  const { uuid, redirectUrl } = await start(request)
  let sent = 0
  page.on('request', (each) => {
    if ((each.postData() ?? '').includes(number)) sent += 1
  })
  await page.goto(redirectUrl)
  await fillCard(page, number)
  await payButton(page).click()
  const frame = page.frameLocator('iframe[title="Card number and security code"]')
  await expect(frame.getByText('Use one of the published test numbers.')).toBeVisible()
  expect(sent).toBe(0)
  expect(await stateOf(uuid)).toBe('redirect')
})

test('an account pays once its mandate is given', async ({ page, request }) => {
  const { uuid, redirectUrl } = await start(request)
  await page.goto(redirectUrl)
  await page.getByRole('radio', { name: 'Bank account' }).check()
  await expect(page.getByRole('main')).toContainText(`I authorise ${HARBOR}`)
  await page.getByLabel('Account holder').fill('Mara Lindqvist')
  await page.getByLabel('IBAN').fill('de89 3704 0044 0532 0111 11')
  await payButton(page).click()
  await expect(page.getByText('cannot be debited without the mandate')).toBeVisible()
  await page.getByLabel('I give this mandate').check()
  await payButton(page).click()
  await expect(page).toHaveURL(/\?paid$/)
  expect(await stateOf(uuid)).toBe('success')
})

test('a challenge that is declined comes back to the page, one that is approved pays', async ({ page, request }) => {
  const { uuid, redirectUrl } = await start(request)
  await page.goto(redirectUrl)
  await fillCard(page, '4000001000000109')
  await payButton(page).click()
  await page.getByRole('button', { name: 'Decline' }).click()
  await expect(page.getByRole('alert').filter({ hasText: '3-D Secure authentication failed' })).toBeVisible()
  await fillCard(page, '4000001000000208')
  await payButton(page).click()
  await expect(page.getByRole('alert').filter({ hasText: '3-D Secure authentication failed' })).toBeVisible()
  await fillCard(page, '4000001000000109')
  await payButton(page).click()
  await page.getByRole('button', { name: 'Approve' }).click()
  await expect(page).toHaveURL(/\?paid$/)
  expect(await stateOf(uuid)).toBe('success')
})

test('a card is saved by a registration', async ({ page, request }) => {
  const customerProfileData = { customerIdentification: unique('saver') }
  const { uuid, redirectUrl } = await start(request, { customerProfileData, amount: undefined }, 'register')
  await page.goto(redirectUrl)
  await expect(page.getByRole('heading', { name: 'Save a payment method' })).toBeVisible()
  await fillCard(page, '5555555555554444')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page).toHaveURL(/\?paid$/)
  expect(await stateOf(uuid)).toBe('success')
})

test('a payment that was ended elsewhere says so instead of paying', async ({ page, request }) => {
  const { uuid, redirectUrl } = await start(request)
  await page.goto(redirectUrl)
  const api = await requestsWith(keyOf(HARBOR))
  await api.post(`/api/simulator/transactions/${uuid}/complete`, { data: { outcome: 'cancelled' } })
  await api.dispose()
  await fillCard(page, '4111111111111111')
  await payButton(page).click()
  await expect(page).toHaveURL(/\?cancelled$/)
  expect(await stateOf(uuid)).toBe('cancelled')
})

test('no connector, no card fields', async ({ page, allow }) => {
  allow(/404/)
  expect((await page.goto(`${BASE}/hosted/card/nothing`))?.status()).toBe(404)
})
