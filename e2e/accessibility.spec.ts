// axe finds nothing on any screen: light and wide, dark and narrow.
import type { Page } from '@playwright/test'
import { at, expect, expectNoAxe, HARBOR, keyOf, makeCustomer, requestsWith, test } from './fixtures.ts'

const SCREENS: Record<string, string> = {
  home: '/',
  customers: '/customers',
  'no match': '/customers?q=nobodylikethis&status=suspended',
  'peek drawer': '/customers?peek=<id>',
  'new customer': '/customers?panel=new',
  overview: '/customers/<id>',
  instruments: '/customers/<walletId>?tab=instruments',
  activity: '/customers/<id>?tab=activity',
  audit: '/customers/<id>?tab=audit',
  'edit customer': '/customers/<id>?panel=edit',
  profiles: '/profiles',
  profile: '/profiles/<guid>',
  'profile instruments': '/profiles/<guid>?tab=instruments',
  'profile customers': '/profiles/<guid>?tab=customers',
  team: '/access/team',
  invite: '/access/team?panel=invite',
  roles: '/access/roles',
  sessions: '/access/sessions',
  keys: '/access/keys',
  'new key': '/access/keys?panel=new',
  'not found': '/nothing/here',
  'error codes': '/docs/errors',
}

let ids: Record<string, string>
test.beforeAll(async () => {
  const { id } = await makeCustomer({ name: 'Zoë من العربية', company: 'A & B <Company>', tags: ['vip'] })
  const api = await requestsWith(keyOf(HARBOR))
  const { data } = await (await api.get('/api/profiles?limit=50')).json()
  const profile = data.find(
    (each: { instrumentCount: number; customer: unknown }) => each.instrumentCount > 0 && each.customer,
  )
  ids = { id: String(id), guid: profile.profileGuid, walletId: String(profile.customer.id) }
  await api.dispose()
})

async function bothThemes(page: Page, name: string) {
  await expectNoAxe(page, `${name}, light and wide`)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 390, height: 844 })
  await expectNoAxe(page, `${name}, dark and narrow`)
}

for (const [name, screen] of Object.entries(SCREENS)) {
  test(`${name} in light and dark`, async ({ page, allow }) => {
    allow(/404/)
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await page.goto(at(screen.replaceAll(/<(\w+)>/g, (_all, key: string) => ids[key] ?? '')))
    await expect(page.getByRole('heading', { level: 1 }).or(page.getByRole('dialog')).first()).toBeVisible()
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
    await bothThemes(page, name)
  })
}

test('every component in every state, in light and dark', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.goto(at('/dev/ui'))
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await bothThemes(page, 'components')
})

test.describe('to strangers and to roles that may not', () => {
  test.use({ who: { role: 'support', merchant: HARBOR } })

  test('the refusal of a screen', async ({ page, allow }) => {
    allow(/403/)
    await page.goto(at('/access/team'))
    await expect(page.getByText('You may not see this')).toBeVisible()
    await expectNoAxe(page, 'forbidden, light')
    await page.emulateMedia({ colorScheme: 'dark' })
    await expectNoAxe(page, 'forbidden, dark')
  })
})
