// The team: inviting, roles, suspending, removing and ending sessions, all effective in the person's next request.
import type { Page } from '@playwright/test'
import { ROLES, type Role, rolePermissions } from '#lib/core/permissions'
import { at as atMerchant, demo, expect, personOf, requestsAs, signIn, test, unique } from './fixtures.ts'

const FJORD = 'Fjord Outdoor'
const at = (screen: string) => atMerchant(screen, FJORD)
test.use({ who: { role: 'owner', merchant: FJORD }, fresh: true })

const PASSWORD = 'seven quiet lanterns over the harbour'
const rows = (page: Page) =>
  page
    .getByRole('table', { name: 'Team' })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader') })
const rowOf = (page: Page, text: string) => rows(page).filter({ hasText: text })
const roleRadio = (page: Page, role: Role) => page.getByRole('radio', { name: new RegExp(`^${role}`, 'i') })

async function act(page: Page, name: string, action: string) {
  await rowOf(page, name)
    .getByRole('button', { name: /^Actions for/ })
    .click()
  await page.getByRole('menuitem', { name: action, exact: true }).click()
}

/** Invites somebody and answers with the link to hand over. */
async function invite(page: Page, email: string, role: Role): Promise<string> {
  await page.goto(at('/access/team?panel=invite'))
  const form = page.getByRole('form', { name: 'Invite people' })
  await form.getByLabel('E-mail addresses').fill(email)
  await form.getByRole('radio', { name: new RegExp(`^${role}`, 'i') }).check()
  await form.getByRole('button', { name: 'Send invitations' }).click()
  await expect(page.getByText('Hand this link over yourself')).toBeVisible()
  const drawer = page.getByRole('dialog', { name: 'Invite people' })
  const link = (await drawer.innerText()).match(/http\S+\/invite\/[\w-]+/)?.[0]
  expect(link).toBeTruthy()
  return link ?? ''
}

/** A new colleague who has accepted an invitation, and their own browser. */
async function colleague(page: Page, other: Page, role: Role): Promise<{ name: string; email: string }> {
  const name = unique('Colleague')
  const email = `${name.toLowerCase()}@fjord-outdoor.example`
  await other.goto(await invite(page, email, role))
  await other.getByLabel('Your name').fill(name)
  await other.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await other.getByRole('button', { name: 'Accept' }).click()
  await expect(other.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await page.goto(at('/access/team'))
  await expect(rowOf(page, name)).toBeVisible()
  return { name, email }
}

test('lists everybody with role, state and last use, and can be searched and filtered', async ({ page }) => {
  await page.goto(at('/access/team'))
  await expect(page).toHaveTitle(`Team · ${FJORD}`)
  for (const { email } of demo().staff.filter(({ merchant }) => merchant === FJORD)) {
    await page.getByRole('textbox', { name: 'Search the team' }).fill(email)
    await expect(rows(page)).toHaveCount(1)
  }
  await page.getByRole('textbox', { name: 'Search the team' }).fill('nobody like this')
  await expect(page.getByText('Search is “nobody like this”')).toBeVisible()
})

test('an invitation becomes a member with its role, and its link dies with it', async ({ page, browserAs, allow }) => {
  allow(/404/)
  const other = await browserAs('nobody')
  const name = unique('Invited')
  const email = `${name.toLowerCase()}@fjord-outdoor.example`
  const link = await invite(page, email, 'support')
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('list', { name: 'Invitations' })).toContainText(email)

  await other.goto(link)
  await expect(other.getByRole('heading', { level: 1, name: `Join ${FJORD}` })).toBeVisible()
  await other.getByLabel('Your name').fill(name)
  await other.getByLabel('Password', { exact: true }).fill('too short')
  await other.getByRole('button', { name: 'Accept' }).click()
  await expect(other.getByLabel('Password', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await other.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await other.getByRole('button', { name: 'Accept' }).click()
  await expect(other.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await expect(other.getByRole('link', { name: 'Team' }), 'support does not see the team').toHaveCount(0)

  await other.context().clearCookies()
  await other.goto(link)
  await expect(other.getByRole('heading', { name: 'This link does not work' })).toBeVisible()
  await page.reload()
  await expect(rowOf(page, name)).toContainText('Support')
  await expect(page.getByRole('list', { name: 'Invitations' }).getByText(email)).toHaveCount(0)
})

test('a withdrawn invitation opens nothing', async ({ page, browserAs }) => {
  const email = `${unique('withdrawn').toLowerCase()}@fjord-outdoor.example`
  const link = await invite(page, email, 'analyst')
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('button', { name: `Withdraw the invitation of ${email}` }).click()
  const question = page.getByRole('alertdialog', { name: `Withdraw the invitation of ${email}?` })
  await question.getByRole('button', { name: 'Withdraw the invitation' }).click()
  await expect(page.getByText(`The invitation of ${email} was withdrawn`)).toBeVisible()
  await expect(page.getByRole('button', { name: `Withdraw the invitation of ${email}` })).toHaveCount(0)
  const other = await browserAs('nobody')
  await other.goto(link)
  await expect(other.getByRole('heading', { name: 'This link does not work' })).toBeVisible()
})

test('another role takes effect in the next request, after it was shown what is gained and lost', async ({
  page,
  browserAs,
}) => {
  const other = await browserAs('nobody')
  const { name } = await colleague(page, other, 'support')
  await expect(other.getByRole('link', { name: 'API keys' })).toHaveCount(0)
  await act(page, name, 'Change role')
  await roleRadio(page, 'developer').check()
  const preview = page.getByRole('form', { name: 'Change role' }).getByRole('status')
  const [before, after] = [rolePermissions('support'), rolePermissions('developer')]
  await expect(preview).toContainText(`Gained: ${[...after].filter((each) => !before.has(each)).length}`)
  await expect(preview).toContainText(`Lost: ${[...before].filter((each) => !after.has(each)).length}`)
  await page.getByRole('button', { name: 'Change role', exact: true }).last().click()
  await expect(rowOf(page, name)).toContainText('Developer')
  await other.goto(at('/access/keys'))
  await expect(other.getByRole('heading', { level: 1, name: 'API keys' })).toBeVisible()
})

test('who is suspended is out at once, and back after being resumed', async ({ page, browserAs, allow }) => {
  allow(/401/)
  const other = await browserAs('nobody')
  const { name, email } = await colleague(page, other, 'support')
  await act(page, name, 'Suspend')
  await page
    .getByRole('alertdialog', { name: `Suspend ${name}?` })
    .getByRole('button', { name: `Suspend ${name}` })
    .click()
  await expect(rowOf(page, name)).toContainText('Suspended')
  await other.goto(at('/customers'))
  await expect(other).toHaveURL(/\/sign-in/)
  await other.getByLabel('E-mail').fill(email)
  await other.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await other.getByRole('button', { name: 'Sign in' }).click()
  await expect(other.getByRole('main').getByRole('alert')).toContainText('suspended')
  await act(page, name, 'Resume')
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: `Resume ${name}` })
    .click()
  await expect(rowOf(page, name)).not.toContainText('Suspended')
  await signIn({ email, password: PASSWORD })
})

test('who is removed sees nothing of the merchant any more', async ({ page, browserAs, allow }) => {
  allow(/401|404/)
  const other = await browserAs('nobody')
  const { name, email } = await colleague(page, other, 'analyst')
  await other.goto(at('/customers'))
  await expect(other.getByRole('heading', { level: 1, name: 'Customers' })).toBeVisible()
  await act(page, name, 'Remove')
  const question = page.getByRole('alertdialog', { name: `Remove ${name} from ${FJORD}?` })
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await question.getByRole('button', { name: `Remove ${name}` }).click()
  await expect(page.getByText(`${name} was removed from ${FJORD}`)).toBeVisible()
  await expect(rowOf(page, email)).toHaveCount(0)
  await other.goto(at('/customers'))
  await expect(other.getByRole('table', { name: 'Customers' })).toHaveCount(0)
})

test('a session that is ended here is over there', async ({ page, browserAs }) => {
  const other = await browserAs('nobody')
  const { name } = await colleague(page, other, 'support')
  await act(page, name, 'End all sessions')
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: `End sessions of ${name}` })
    .click()
  await expect(page.getByText(`${name} was signed out everywhere`)).toBeVisible()
  await other.goto(at('/customers'))
  await expect(other).toHaveURL(/\/sign-in/)
})

test('everybody sees their own sessions and can end all but this one', async ({ browserAs }) => {
  const person = { role: 'analyst', merchant: FJORD } as const
  const elsewhere = await requestsAs(person)
  const page = await browserAs('nobody')
  await page.context().addCookies((await signIn(personOf(person))).cookies)
  await page.goto(at('/access/sessions'))
  const list = page.getByRole('list', { name: 'Your sessions' })
  await expect(list.getByText('This session')).toHaveCount(1)
  await page.getByRole('button', { name: 'End other sessions' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'End other sessions' }).click()
  await expect(list.getByRole('listitem')).toHaveCount(1)
  expect((await elsewhere.get(at('/customers'))).status()).toBe(307)
  await page.reload()
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await elsewhere.dispose()
})

test('the last owner is protected, and says why', async ({ page }) => {
  await page.goto(at('/access/team'))
  const { email } = personOf({ role: 'owner', merchant: FJORD })
  await rowOf(page, email)
    .getByRole('button', { name: /^Actions for/ })
    .click()
  for (const action of ['Change role', 'Remove']) {
    const item = page.getByRole('menuitem', { name: new RegExp(`^${action}`) })
    await expect(item).toHaveAttribute('aria-disabled', 'true')
    await expect(item).toContainText('last owner')
  }
})

test('nobody hands out more than they hold', async ({ browserAs }) => {
  const page = await browserAs({ role: 'admin', merchant: FJORD })
  await page.goto(at('/access/team?panel=invite'))
  await expect(roleRadio(page, 'admin')).toBeVisible()
  await expect(roleRadio(page, 'owner')).toHaveCount(0)
  await page.goto(at('/access/team'))
  await rowOf(page, personOf({ role: 'owner', merchant: FJORD }).email)
    .getByRole('button', { name: /^Actions for/ })
    .click()
  await expect(page.getByRole('menuitem', { name: /^Suspend/ })).toHaveAttribute('aria-disabled', 'true')
})

test('the roles page is the permission table', async ({ page }) => {
  await page.goto(at('/access/roles'))
  const table = page.getByRole('table', { name: 'Permissions of each role' })
  await expect(table).toBeVisible()
  const heads = await table.getByRole('columnheader').allInnerTexts()
  expect(heads.map((head) => head.toLowerCase())).toEqual(expect.arrayContaining([...ROLES]))
  for (const permission of ['pii:read', 'customers:write', 'team:own', 'profiles:delete'] as const) {
    const row = table.getByRole('row').filter({ hasText: permission })
    const said = await row.getByRole('cell').allInnerTexts()
    expect(
      said.map((text) => text.includes('yes')),
      permission,
    ).toEqual(ROLES.map((role) => rolePermissions(role).has(permission)))
  }
})

test('a role without the team is refused by name and has no link to it', async ({ browserAs, allow }) => {
  allow(/403/)
  const page = await browserAs({ role: 'support', merchant: FJORD })
  const answer = await page.goto(at('/access/team'))
  expect(answer?.status()).toBe(403)
  await expect(page.getByText('You may not see this')).toBeVisible()
  await expect(page.getByRole('main')).toContainText('team:read')
  await expect(page.getByRole('main')).toContainText(FJORD)
  await expect(page.getByRole('link', { name: 'Team' })).toHaveCount(0)
})
