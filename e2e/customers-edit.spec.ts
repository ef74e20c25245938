// Creating and changing customers: the drawer and its address, what is refused, what is kept, and that two people who
// edit at once lose nothing.
import { drawer, edit, field, opened, save, stored } from './customer-form.ts'
import { at, expect, HARBOR, keyOf, makeCustomer, requestsWith, test, unique } from './fixtures.ts'

test.describe('a new customer', () => {
  test('is added by the drawer, which has its own address', async ({ page }) => {
    await page.goto(at('/customers'))
    await page.getByRole('button', { name: 'Add customer' }).click()
    await expect(page).toHaveURL(/panel=new/)
    await page.reload()
    await expect(drawer(page)).toBeVisible()
    const name = unique('Ottilie')
    await field(page, 'Name').fill(`${name} Fuchs`)
    await field(page, 'E-mail').fill(`${name}@example.org`.toLowerCase())
    await field(page, 'Company').fill('Fuchs Limited')
    await field(page, 'Billing city').fill('Zürich')
    await field(page, 'Billing country').selectOption('CH')
    await field(page, 'Note').fill('Met at the fair')
    await save(page).click()
    await expect(page.getByRole('heading', { level: 1, name: `${name} Fuchs` })).toBeVisible()
    await expect(page.getByRole('main')).toContainText('Zürich')
    await expect(page.getByRole('list', { name: 'Notes' })).toContainText('Met at the fair')
    const id = Number(/\/customers\/(\d+)/.exec(page.url())?.[1])
    expect(await stored({ id })).toMatchObject({ name: `${name} Fuchs`, company: 'Fuchs Limited', country: 'CH' })
  })

  test('what is wrong stands at its field and in a summary that takes the focus', async ({ page }) => {
    await page.goto(at('/customers?panel=new'))
    await expect(field(page, 'Name')).toBeFocused()
    await save(page).click()
    const summary = drawer(page).getByRole('alert').filter({ hasText: 'Some fields need another look' })
    await expect(summary).toBeFocused()
    await field(page, 'E-mail').fill('not an address')
    await field(page, 'Phone').fill('x')
    await save(page).click()
    for (const name of ['E-mail', 'Phone']) await expect(field(page, name)).toHaveAttribute('aria-invalid', 'true')
    await summary.getByRole('link', { name: 'E-mail' }).click()
    await expect(field(page, 'E-mail')).toBeFocused()
    await field(page, 'E-mail').fill(`${unique('right')}@example.org`)
    await expect(field(page, 'E-mail'), 'judged anew while it is typed').not.toHaveAttribute('aria-invalid', 'true')
  })

  test('what only the server can refuse stands at its field, too', async ({ page }) => {
    const { memberId } = (await stored(await makeCustomer({ memberId: unique('m') }))) as { memberId: string }
    await page.goto(at('/customers?panel=new'))
    await field(page, 'Name').fill(unique('Twin'))
    await field(page, 'Member id').fill(memberId)
    await field(page, 'Company').focus()
    await expect(
      drawer(page)
        .getByRole('status')
        .filter({ hasText: /same member id/ }),
    ).toBeVisible()
  })

  test('says who it may be already, and creates anyway when asked to', async ({ page }) => {
    const twin = await makeCustomer()
    await page.goto(at('/customers?panel=new'))
    const name = unique('Second')
    await field(page, 'Name').fill(name)
    await field(page, 'E-mail').fill(twin.email.toUpperCase())
    await field(page, 'Company').focus()
    const hint = drawer(page).getByRole('status').filter({ hasText: 'may exist already' })
    await expect(hint).toContainText(twin.name)
    await expect(hint).toContainText('same e-mail')
    await hint.getByRole('button', { name: 'Create anyway' }).click()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    await expect(page.getByRole('main').getByText('Possible duplicate')).toContainText(twin.name)
  })

  test('a card number typed into any field is dropped before it is sent', async ({ page }) => {
    const sent: string[] = []
    page.on('request', (req) => sent.push(`${req.url()} ${req.postData() ?? ''}`))
    await page.goto(at('/customers?panel=new'))
    await field(page, 'Name').fill('4111 1111 1111 1111')
    await expect(field(page, 'Name')).toHaveValue('')
    await expect(page.getByText('Clientele never stores card numbers. The value was removed.').last()).toBeVisible()
    const name = unique('Clean')
    await field(page, 'Name').fill(name)
    await save(page).click()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    expect(sent.filter((each) => /4111/.test(each))).toEqual([])
  })

  test('however often it is sent, it is created once', async ({ page }) => {
    const name = unique('Once')
    await page.goto(at('/customers?panel=new'))
    await field(page, 'Name').fill(name)
    await save(page).dblclick()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    const api = await requestsWith(keyOf(HARBOR))
    const { data } = await (await api.get(`/api/customers?q=${name}`)).json()
    expect(data).toHaveLength(1)
    await api.dispose()
  })

  test('can be followed by the next one without leaving the drawer', async ({ page }) => {
    await page.goto(at('/customers?panel=new'))
    const first = unique('First')
    await field(page, 'Name').fill(first)
    await page.getByRole('button', { name: 'Save and new' }).click()
    await expect(page.getByText(`${first} was added`)).toBeVisible()
    await expect(field(page, 'Name')).toHaveValue('')
    await expect(drawer(page)).toBeVisible()
  })
})

test.describe('a changed customer', () => {
  test('sends only what changed, shows it at once, and Undo takes it back', async ({ page }) => {
    const customer = await makeCustomer({ company: 'Before Limited', phone: '+44 20 7946 0991' })
    await opened(page, customer)
    await field(page, 'Company').fill('After Limited')
    const request = page.waitForRequest((req) => req.method() === 'POST')
    await save(page).click()
    const body = (await request).postData() ?? ''
    expect(body).toContain('After Limited')
    expect(body, 'untouched fields stay at home').not.toContain('7946')
    await expect(drawer(page)).toHaveCount(0)
    await expect(page.getByRole('main').getByText('After Limited').first()).toBeVisible()
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await expect(page.getByText('was undone')).toBeVisible()
    expect(await stored(customer)).toMatchObject({ company: 'Before Limited', version: 3 })
  })

  test('asks before unsaved input is lost: at Cancel, Escape and Back', async ({ page }) => {
    const customer = await makeCustomer()
    await page.goto(at(`/customers/${customer.id}`))
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    await expect(field(page, 'Name')).toHaveValue(customer.name)
    await field(page, 'Company').fill('Unsaved')
    const question = page.getByRole('alertdialog', { name: 'Leave without saving?' })
    const stay = question.getByRole('button', { name: 'Cancel' })
    for (const leave of [
      () => drawer(page).getByRole('button', { name: 'Cancel' }).click(),
      () => page.keyboard.press('Escape'),
      // The page keeps Back from happening, so there is no navigation to wait for.
      () => page.evaluate(() => history.back()),
    ]) {
      await leave()
      await expect(question).toBeVisible()
      await stay.click()
      await expect(field(page, 'Company')).toHaveValue('Unsaved')
    }
    await drawer(page).getByRole('button', { name: 'Cancel' }).click()
    await question.getByRole('button', { name: 'Leave without saving' }).click()
    await expect(drawer(page)).toHaveCount(0)
    expect(await stored(customer)).toMatchObject({ company: null, version: 1 })
  })

  test('a clean form closes by Escape and by Back without a question', async ({ page }) => {
    const customer = await makeCustomer()
    await page.goto(at(`/customers/${customer.id}`))
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    await expect(field(page, 'Name')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(drawer(page)).toHaveCount(0)
    await expect(page).not.toHaveURL(/panel/)
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    await expect(field(page, 'Name')).toHaveValue(customer.name)
    await page.goBack()
    await expect(drawer(page)).toHaveCount(0)
    await expect(page.getByRole('heading', { level: 1, name: customer.name })).toBeVisible()
  })

  test('keeps what was typed when the server cannot be reached, and saves it afterwards', async ({ page, allow }) => {
    allow(/ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_FAILED/)
    const customer = await makeCustomer()
    await opened(page, customer)
    await field(page, 'Company').fill('Kept Limited')
    await page.context().setOffline(true)
    await save(page).click()
    await expect(drawer(page).getByRole('alert').filter({ hasText: 'could not be reached' })).toBeVisible()
    await expect(field(page, 'Company')).toHaveValue('Kept Limited')
    await page.context().setOffline(false)
    await save(page).click()
    await expect(drawer(page)).toHaveCount(0)
    expect(await stored(customer)).toMatchObject({ company: 'Kept Limited' })
  })
})

test('who may not write has no form, whatever the address says', async ({ browserAs }) => {
  const customer = await makeCustomer()
  for (const role of ['analyst', 'auditor', 'developer'] as const) {
    const page = await browserAs({ role, merchant: HARBOR })
    await page.goto(edit(customer))
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Edit', exact: true }), role).toHaveCount(0)
    await expect(drawer(page), role).toHaveCount(0)
    await page.goto(at('/customers?panel=new'))
    await expect(page.getByRole('table', { name: 'Customers' })).toBeVisible()
    await expect(drawer(page), role).toHaveCount(0)
  }
})
