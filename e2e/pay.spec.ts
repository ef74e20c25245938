// The page where a person answers a payment's challenge, from the payment call to the shop's own page.
import type { APIRequestContext } from '@playwright/test'
import { BASE, demo, expect, expectNoAxe, HARBOR, keyOf, requestsWith, test, unique } from './fixtures.ts'

test.use({ who: 'nobody' })

const connector = () => {
  const found = demo().connectors.find(({ merchant, name }) => merchant === HARBOR && name === 'cards')
  if (!found) throw new Error('The demo has no cards connector')
  return found
}

async function pay(request: APIRequestContext, given: object = {}) {
  const { apiKey, username, password } = connector()
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  const answer = await request.post(`${BASE}/api/v3/transaction/${apiKey}/debit`, {
    headers: { authorization },
    data: {
      merchantTransactionId: unique('order'),
      transactionToken: 'ix::sim-3ds-challenge',
      amount: '12.50',
      currency: 'GBP',
      successUrl: `${BASE}/docs/errors?paid`,
      cancelUrl: `${BASE}/docs/errors?cancelled`,
      ...given,
    },
  })
  return (await answer.json()) as { uuid: string; redirectUrl: string; returnType: string }
}

async function stateOf(uuid: string): Promise<string> {
  const api = await requestsWith(keyOf(HARBOR))
  const { state } = await (await api.get(`/api/transactions/${uuid}`)).json()
  await api.dispose()
  return state
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport: { width: 390, height: 800 } })
    test('is approved on a phone, and leads back to the shop', async ({ page, request }) => {
      const { uuid, redirectUrl, returnType } = await pay(request)
      expect(returnType).toBe('REDIRECT')
      await page.goto(redirectUrl)
      await expect(page.getByRole('heading', { name: 'Confirm your payment' })).toBeVisible()
      await expect(page.getByRole('main')).toContainText('£12.50')
      await expect(page.getByRole('main')).toContainText(HARBOR)
      await expectNoAxe(page, `pay in ${colorScheme}`)
      await page.getByRole('button', { name: 'Approve' }).press('Enter')
      await expect(page).toHaveURL(/\?paid$/)
      expect(await stateOf(uuid)).toBe('success')
      await page.goto(redirectUrl)
      await expect(page.getByRole('status')).toContainText('settled')
      await expect(page.getByRole('button', { name: 'Approve' })).toHaveCount(0)
    })
  })
}

test('is cancelled or declined as the person wishes', async ({ page, request }) => {
  const cancelled = await pay(request)
  await page.goto(cancelled.redirectUrl)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page).toHaveURL(/\?cancelled$/)
  expect(await stateOf(cancelled.uuid)).toBe('cancelled')
  const declined = await pay(request)
  await page.goto(declined.redirectUrl)
  await page.getByRole('button', { name: 'Decline' }).click()
  await expect(page.getByRole('status')).toContainText('settled')
  expect(await stateOf(declined.uuid)).toBe('error')
})

test('an address that no payment waits at is not found', async ({ page, allow }) => {
  allow(/404/)
  const answer = await page.goto(`${BASE}/pay/00000000000000000000`)
  expect(answer?.status()).toBe(404)
})
