// Profiles: list and detail, the preferred instrument, removing one, links to customers, and deletion by typed name.
import type { Page } from '@playwright/test'
import { ATLAS, at as atMerchant, expect, HARBOR, keyOf, makeCustomer, requestsWith, test } from './fixtures.ts'

test.use({ who: { role: 'owner', merchant: ATLAS } })

const at = (screen: string) => atMerchant(screen, ATLAS)
const table = (page: Page, name = 'Profiles') => page.getByRole('table', { name })
const search = (page: Page) => page.getByRole('textbox', { name: 'Search profiles' })

type Profile = {
  profileGuid: string
  customerIdentification: string
  instrumentCount: number
  customer: { id: number; name: string } | null
}

const kept: Profile[] = []
/** A profile of the demo with so many instruments or more that no other test has had. */
async function profileWith(instruments: number): Promise<Profile> {
  if (kept.length === 0) {
    const api = await requestsWith(keyOf(ATLAS))
    kept.push(...(await (await api.get('/api/profiles?limit=100')).json()).data)
    await api.dispose()
  }
  const index = kept.findIndex(({ instrumentCount, customer }) => instrumentCount >= instruments && customer)
  const [profile] = kept.splice(index, 1)
  if (index < 0 || !profile) throw new Error(`The demo has no other profile with ${instruments} instruments`)
  return profile
}

async function statusOf({ profileGuid }: Profile): Promise<number> {
  const api = await requestsWith(keyOf(ATLAS))
  const status = (await api.get(`/api/profiles/${profileGuid}`)).status()
  await api.dispose()
  return status
}

test('the list finds a profile by guid, identification and customer, and its address is its state', async ({
  page,
}) => {
  const { profileGuid, customerIdentification, customer } = await profileWith(1)
  await page.goto(at('/profiles'))
  await expect(page).toHaveTitle(`Profiles · ${ATLAS}`)
  for (const asked of [
    profileGuid,
    profileGuid.slice(3, 12).toLowerCase(),
    customerIdentification,
    customer?.name ?? '',
  ]) {
    await search(page).fill(asked)
    await expect(page).toHaveURL((url) => url.searchParams.get('q') === asked)
    await expect(table(page).getByRole('link', { name: customer?.name }).first(), asked).toBeVisible()
  }
  await page.reload()
  await expect(search(page)).toHaveValue(customer?.name ?? '')
  await search(page).fill('no such profile')
  await expect(page.getByText('Search is “no such profile”')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).last().click()
  await expect(table(page).getByRole('rowheader').first()).toBeVisible()
})

test('the list sorts and pages', async ({ page }) => {
  await page.goto(at('/profiles'))
  const first = await table(page).getByRole('rowheader').first().innerText()
  await table(page).getByRole('button', { name: 'Created' }).click()
  await expect(page).toHaveURL(/sort=/)
  await expect.poll(() => table(page).getByRole('rowheader').first().innerText()).not.toBe(first)
  await expect(table(page).getByRole('columnheader', { name: 'Created' })).toHaveAttribute('aria-sort', 'ascending')
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page).toHaveURL(/cursor=/)
})

test('a row leads to the profile with its data, instruments and customers', async ({ page }) => {
  const { profileGuid, customer, instrumentCount } = await profileWith(1)
  await page.goto(at(`/profiles?q=${profileGuid}`))
  await table(page).getByRole('rowheader').getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`/profiles/${profileGuid}`))
  const tabs = page.getByRole('navigation', { name: 'Parts of this profile' })
  await tabs.getByRole('link', { name: /^Instruments/ }).click()
  await expect(table(page, 'Instruments').getByRole('rowheader')).toHaveCount(instrumentCount)
  await tabs.getByRole('link', { name: /^Linked customers/ }).click()
  await expect(page).toHaveURL(/tab=customers/)
  await table(page, 'Linked customers').getByRole('link', { name: customer?.name }).click()
  await expect(page.getByRole('heading', { level: 1, name: customer?.name })).toBeVisible()
})

test('another instrument becomes the preferred one, and Undo takes it back', async ({ page }) => {
  const profile = await profileWith(2)
  await page.goto(at(`/profiles/${profile.profileGuid}?tab=instruments`))
  const rows = table(page, 'Instruments')
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader') })
  await expect(rows).toHaveCount(profile.instrumentCount)
  const before = await rows.filter({ hasText: 'Preferred' }).count()
  const other = rows.filter({ hasNotText: 'Preferred' }).first()
  const name = await other.getByRole('rowheader').innerText()
  await other.getByRole('button', { name: /^Actions for/ }).click()
  await page.getByRole('menuitem', { name: 'Set preferred' }).click()
  await expect(rows.filter({ hasText: 'Preferred' }).getByRole('rowheader')).toContainText(name)
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(rows.filter({ hasText: 'Preferred' })).toHaveCount(before)
  await expect(rows.filter({ hasText: 'Preferred' }).filter({ hasText: name })).toHaveCount(0)
})

test('the drawer of an instrument has an address and says where its names pay', async ({ page }) => {
  const { profileGuid } = await profileWith(1)
  await page.goto(at(`/profiles/${profileGuid}?tab=instruments`))
  await table(page, 'Instruments').getByRole('rowheader').first().getByRole('link').click()
  await expect(page).toHaveURL(/peek=\d+/)
  await page.reload()
  const drawer = page.getByRole('dialog')
  await expect(drawer).toContainText('Pays at every merchant that sees this container.')
  await expect(drawer).toContainText('pays at this merchant only')
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/peek/)
})

test('removing the preferred instrument asks which one follows', async ({ page }) => {
  const profile = await profileWith(2)
  await page.goto(at(`/profiles/${profile.profileGuid}?tab=instruments`))
  const rows = table(page, 'Instruments')
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader') })
  await expect(rows).toHaveCount(profile.instrumentCount)
  if ((await rows.filter({ hasText: 'Preferred' }).count()) === 0) {
    await rows
      .first()
      .getByRole('button', { name: /^Actions for/ })
      .click()
    await page.getByRole('menuitem', { name: 'Set preferred' }).click()
  }
  await rows
    .filter({ hasText: 'Preferred' })
    .getByRole('button', { name: /^Actions for/ })
    .click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  const question = page.getByRole('dialog', { name: /^Remove / })
  await question.getByRole('button', { name: /^Remove/ }).click()
  await expect(question.getByRole('alert')).toContainText('Choose which instrument follows')
  await question.getByRole('radio').first().check()
  await question.getByRole('button', { name: /^Remove/ }).click()
  await expect(rows).toHaveCount(profile.instrumentCount - 1)
  await expect(rows.filter({ hasText: 'Preferred' })).toHaveCount(1)
})

test('a customer is unlinked and linked again', async ({ page }) => {
  const { profileGuid, customer } = await profileWith(1)
  await page.goto(at(`/profiles/${profileGuid}?tab=customers`))
  await page.getByRole('button', { name: `Unlink ${customer?.name}` }).click()
  await expect(page.getByRole('button', { name: `Unlink ${customer?.name}` })).toHaveCount(0)
  await page.getByRole('button', { name: 'Link customer' }).click()
  const drawer = page.getByRole('dialog', { name: 'Link customer' })
  const { name } = await makeCustomer({}, ATLAS)
  await drawer.getByRole('textbox', { name: 'Search customers' }).fill(name)
  await drawer.getByRole('button', { name: `Link ${name}` }).click()
  await expect(page.getByRole('button', { name: `Unlink ${name}` })).toBeVisible()
})

test.describe('deleting', () => {
  test.use({ fresh: true })

  test('counts what goes, wants the guid typed, and leaves nothing', async ({ page }) => {
    const profile = await profileWith(1)
    await page.goto(at(`/profiles/${profile.profileGuid}`))
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Delete profile' }).click()
    const question = page.getByRole('alertdialog', { name: 'Delete this profile for good?' })
    await expect(question).toContainText(`${profile.instrumentCount} instrument`)
    await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
    await question.getByRole('textbox').fill(`${profile.profileGuid.slice(0, -1)}x`)
    await question.getByRole('button', { name: 'Delete profile' }).click()
    expect(await statusOf(profile), 'a wrong guid deletes nothing').toBe(200)
    await question.getByRole('textbox').fill(profile.profileGuid)
    await question.getByRole('button', { name: 'Delete profile' }).click()
    await expect(page).toHaveURL(/\/profiles\?/)
    await expect(page.getByText(`${profile.profileGuid} was deleted`)).toBeVisible()
    expect(await statusOf(profile)).toBe(404)
  })
})

test('each role has the actions it may do and no others', async ({ browserAs }) => {
  const { profileGuid } = await profileWith(1)
  const may = { owner: [1, 1], manager: [1, 0], support: [1, 0], analyst: [0, 0], developer: [0, 0] } as const
  for (const [role, [write, erase]] of Object.entries(may)) {
    const page = await browserAs({ role: role as keyof typeof may, merchant: ATLAS })
    await page.goto(at(`/profiles/${profileGuid}?tab=instruments`))
    await page
      .getByRole('button', { name: /^Actions for/ })
      .first()
      .click()
    await expect(page.getByRole('menuitem', { name: 'Look at' })).toBeVisible()
    await expect(page.getByRole('menuitem', { name: 'Remove' }), role).toHaveCount(write)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'More actions' }).click()
    await expect(page.getByRole('menuitem', { name: 'Copy as JSON' })).toBeVisible()
    await expect(page.getByRole('menuitem', { name: 'Delete profile' }), role).toHaveCount(erase)
    await page.context().close()
  }
})

test('a merchant without the container sees neither the profile nor that it is there', async ({ browserAs, allow }) => {
  allow(/404/)
  const { profileGuid } = await profileWith(1)
  const page = await browserAs({ role: 'owner', merchant: HARBOR })
  const answer = await page.goto(atMerchant(`/profiles/${profileGuid}`, HARBOR))
  expect(answer?.status()).toBe(404)
  await expect(page.getByText('There is nothing here')).toBeVisible()
  await page.goto(atMerchant(`/profiles?q=${profileGuid}`, HARBOR))
  await expect(page.getByText(`Search is “${profileGuid}”`)).toBeVisible()
})

test('a failed list says so and Retry reads again', async ({ page, allow }) => {
  allow(/50\d/)
  await page.goto(at('/profiles'))
  const body = {
    requestId: 'req_profiles001',
    error: { code: 'INTERNAL', message: 'Something went wrong on our side' },
  }
  await page.route('**/api/internal/profiles?*', (route) => route.fulfill({ status: 500, json: body }))
  await search(page).fill('broken')
  const alert = page.getByRole('main').getByRole('alert').filter({ hasText: 'req_profiles001' })
  await expect(alert).toBeVisible({ timeout: 15_000 })
  await page.unroute('**/api/internal/profiles?*')
  await alert.getByRole('button', { name: 'Retry' }).click()
  await expect(page.getByText('Search is “broken”')).toBeVisible()
})
