import { describe, expect, test } from 'vitest'
import { openDb } from '#db/client'
import {
  at,
  makeCard,
  makeConnector,
  makeContainer,
  makeCustomer,
  makeMerchant,
  makeProfile,
  staffAt,
} from '#db/testing/make'
import { updateCustomer } from './commands.ts'
import { countCustomerFacets, listCustomerRows } from './list.ts'
import { findDuplicates, findDuplicatesOf, listChangesSince, listCustomerProfiles } from './look-up.ts'
import { addCustomer, saveCustomer } from './writes.ts'

await openDb()
const merchant = await makeMerchant('Look-up')
const other = await makeMerchant('Stranger')
const ctx = at(merchant.id)
const owner = staffAt(merchant.id, 'owner')
const analyst = staffAt(merchant.id, 'analyst')

describe('findDuplicates', () => {
  test('names who shares an e-mail, but not the customer being edited and nobody of another merchant', async () => {
    const ada = await makeCustomer(ctx, { name: 'Ada Lovelace', email: 'ada@look-up.example' })
    await makeCustomer(at(other.id), { name: 'Ada Elsewhere', email: 'ada@look-up.example' })
    const found = await findDuplicates(owner, { name: 'Ada', email: 'ADA@look-up.example' })
    expect(found).toMatchObject({
      policy: 'warn',
      candidates: [{ id: ada.id, name: 'Ada Lovelace', reasons: ['same_email'] }],
    })
    expect((await findDuplicates(owner, { email: 'ada@look-up.example', except: ada.id })).candidates).toEqual([])
    expect(await findDuplicatesOf(analyst, { id: ada.id })).toEqual([])
    await expect(findDuplicatesOf(at(other.id), { id: ada.id })).rejects.toMatchObject({ code: 'CUSTOMER_NOT_FOUND' })
  })
})

describe('listChangesSince', () => {
  test('tells who changed what after a version, newest first, and nothing to whoever is up to date', async () => {
    const row = await makeCustomer(ctx, { name: 'Grace Hopper', email: 'grace@look-up.example' })
    await updateCustomer(ctx, { id: row.id, phone: '+1 202 555 0101' })
    const { customer } = await updateCustomer(ctx, { id: row.id, company: 'Navy' })
    const since = await listChangesSince(owner, { id: row.id, version: row.version })
    expect(since.version).toBe(customer.version)
    expect(since.changes.map(({ fields }) => fields)).toEqual([['company'], ['phone']])
    expect((await listChangesSince(owner, { id: row.id, version: customer.version })).changes).toEqual([])
    const masked = await listChangesSince(analyst, { id: row.id, version: row.version })
    expect(JSON.stringify(masked)).not.toMatch(/Navy|555/)
    const stranger = listChangesSince(staffAt(other.id, 'owner'), { id: row.id, version: 1 })
    await expect(stranger).rejects.toMatchObject({ code: 'CUSTOMER_NOT_FOUND' })
  })
})

describe('listCustomerRows', () => {
  test('shows the preferred card, and only what the list shows', async () => {
    const shop = await makeMerchant('Rows')
    const shopCtx = at(shop.id)
    const container = await makeContainer(shopCtx)
    const connector = await makeConnector(shopCtx, { containerId: container.id })
    const customer = await makeCustomer(shopCtx, { name: 'Ada Lovelace', taxId: 'T-SECRET' })
    const profile = await makeProfile(shopCtx, { containerId: container.id, customerId: customer.id })
    await makeCard(shopCtx, { profileGuid: profile.profileGuid, connectorId: connector.connector.id, preferred: true })
    const { data } = await listCustomerRows(staffAt(shop.id, 'owner'), {})
    expect(data).toMatchObject([{ id: customer.id, name: 'Ada Lovelace', instrument: { type: 'card' } }])
    expect(data[0]?.instrument?.lastFour).toMatch(/^\d{4}$/)
    expect(JSON.stringify(data)).not.toContain('T-SECRET')
    expect(await listCustomerProfiles(staffAt(shop.id, 'analyst'), { customerId: customer.id })).toMatchObject([
      { profileGuid: profile.profileGuid, container: container.name },
    ])
    expect(await listCustomerProfiles(at(other.id), { customerId: customer.id })).toEqual([])
  })

  test('hides from a masked role what it may not see', async () => {
    await makeCustomer(ctx, { name: 'Planted Person', email: 'planted@look-up.example' })
    const { data } = await listCustomerRows(analyst, {})
    expect(data.length).toBeGreaterThan(0)
    expect(JSON.stringify(data)).not.toMatch(/Planted|planted/)
  })
})

test('countCustomerFacets counts current customers of this merchant alone', async () => {
  const shop = await makeMerchant('Facets')
  await makeCustomer(at(shop.id), { name: 'A', country: 'DE', tags: ['vip'] })
  await makeCustomer(at(shop.id), { name: 'B', country: 'DE', status: 'suspended' })
  const facets = await countCustomerFacets(staffAt(shop.id, 'owner'), {})
  expect(facets).toMatchObject({ any: true, country: [{ value: 'DE', count: 2 }], tag: [{ value: 'vip', count: 1 }] })
  expect(facets.status).toEqual(expect.arrayContaining([{ value: 'suspended', count: 1 }]))
})

describe('writes of the screens', () => {
  test('answer what staff may see: sensitive values stay hidden', async () => {
    const made = await addCustomer(owner, { fields: { name: 'Ada Hidden', taxId: 'T-SECRET' }, note: 'Called twice' })
    expect(made.taxId).not.toContain('SECRET')
    const { customer, changedFields } = await saveCustomer(owner, {
      id: made.id,
      expectedVersion: made.version,
      nationalId: 'N-SECRET',
    })
    expect(changedFields).toEqual(['nationalId'])
    expect(JSON.stringify(customer)).not.toContain('SECRET')
  })
})
