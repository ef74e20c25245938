// One customer: every address of it, its tabs, notes, tags, instruments, archiving, and who may see which part.
import type { Page } from '@playwright/test'
import { ATLAS, at, expect, HARBOR, keyOf, type Made, makeCustomer, requestsWith, test, unique } from './fixtures.ts'

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })
const tab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Parts of this customer' }).getByRole('link', { name, exact: true })

type Wallet = { customer: { id: number; name: string } | null; profileGuid: string; instrumentCount: number }

/** A customer of the demo with several saved instruments; every caller gets another one. */
let taken = 0
async function withWallet(page: Page): Promise<Wallet> {
  const api = await requestsWith(keyOf(HARBOR))
  const found: Wallet[] = []
  let cursor = ''
  do {
    const list = await (
      await api.get(`/api/profiles?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    ).json()
    for (const profile of list.data as Wallet[]) {
      if (profile.instrumentCount > 1 && profile.customer) found.push(profile)
    }
    cursor = list.nextCursor ?? list.page?.nextCursor ?? ''
  } while (cursor && found.length <= taken)
  await api.dispose()
  const wallet = found[taken]
  taken += 1
  expect(wallet, 'the demo has customers with several instruments').toBeTruthy()
  await page.goto(at(`/customers/${wallet?.customer?.id}?tab=instruments`))
  return wallet as Wallet
}

test('every identity leads to the one address, and the card shows all of them with their calls', async ({ page }) => {
  const memberId = unique('member')
  const { id, customerId, name } = await makeCustomer({ memberId })
  for (const identity of [customerId, customerId.toUpperCase(), `member:${memberId}`]) {
    await page.goto(at(`/customers/${encodeURIComponent(identity)}`))
    await expect(page).toHaveURL(new RegExp(`/customers/${id}\\?`))
    await expect(heading(page, name)).toBeVisible()
  }
  await expect(page).toHaveTitle(`${name} · Customers · ${HARBOR}`)
  const card = page
    .getByRole('region', { name: 'Identities' })
    .or(page.locator('section', { hasText: 'Identities' }))
    .first()
  for (const value of [String(id), customerId.slice(0, 8), memberId]) await expect(card).toContainText(value)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Copy the call that fetches it by customer id' }).click()
  const call = await page.evaluate(() => navigator.clipboard.readText())
  expect(call).toContain(`/api/customers/${customerId}`)
  const address = /"(http[^"]+)"/.exec(call)?.[1] ?? ''
  const api = await requestsWith(keyOf(HARBOR))
  expect(((await (await api.get(address)).json()) as Made).id, 'the copied call fetches this customer').toBe(id)
  await api.dispose()
})

test('a tab is an address that reload and Back keep, and digits go there', async ({ page }) => {
  const { id, name } = await makeCustomer()
  await page.goto(at(`/customers/${id}`))
  await tab(page, 'Activity').click()
  await expect(page).toHaveURL(/tab=activity/)
  await expect(page.getByRole('list', { name: 'Activity' })).toContainText('Customer added')
  await page.reload()
  await expect(tab(page, 'Activity')).toHaveAttribute('aria-current', 'page')
  await page.goBack()
  await expect(tab(page, 'Overview')).toHaveAttribute('aria-current', 'page')
  await page.keyboard.press('2')
  await expect(page).toHaveURL(/tab=instruments/)
  await expect(page.getByText('No instruments yet')).toBeVisible()
  await page.goto(at(`/customers/${id}?tab=nonsense`))
  await expect(heading(page, name)).toBeVisible()
  await expect(tab(page, 'Overview')).toHaveAttribute('aria-current', 'page')
})

test('every change is readable as before and after with who made it', async ({ page }) => {
  const { id } = await makeCustomer({ company: 'Old Name Limited' })
  const api = await requestsWith(keyOf(HARBOR))
  await api.patch(`/api/customers/${id}`, { data: { company: 'New Name Limited' } })
  await api.dispose()
  await page.goto(at(`/customers/${id}?tab=activity`))
  const stream = page.getByRole('list', { name: 'Activity' })
  await expect(stream).toContainText('Old Name Limited')
  await expect(stream).toContainText('New Name Limited')
  await expect(stream).toContainText('full')
})

test('the audit tab is there for those who may read it, and names the reads', async ({ page, browserAs }) => {
  const { id } = await makeCustomer()
  await page.goto(at(`/customers/${id}?tab=audit`))
  await expect(page.getByRole('table', { name: 'Audit events of this customer' }).getByRole('row').nth(1)).toBeVisible()
  const support = await browserAs({ role: 'support', merchant: HARBOR })
  await support.goto(at(`/customers/${id}?tab=audit`))
  await expect(tab(support, 'Overview')).toHaveAttribute('aria-current', 'page')
  await expect(tab(support, 'Audit')).toHaveCount(0)
})

test('archiving asks nothing and can be undone, and restored later', async ({ page }) => {
  const { id, name } = await makeCustomer()
  await page.goto(at(`/customers/${id}`))
  await page.getByRole('button', { name: 'Archive', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Restore', exact: true })).toBeVisible()
  await expect(page.getByText(`${name} was archived`)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Edit', exact: true })).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Archive', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Archive', exact: true }).click()
  await page.getByRole('button', { name: 'Restore', exact: true }).click()
  const api = await requestsWith(keyOf(HARBOR))
  // The button changes at once, before the server has answered.
  await expect.poll(async () => (await api.get(`/api/customers/${id}`)).status()).toBe(200)
  await page.reload()
  await expect(page.getByRole('button', { name: 'Archive', exact: true })).toBeVisible()
  await api.dispose()
})

test('what was undone can be undone from the list of recent changes, after its toast has gone', async ({ page }) => {
  const { id, name } = await makeCustomer()
  await page.goto(at(`/customers/${id}`))
  await page.getByRole('button', { name: 'Archive', exact: true }).click()
  await expect(page.getByText(`${name} was archived`)).toBeVisible()
  await page.getByText(`${name} was archived`).hover()
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await page.getByRole('button', { name: /^Recent changes/ }).click()
  await page.getByRole('button', { name: new RegExp(`^Undo ?: ${name} was archived`) }).click()
  await expect(page.getByRole('button', { name: 'Archive', exact: true })).toBeVisible()
})

test('notes are added, changed and deleted, and empty ones are refused at the field', async ({ page }) => {
  const { id } = await makeCustomer()
  await page.goto(at(`/customers/${id}`))
  const field = page.getByLabel('New note')
  await page.getByRole('button', { name: 'Add note' }).click()
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await field.fill('Calls on Fridays')
  await page.getByRole('button', { name: 'Add note' }).click()
  const notes = page.getByRole('list', { name: 'Notes' })
  await expect(notes).toContainText('Calls on Fridays')
  await expect(field).toHaveValue('')
  await notes.getByRole('button', { name: /^Change note/ }).click()
  await notes.getByLabel('Note', { exact: true }).fill('Calls on Mondays')
  await notes.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(notes).toContainText('Calls on Mondays')
  await expect(notes).toContainText('changed by')
  await notes.getByRole('button', { name: /^Delete note/ }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete note' }).click()
  await expect(page.getByText('No notes yet')).toBeVisible()
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click()
  await expect(notes).toContainText('Calls on Mondays')
})

test('tags are added and taken off', async ({ page }) => {
  const tag = unique('tag')
  const { id } = await makeCustomer()
  await page.goto(at(`/customers/${id}`))
  await page.getByLabel('New tag').fill(tag)
  await page.getByRole('button', { name: 'Add tag' }).click()
  await expect(page.getByRole('button', { name: `Remove tag ${tag}` })).toBeVisible()
  await page.getByRole('button', { name: `Remove tag ${tag}` }).click()
  await expect(page.getByRole('button', { name: `Remove tag ${tag}` })).toHaveCount(0)
})

test('another instrument becomes the preferred one at once, and Undo takes it back', async ({ page }) => {
  await withWallet(page)
  const list = page.getByRole('list', { name: 'Instruments' })
  const preferred = list.getByRole('article').filter({ has: page.getByText('Preferred', { exact: true }) })
  await expect(list.getByRole('article').first()).toBeVisible()
  const before = (await preferred.count()) > 0 ? await preferred.getByRole('heading').innerText() : undefined
  const other = list
    .getByRole('article')
    .filter({ has: page.getByRole('button', { name: /^Set preferred/ }) })
    .first()
  const name = await other.getByRole('heading').innerText()
  await other.getByRole('button', { name: /^Set preferred/ }).click()
  await expect(preferred.getByRole('heading')).toHaveText(name)
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  if (before === undefined) await expect(preferred).toHaveCount(0)
  else await expect(preferred.getByRole('heading')).toHaveText(before)
})

test('removing an instrument is final, says so, and asks which one follows', async ({ page }) => {
  const { instrumentCount: count } = await withWallet(page)
  const list = page.getByRole('list', { name: 'Instruments' })
  await expect(list.getByRole('article')).toHaveCount(count)
  const first = list.getByRole('article').first()
  if ((await first.getByText('Preferred', { exact: true }).count()) === 0) {
    await first.getByRole('button', { name: /^Set preferred/ }).click()
    await expect(first.getByText('Preferred', { exact: true })).toBeVisible()
  }
  await first.getByRole('button', { name: /^Remove/ }).click()
  const question = page.getByRole('dialog', { name: /^Remove / })
  await expect(question).toContainText('cannot be undone')
  await question.getByRole('button', { name: /^Remove/ }).click()
  await expect(question.getByRole('alert').filter({ hasText: 'Choose which instrument follows' })).toBeVisible()
  await question.getByRole('radio').first().check()
  await question.getByRole('button', { name: /^Remove/ }).click()
  await expect(list.getByRole('article')).toHaveCount(count - 1)
  await expect(list.getByText('Preferred', { exact: true })).toHaveCount(1)
})

test('a newer version is announced and never replaces what is being read', async ({ page }) => {
  const { id } = await makeCustomer({ company: 'Seen Limited' })
  await page.goto(at(`/customers/${id}`))
  await expect(page.getByRole('main').getByText('Seen Limited').first()).toBeVisible()
  const api = await requestsWith(keyOf(HARBOR))
  await api.patch(`/api/customers/${id}`, { data: { company: 'Newer Limited' } })
  await api.dispose()
  const notice = page.getByRole('status').filter({ hasText: 'Changed by' })
  // What a browser says when its reader comes back to the tab.
  await expect(async () => {
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
    await expect(notice).toBeVisible({ timeout: 1000 })
  }).toPass()
  await expect(notice).toContainText('full')
  await expect(page.getByRole('main').getByText('Seen Limited').first()).toBeVisible()
  await notice.getByRole('button', { name: 'Show changes' }).click()
  await expect(page.getByRole('main').getByText('Newer Limited').first()).toBeVisible()
})

test('a card that fails says so alone, and Retry brings it', async ({ page, allow }) => {
  allow(/50\d/)
  const { id, name } = await makeCustomer()
  await page.goto(at(`/customers/${id}`))
  await page.route('**/api/internal/instruments?*', (route) =>
    route.fulfill({
      status: 503,
      json: { requestId: 'req_card0000001', error: { code: 'WRITER_BUSY', message: 'The server is busy' } },
    }),
  )
  await tab(page, 'Instruments').click()
  const alert = page.getByRole('main').getByRole('alert').filter({ hasText: 'req_card0000001' })
  await expect(alert).toBeVisible({ timeout: 15_000 })
  await expect(heading(page, name)).toBeVisible()
  await page.unroute('**/api/internal/instruments?*')
  await alert.getByRole('button', { name: 'Retry' }).click()
  await expect(page.getByText('No instruments yet')).toBeVisible()
})

test("another merchant's customer is the page of one that never was", async ({ browserAs, allow }) => {
  allow(/404/)
  const { id } = await makeCustomer()
  const stranger = await browserAs({ role: 'owner', merchant: ATLAS })
  const said: string[] = []
  for (const asked of [id, 900_000_000_000_001]) {
    const answer = await stranger.goto(at(`/customers/${asked}`, ATLAS))
    expect(answer?.status()).toBe(404)
    await expect(stranger.getByText('There is nothing here')).toBeVisible()
    said.push(await stranger.getByRole('main').innerText())
  }
  expect(said[0]).toBe(said[1])
})

test('without contact data: masks in page, title and card, sensitive values for nobody', async ({
  browserAs,
  page,
}) => {
  const word = unique('Veiled')
  const secret = {
    name: `${word} Person`,
    email: `${word}@example.org`.toLowerCase(),
    phone: '+44 20 7946 0777',
    dateOfBirth: '1979-05-06',
  }
  const { id } = await makeCustomer(secret)
  const masked = await browserAs({ role: 'auditor', merchant: HARBOR })
  for (const screen of [
    `/customers/${id}`,
    `/customers/${id}?tab=activity`,
    `/customers/${id}?tab=audit`,
    `/customers/${id}?tab=instruments`,
  ]) {
    await masked.goto(at(screen))
    await expect(masked.getByRole('heading', { level: 1 })).toContainText('•••')
    const content = `${await masked.title()} ${await masked.content()}`
    for (const value of [word, secret.email, '7946', '1979']) expect(content, screen).not.toContain(value)
  }
  await page.goto(at(`/customers/${id}`))
  await expect(heading(page, secret.name)).toBeVisible()
  expect(await page.content(), 'a date of birth is masked for everybody').not.toContain('1979-05-06')
})
