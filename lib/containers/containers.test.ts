import { beforeAll, describe, expect, test } from 'vitest'
import { closeDb, openDb } from '#db/client'
import { at, makeConnector, makeContainer, makeCustomer, makeMerchant, makeProfile, staffAt } from '#db/testing/make'
import { setDefaultContainer } from './commands.ts'
import { getContainer, listContainers } from './queries.ts'
import { ancestorsOf } from './rules.ts'

test('a path names the merchants above, root first', () => {
  expect(ancestorsOf('/1/')).toEqual([])
  expect(ancestorsOf('/1/3/27/')).toEqual([1, 3])
})

describe('who sees a container', () => {
  let group: number
  let shop: number
  let corner: number
  let stranger: number

  beforeAll(async () => {
    await openDb()
    const top = await makeMerchant('Group')
    const below = await makeMerchant('Shop', top.id)
    group = top.id
    shop = below.id
    corner = (await makeMerchant('Corner', below.id)).id
    stranger = (await makeMerchant('Stranger')).id
    return closeDb
  })

  test('its owner, and every merchant below when it is shared', async () => {
    const shared = await makeContainer(at(group), { name: 'Shared', shared: true })
    const kept = await makeContainer(at(group), { name: 'Kept' })
    const sees = async (merchantId: number) => (await listContainers(at(merchantId), {})).map(({ name }) => name)
    expect(await sees(group)).toEqual(['Kept', 'Shared'])
    expect(await sees(shop)).toEqual(['Shared'])
    expect(await sees(corner)).toEqual(['Shared'])
    expect(await sees(stranger)).toEqual([])
    await expect(getContainer(at(shop), { id: kept.id })).rejects.toMatchObject({ code: 'CONTAINER_NOT_FOUND' })
    await expect(getContainer(at(stranger), { id: shared.id })).rejects.toMatchObject({ code: 'CONTAINER_NOT_FOUND' })
    expect(await getContainer(at(corner), { id: shared.id })).toMatchObject({
      own: false,
      ownerName: 'Group',
      shared: true,
    })
  })

  test('never the merchant above, even when it is shared', async () => {
    await makeContainer(at(corner), { name: 'Below', shared: true })
    expect((await listContainers(at(shop), {})).map(({ name }) => name)).not.toContain('Below')
  })

  test('counts profiles, and the connectors of the caller that use it', async () => {
    const { id } = await makeContainer(at(shop), { name: 'Counted', shared: true })
    await setDefaultContainer(at(shop), { containerId: id })
    await makeConnector(at(shop), { containerId: id })
    await makeConnector(at(shop))
    await makeConnector(at(corner))
    const customer = await makeCustomer(at(shop))
    await makeProfile(at(shop), { customerId: customer.id })
    expect(await getContainer(at(shop), { id })).toMatchObject({
      profiles: 1,
      connectors: 2,
      isDefault: true,
      own: true,
    })
    // The default is not inherited, so the connector of the merchant below uses nothing.
    expect(await getContainer(at(corner), { id })).toMatchObject({ profiles: 1, connectors: 0, isDefault: false })
  })

  test('a name is taken once per merchant', async () => {
    await makeContainer(at(shop), { name: 'Twice' })
    await expect(makeContainer(at(shop), { name: 'Twice' })).rejects.toMatchObject({ code: 'CONTAINER_NAME_TAKEN' })
    await expect(makeContainer(at(corner), { name: 'Twice' })).resolves.toMatchObject({ name: 'Twice' })
  })

  test('the default must be visible, and the role must allow it', async () => {
    const { id } = await makeContainer(at(stranger), { shared: true })
    await expect(setDefaultContainer(at(shop), { containerId: id })).rejects.toMatchObject({
      code: 'CONTAINER_NOT_FOUND',
    })
    await expect(setDefaultContainer(staffAt(shop, 'manager'), { containerId: null })).rejects.toMatchObject({
      code: 'PERMISSION_MISSING',
    })
    await setDefaultContainer(staffAt(shop, 'admin'), { containerId: null })
    await expect(makeProfile(at(shop))).rejects.toMatchObject({ code: 'VALIDATION_ERROR' })
  })
})
