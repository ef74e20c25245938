// Customers of another system, brought in through the API by the import script, and each found again by anything known.
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { readRows } from '../scripts/import-chinook.ts'
import { at as atMerchant, BASE, expect, GROUP, keyOf, requestsAs, test } from './fixtures.ts'

const OWNER = { role: 'owner', merchant: GROUP } as const
test.use({ who: OWNER })
test.describe.configure({ mode: 'serial' })

const FILE = path.resolve(import.meta.dirname, 'fixtures/chinook-customers.csv')
const at = (screen: string) => atMerchant(screen, GROUP)
const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '')
const middle = (text: string) => [...text].slice(1, -1).join('')

function load(): string {
  const script = path.resolve(import.meta.dirname, '../scripts/import-chinook.ts')
  return execFileSync(process.execPath, [script, '--url', BASE, '--key', keyOf(GROUP), '--file', FILE], {
    encoding: 'utf8',
  })
}

test('all 59 come in, and the same file again creates nobody twice', async () => {
  expect(load()).toContain('59 created')
  load()
  const owner = await requestsAs(OWNER)
  const { data } = await (
    await owner.get(`/api/internal/customers?m=${new URL(at('/'), BASE).searchParams.get('m')}&input={"limit":100}`)
  ).json()
  expect(data).toHaveLength(59)
  await owner.dispose()
})

test('each is found by part of name, company, e-mail, phone and city, in any case and without accents', async () => {
  const owner = await requestsAs(OWNER)
  const m = new URL(at('/'), BASE).searchParams.get('m')
  const lost: string[] = []
  for (const row of readRows(FILE)) {
    const wanted = `chinook-${row.CustomerId}`
    const asked = [
      plain(`${row.FirstName} ${row.LastName}`).toUpperCase(),
      middle(plain(row.LastName)),
      middle(plain(row.Company)).toLowerCase(),
      row.Email.toUpperCase(),
      middle(row.Email),
      row.Phone.replaceAll(/\D/g, '').slice(-7),
      plain(row.City).toUpperCase(),
    ].filter((text) => text.trim().length >= 3)
    for (const q of asked) {
      const input = encodeURIComponent(JSON.stringify({ q: `"${q.replaceAll('"', '')}"`, limit: 100 }))
      const answer = await owner.get(`/api/internal/customers?m=${m}&input=${input}`)
      const { data = [] } = (await answer.json()) as { data?: { memberId: string }[] }
      if (!data.some(({ memberId }) => memberId === wanted)) lost.push(`${wanted} by ${q}: ${answer.status()}`)
    }
  }
  expect(lost).toEqual([])
  await owner.dispose()
})

test('a sample of each is found in the search box', async ({ page }) => {
  await page.goto(at('/customers'))
  const table = page.getByRole('table', { name: 'Customers' })
  const search = page.getByRole('textbox', { name: 'Search customers' })
  for (const [asked, name] of [
    ['goncalves', 'Luís Gonçalves'],
    ['KOHLER', 'Leonie Köhler'],
    ['embraer', 'Luís Gonçalves'],
    ['wichterl', 'František Wichterlová'],
    ['surfeu', 'Leonie Köhler'],
    ['39235555', 'Luís Gonçalves'],
    ['sao jose', 'Luís Gonçalves'],
    ['bjorn', 'Bjørn Hansen'],
    ['stuttgart', 'Leonie Köhler'],
  ] as const) {
    await search.fill(asked)
    await expect(page).toHaveURL((url) => url.searchParams.get('q') === asked)
    await expect(table.getByRole('rowheader').filter({ hasText: name }), asked).toBeVisible()
  }
})
