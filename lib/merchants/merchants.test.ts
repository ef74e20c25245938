import { beforeAll, expect, test } from 'vitest'
import { openDb } from '#db/client'
import { at, makeMerchant, staffAt } from '#db/testing/make'
import { appError } from '../core/errors.ts'
import { createMerchant, updateMerchantSettings } from './commands.ts'
import { getMerchant, listMerchants } from './queries.ts'

beforeAll(async () => {
  await openDb()
})

const codeOf = async (run: Promise<unknown>): Promise<string | undefined> => {
  try {
    await run
    return undefined
  } catch (err) {
    const refused = appError(err)
    if (!refused) throw err
    return refused.code
  }
}

test('the tree is seen from the caller down; what is above is not named', async () => {
  const group = await makeMerchant('Northwind Group')
  const shop = await createMerchant(staffAt(group.id, 'admin'), { name: 'Harbor Books' })
  const branch = await createMerchant(staffAt(group.id, 'admin'), { name: 'Harbor North', parentId: shop.id })
  const stranger = await makeMerchant('Atlas Travel')
  expect(branch.path).toBe(`/${group.id}/${shop.id}/${branch.id}/`)
  const seen = await listMerchants(staffAt(shop.id, 'support'), {})
  expect(seen.map(({ id, parentId, depth }) => [id, parentId, depth])).toEqual([
    [shop.id, null, 0],
    [branch.id, shop.id, 1],
  ])
  expect(JSON.stringify(seen)).not.toContain('path')
  for (const id of [group.id, stranger.id, 999_999]) {
    expect(await codeOf(getMerchant(staffAt(shop.id, 'owner'), { merchantId: id }))).toBe('MERCHANT_NOT_FOUND')
    expect(await codeOf(createMerchant(staffAt(shop.id, 'owner'), { name: 'x', parentId: id }))).toBe(
      'MERCHANT_NOT_FOUND',
    )
  }
  expect((await getMerchant(staffAt(group.id, 'owner'), { merchantId: branch.id })).parentId).toBe(shop.id)
})

test('settings change by version, unchanged ones leave it alone', async () => {
  const { id } = await makeMerchant('Settings')
  const admin = staffAt(id, 'admin')
  const changed = await updateMerchantSettings(admin, {
    duplicatePolicy: 'reject',
    requireIfMatch: true,
    country: 'NO',
    expectedVersion: 1,
  })
  expect(changed).toMatchObject({
    duplicatePolicy: 'reject',
    requireIfMatch: true,
    country: 'NO',
    currency: 'EUR',
    version: 2,
  })
  expect((await updateMerchantSettings(admin, { country: 'NO' })).version).toBe(2)
  expect(await codeOf(updateMerchantSettings(admin, { name: 'Later', expectedVersion: 1 }))).toBe('STALE_WRITE')
  expect(await codeOf(updateMerchantSettings(admin, { timeZone: 'Mars/Olympus' }))).toBe('VALIDATION_ERROR')
  expect(await codeOf(updateMerchantSettings(staffAt(id, 'manager'), { name: 'Mine' }))).toBe('PERMISSION_MISSING')
  expect((await getMerchant(at(id), {})).name).toBe('Settings')
})
