// The pictures of the README come from the same run: PICTURES=1 writes them anew, otherwise the screen is only looked at.
import path from 'node:path'
import { at, expect, HARBOR, test } from './fixtures.ts'

const FOLDER = process.env.PICTURES ? path.resolve(import.meta.dirname, '../docs/images') : undefined

test.use({ viewport: { width: 1280, height: 800 }, colorScheme: 'light', who: { role: 'manager', merchant: HARBOR } })

test('the customers of a merchant', async ({ page }, { outputDir }) => {
  await page.goto(at('/customers?status=active'))
  await expect(page.getByRole('table', { name: 'Customers' }).getByRole('rowheader')).toHaveCount(25)
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  const picture = await page.screenshot({ path: path.join(FOLDER ?? outputDir, 'customers.png'), scale: 'css' })
  expect(picture.byteLength, 'modest enough for a README').toBeLessThan(300_000)
})
