// Who may change, disable and delete a container. What sharing shows to whom is in sharing-model.test.ts.
import { beforeAll, describe, expect, test } from 'vitest'
import { closeDb, openDb } from '#db/client'
import { at, makeConnector, makeContainer, makeMerchant, staffAt } from '#db/testing/make'
import { deleteContainer, excludeMerchant, setDefaultContainer, updateContainer } from './commands.ts'
import { getContainer } from './queries.ts'

let group: number
let shop: number
let corner: number
let sister: number
let stranger: number

beforeAll(async () => {
  await openDb()
  group = (await makeMerchant('Group')).id
  shop = (await makeMerchant('Shop', group)).id
  corner = (await makeMerchant('Corner', shop)).id
  sister = (await makeMerchant('Sister', group)).id
  stranger = (await makeMerchant('Stranger')).id
  return closeDb
})

describe('a container', () => {
  test('is changed by its owner only, with a version', async () => {
    const { id, version } = await makeContainer(at(group), { name: 'Owned', shared: true })
    const refused = updateContainer(at(shop), { id, name: 'Mine' })
    await expect(refused).rejects.toMatchObject({ code: 'PERMISSION_MISSING' })
    await expect(updateContainer(at(stranger), { id, name: 'Mine' })).rejects.toMatchObject({
      code: 'CONTAINER_NOT_FOUND',
    })
    await expect(updateContainer(staffAt(group, 'manager'), { id, name: 'x' })).rejects.toMatchObject({
      code: 'PERMISSION_MISSING',
    })
    expect(await updateContainer(at(group), { id, name: 'Renamed', expectedVersion: version })).toMatchObject({
      name: 'Renamed',
    })
    await expect(updateContainer(at(group), { id, name: 'Again', expectedVersion: version })).rejects.toMatchObject({
      code: 'STALE_WRITE',
    })
    expect((await updateContainer(at(group), { id, name: 'Renamed' })).version).toBe(version + 1)
    await makeContainer(at(group), { name: 'Taken' })
    await expect(updateContainer(at(group), { id, name: 'Taken' })).rejects.toMatchObject({
      code: 'CONTAINER_NAME_TAKEN',
    })
  })

  test('is disabled for merchants below the owner only', async () => {
    const { id } = await makeContainer(at(shop), { shared: true })
    for (const merchantId of [shop, group, sister, stranger]) {
      const refused = excludeMerchant(at(shop), { id, merchantId, disabled: true })
      await expect(refused).rejects.toMatchObject({ code: 'MERCHANT_NOT_FOUND' })
    }
    await excludeMerchant(at(shop), { id, merchantId: corner, disabled: true })
    expect(await getContainer(at(corner), { id })).toMatchObject({ usable: false })
  })

  test('is deleted when it is empty and nothing uses it', async () => {
    const { id } = await makeContainer(at(shop))
    const use = async () =>
      deleteContainer(at(shop), { id }).then(
        () => 'deleted',
        (err) => err.code,
      )
    await setDefaultContainer(at(shop), { containerId: id })
    expect(await use()).toBe('CONTAINER_IN_USE')
    await setDefaultContainer(at(shop), { containerId: null })
    const full = await makeContainer(at(shop))
    await makeConnector(at(shop), { containerId: full.id })
    await expect(deleteContainer(at(shop), { id: full.id })).rejects.toMatchObject({ code: 'CONTAINER_IN_USE' })
    expect(await use()).toBe('deleted')
    expect(await use()).toBe('CONTAINER_NOT_FOUND')
  })
})
