import { beforeAll, expect, test } from 'vitest'
import { closeDb, openDb } from '#db/client'
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
import { setDefaultContainer } from '../containers/commands.ts'
import { linkCustomer } from './commands.ts'
import { listProfileRows } from './list.ts'
import { getSharing } from './sharing.ts'

let group: number
let harbor: number
let fjord: number
let atlas: number
let profileGuid: string

beforeAll(async () => {
  await openDb()
  group = (await makeMerchant('Group')).id
  harbor = (await makeMerchant('Harbor', group)).id
  fjord = (await makeMerchant('Fjord', group)).id
  atlas = (await makeMerchant('Atlas')).id
  const wallet = (await makeContainer(at(group), { name: 'Group wallet', shared: true })).id
  for (const id of [group, harbor, fjord]) await setDefaultContainer(at(id), { containerId: wallet })
  const mara = await makeCustomer(at(harbor), { name: 'Mara Lindqvist' })
  const sister = await makeCustomer(at(fjord), { name: 'Mara Elsewhere' })
  profileGuid = (await makeProfile(at(harbor), { customerId: mara.id })).profileGuid
  await linkCustomer(at(fjord), { profileGuid, customerId: sister.id })
  const connectorId = (await makeConnector(at(harbor))).connector.id
  await makeCard(at(harbor), { profileGuid, connectorId, lastFour: '4242', preferred: true })
  await makeProfile(at(harbor), { customerIdentification: 'bare' })
  return closeDb
})

test('a row names the container’s owner, the preferred instrument and how many other merchants are linked', async () => {
  const { data, total } = await listProfileRows(staffAt(harbor, 'analyst'), { total: true })
  expect(total).toEqual({ value: 2, relation: 'eq' })
  expect(data.map(({ instrument }) => instrument)).toEqual([
    null,
    expect.objectContaining({ brand: 'visa', lastFour: '4242' }),
  ])
  expect(data[1]).toMatchObject({
    profileGuid,
    container: { name: 'Group wallet', shared: true, own: false, ownerName: 'Group' },
    customer: { name: 'M••• L•••' },
    instruments: 1,
    otherMerchants: 1,
  })
  expect(JSON.stringify(data)).not.toContain('Elsewhere')
})

test('without instruments:read a row says nothing of the preferred one; without profiles:read there is no list', async () => {
  const { data } = await listProfileRows(at(harbor, { permissions: new Set(['profiles:read']) }), {})
  expect(data.map(({ instrument }) => instrument)).toEqual([null, null])
  const stranger = at(harbor, { permissions: new Set(['customers:read']) })
  await expect(listProfileRows(stranger, {})).rejects.toMatchObject({ code: 'PERMISSION_MISSING' })
})

test('a merchant sees its own link, a parent the names below it, a sister only that there is another', async () => {
  const seen = await getSharing(at(fjord), { profileGuid })
  expect(seen.writtenBy).toBeNull()
  expect(seen.links).toEqual([
    {
      merchant: { id: fjord, name: 'Fjord', own: true },
      customer: expect.objectContaining({ name: 'Mara Elsewhere' }),
    },
    { merchant: null, customer: null },
  ])
  const above = await getSharing(at(group), { profileGuid })
  expect(above.writtenBy).toEqual({ id: harbor, name: 'Harbor' })
  expect(above.links).toEqual([
    { merchant: { id: harbor, name: 'Harbor', own: false }, customer: null },
    { merchant: { id: fjord, name: 'Fjord', own: false }, customer: null },
  ])
})

test('a stranger’s profile is not there', async () => {
  await expect(getSharing(at(atlas), { profileGuid })).rejects.toMatchObject({ code: 'PROFILE_NOT_FOUND' })
  expect((await listProfileRows(at(atlas), { q: profileGuid })).data).toEqual([])
})
