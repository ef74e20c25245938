// Sharing, disabling, taking back, moving and deleting in any order show each merchant exactly what a model says, in the
// next request. Many sequences go side by side, a step of each at a time, so that they share commits and lists.

import { eq, inArray } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, expect, inject, test } from 'vitest'
import { closeDb, db, openDb } from '#db/client'
import { containerExclusions, containers, profiles } from '#db/schema'
import { at, makeContainer, makeMerchant, makeProfile } from '#db/testing/make'
import { deleteProfile } from '../profiles/commands.ts'
import { getProfile, listProfiles } from '../profiles/queries.ts'
import { deleteContainer, excludeMerchant, updateContainer } from './commands.ts'
import { visibleContainerRows } from './visible.ts'

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

type Box = { id: number; there: boolean; shared: boolean; disabled: boolean; excluded: Set<number> }
/** Two containers of the group, and one profile that is in one of them or in none, with the guids that it once had. */
type Lane = { boxes: [Box, Box]; name: string; at: 0 | 1 | null; guid: string; gone: string[] }

const merchantsOfTree = () => [group, shop, corner, sister, stranger]
const above = (merchantId: number): number[] =>
  merchantId === corner ? [corner, shop] : merchantId === shop || merchantId === sister ? [merchantId] : []

/** What a merchant sees by the rules in words: nothing, the container alone, or what is in it as well. */
function expected(merchantId: number, { there, shared, disabled, excluded }: Box): 'nothing' | 'listed' | 'usable' {
  if (!there || merchantId === stranger || (merchantId !== group && !shared)) return 'nothing'
  return disabled || above(merchantId).some((id) => excluded.has(id)) ? 'listed' : 'usable'
}

const which = fc.constantFrom(0 as const, 1 as const)
const step = fc.oneof(
  fc.record({ kind: fc.constant('share' as const), box: which, on: fc.boolean() }),
  fc.record({ kind: fc.constant('disable' as const), box: which, on: fc.boolean() }),
  fc.record({ kind: fc.constant('exclude' as const), box: which, on: fc.boolean(), whom: fc.constantFrom(0, 1, 2) }),
  fc.record({ kind: fc.constant('move' as const), box: which }),
  fc.record({ kind: fc.constant('forget' as const) }),
  fc.record({ kind: fc.constant('delete' as const), box: which }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const codeOf = (run: Promise<unknown>): Promise<string | undefined> =>
  run.then(
    () => undefined,
    (err) => err.code,
  )

/** The profile goes for good; only where its container is in use. */
async function forget(lane: Lane): Promise<boolean> {
  const box = lane.at === null ? undefined : lane.boxes[lane.at]
  const code = await codeOf(deleteProfile(at(group), { profileGuid: lane.guid, confirm: lane.guid }))
  const may = box !== undefined && expected(group, box) === 'usable'
  expect(code).toBe(may ? undefined : 'PROFILE_NOT_FOUND')
  if (!may) return false
  lane.gone.push(lane.guid)
  lane.at = null
  return true
}

/** There is no moving between containers: the profile is deleted here and made there, under the same identification. */
async function move(lane: Lane, to: 0 | 1): Promise<void> {
  if (lane.at !== null && !(await forget(lane))) return
  const box = lane.boxes[to]
  const making = makeProfile(at(group), { containerId: box.id, customerIdentification: lane.name })
  if (expected(group, box) !== 'usable') return void expect(await codeOf(making)).toMatch(/^CONTAINER_/)
  lane.guid = (await making).profileGuid
  lane.at = to
}

async function take(lane: Lane, one: Step): Promise<void> {
  if (one.kind === 'forget') return void (await forget(lane))
  if (one.kind === 'move') return move(lane, one.box)
  const box = lane.boxes[one.box]
  const { id } = box
  const owner = at(group)
  const found = box.there ? undefined : 'CONTAINER_NOT_FOUND'
  if (one.kind === 'share') {
    expect(await codeOf(updateContainer(owner, { id, shared: one.on }))).toBe(found)
    box.shared = one.on
  } else if (one.kind === 'disable') {
    expect(await codeOf(updateContainer(owner, { id, disabled: one.on }))).toBe(found)
    box.disabled = one.on
  } else if (one.kind === 'exclude') {
    const merchantId = [shop, corner, sister][one.whom] ?? shop
    expect(await codeOf(excludeMerchant(owner, { id, merchantId, disabled: one.on }))).toBe(found)
    if (one.on) box.excluded.add(merchantId)
    else box.excluded.delete(merchantId)
  } else {
    const code = await codeOf(deleteContainer(owner, { id }))
    expect(code).toBe(found ?? (lane.at === one.box ? 'CONTAINER_IN_USE' : undefined))
    if (code === undefined) box.there = false
  }
}

/** Lists tell of all lanes at once; by its guid, each lane's profile is read by one merchant after the other. */
async function look(lanes: readonly Lane[], round: number): Promise<void> {
  const everyone = merchantsOfTree()
  for (const merchantId of everyone) {
    const ctx = at(merchantId)
    const rows = new Map((await visibleContainerRows({ ...ctx, reader: db().read })).map((row) => [row.id, row]))
    const seen = lanes.map(({ boxes }) =>
      boxes.map(({ id }) => (rows.has(id) ? (rows.get(id)?.usable ? 'usable' : 'listed') : 'nothing')),
    )
    expect(seen).toEqual(lanes.map(({ boxes }) => boxes.map((box) => expected(merchantId, box))))
    const open = ({ at: place, boxes }: Lane) => place !== null && expected(merchantId, boxes[place]) === 'usable'
    const { data } = await listProfiles(ctx, { limit: 100 })
    const guids = lanes.filter(open).map(({ guid }) => guid)
    expect(data.map(({ profileGuid }) => profileGuid).sort()).toEqual(guids.sort())
  }
  await Promise.all(
    lanes.map(async (lane, index) => {
      const merchantId = everyone[(index + round) % everyone.length] ?? stranger
      const may = lane.at !== null && expected(merchantId, lane.boxes[lane.at]) === 'usable'
      const code = await codeOf(getProfile(at(merchantId), { profileGuid: lane.guid }))
      expect(code).toBe(may ? undefined : 'PROFILE_NOT_FOUND')
      for (const profileGuid of lane.gone.slice(-1)) {
        expect(await codeOf(getProfile(at(group), { profileGuid }))).toBe('PROFILE_NOT_FOUND')
      }
    }),
  )
}

async function openLane(): Promise<Lane> {
  const [one, two] = await Promise.all([makeContainer(at(group)), makeContainer(at(group))])
  const { profileGuid, customerIdentification } = await makeProfile(at(group), { containerId: one.id })
  const box = (id: number): Box => ({ id, there: true, shared: false, disabled: false, excluded: new Set() })
  return { boxes: [box(one.id), box(two.id)], name: customerIdentification, at: 0, guid: profileGuid, gone: [] }
}

/** Whatever a batch left, so that the lists of the next are short. */
const clear = () =>
  db().write(async (writer) => {
    const own = (
      await writer.select({ id: containers.id }).from(containers).where(eq(containers.merchantId, group))
    ).map(({ id }) => id)
    await writer.delete(profiles).where(inArray(profiles.containerId, own))
    await writer.delete(containerExclusions).where(inArray(containerExclusions.containerId, own))
    await writer.delete(containers).where(inArray(containers.id, own))
  })

const { sequences } = inject('size')
/** As many as one page of a list shows. */
const SIDE_BY_SIDE = Math.min(100, sequences)

test(`${sequences} random sequences`, { timeout: 1_800_000 }, async () => {
  const batch = fc.array(fc.array(step, { minLength: 1, maxLength: 8 }), {
    minLength: SIDE_BY_SIDE,
    maxLength: SIDE_BY_SIDE,
    size: 'max',
  })
  await fc.assert(
    fc.asyncProperty(batch, async (plans) => {
      await clear()
      const lanes = await Promise.all(plans.map(openLane))
      for (let round = 0; round < 8; round++) {
        const steps = plans.map((plan) => plan[round])
        if (steps.every((one) => one === undefined)) return
        await Promise.all(steps.map((one, index) => one && lanes[index] && take(lanes[index], one)))
        await look(lanes, round)
      }
    }),
    // A failure names its seed, and the lane by its index: the hundred sequences of a batch would be pages of output.
    {
      numRuns: Math.ceil(sequences / SIDE_BY_SIDE),
      endOnFailure: true,
      reporter: ({ failed, seed, counterexamplePath, errorInstance }) => {
        if (failed) throw new Error(`Seed ${seed}, path ${counterexamplePath}`, { cause: errorInstance })
      },
    },
  )
})
