// Sharing, disabling and taking back in any order show each merchant exactly what a model says, in the next request.
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { closeDb, openDb } from '#db/client'
import { at, makeConnector, makeContainer, makeMerchant, makeProfile, staffAt } from '#db/testing/make'
import { getProfile } from '../profiles/queries.ts'
import { deleteContainer, excludeMerchant, setDefaultContainer, updateContainer } from './commands.ts'
import { getContainer, listContainers } from './queries.ts'

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

type State = { shared: boolean; disabled: boolean; excluded: Set<number> }
const above = (merchantId: number): number[] =>
  merchantId === corner ? [corner, shop] : merchantId === shop || merchantId === sister ? [merchantId] : []

/** What a merchant sees by the rules in words: nothing, the container alone, or what is in it as well. */
function expected(merchantId: number, { shared, disabled, excluded }: State): 'nothing' | 'listed' | 'usable' {
  if (merchantId === stranger || (merchantId !== group && !shared)) return 'nothing'
  return disabled || above(merchantId).some((id) => excluded.has(id)) ? 'listed' : 'usable'
}

const step = fc.oneof(
  fc.record({ kind: fc.constant('share' as const), on: fc.boolean() }),
  fc.record({ kind: fc.constant('disable' as const), on: fc.boolean() }),
  fc.record({ kind: fc.constant('exclude' as const), on: fc.boolean(), whom: fc.constantFrom(0, 1, 2) }),
)

test('random sequences', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      const owner = at(group)
      const { id } = await makeContainer(owner)
      const { profileGuid } = await makeProfile(owner, { containerId: id })
      const state: State = { shared: false, disabled: false, excluded: new Set() }
      for (const one of steps) {
        if (one.kind === 'share') {
          state.shared = one.on
          await updateContainer(owner, { id, shared: one.on })
        } else if (one.kind === 'disable') {
          state.disabled = one.on
          await updateContainer(owner, { id, disabled: one.on })
        } else {
          const merchantId = [shop, corner, sister][one.whom] ?? shop
          if (one.on) state.excluded.add(merchantId)
          else state.excluded.delete(merchantId)
          await excludeMerchant(owner, { id, merchantId, disabled: one.on })
        }
        for (const merchantId of [group, shop, corner, sister, stranger]) {
          const found = (await listContainers(at(merchantId), {})).find((container) => container.id === id)
          const reads = await getProfile(at(merchantId), { profileGuid }).then(
            () => true,
            () => false,
          )
          const seen = found ? (found.usable ? 'usable' : 'listed') : 'nothing'
          expect([seen, reads]).toEqual([expected(merchantId, state), expected(merchantId, state) === 'usable'])
        }
      }
    }),
    { numRuns: 40 },
  )
}, 60_000)

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
