import { and, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { closeDb, db, openDb } from '#db/client'
import { auditEvents, customers, events, instruments, profileCustomers, profiles } from '#db/schema'
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
import { archiveCustomer } from '../customers/commands.ts'
import { createProfile, deleteProfile, linkCustomer, unlinkCustomer } from './commands.ts'
import { deletionImpact, getProfile, listProfiles } from './queries.ts'

let harbor: number
let fjord: number
let atlas: number
let wallet: number
let cards: number

beforeAll(async () => {
  await openDb()
  const group = await makeMerchant('Group')
  harbor = (await makeMerchant('Harbor', group.id)).id
  fjord = (await makeMerchant('Fjord', group.id)).id
  atlas = (await makeMerchant('Atlas')).id
  wallet = (await makeContainer(at(group.id), { name: 'Group wallet', shared: true })).id
  const atlasWallet = await makeContainer(at(atlas), { name: 'Atlas wallet' })
  await setDefaultContainer(at(harbor), { containerId: wallet })
  await setDefaultContainer(at(fjord), { containerId: wallet })
  await setDefaultContainer(at(atlas), { containerId: atlasWallet.id })
  cards = (await makeConnector(at(harbor))).connector.id
  return closeDb
})

const guidOf = async (id: number) => {
  const [row] = await db()
    .read.select({ guid: customers.profileGuid, version: customers.version })
    .from(customers)
    .where(eq(customers.id, id))
  return row
}

describe('createProfile', () => {
  test('stands in the default container, linked, and the customer shows its guid', async () => {
    const customer = await makeCustomer(at(harbor), { name: 'Mara Lindqvist' })
    const made = await makeProfile(at(harbor), { customerId: customer.id, customerData: { firstName: 'Mara' } })
    expect(made.profileGuid).toMatch(/^CP(-[0-9A-F]{4}){6}$/)
    expect(made.customerIdentification).toBe(customer.customerId)
    expect(await guidOf(customer.id)).toEqual({ guid: made.profileGuid, version: 2 })
    expect(await getProfile(at(harbor), { profileGuid: made.profileGuid.toLowerCase() })).toMatchObject({
      container: { id: wallet, name: 'Group wallet', shared: true },
      owner: { name: 'Group' },
      customer: { id: customer.id, name: 'Mara Lindqvist' },
      customerData: { firstName: 'Mara' },
      otherMerchants: 0,
      preferredMethod: null,
    })
  })

  test('an identification is taken once per container, however many ask at the same moment', async () => {
    const asked = await Promise.allSettled(
      [harbor, fjord, harbor, fjord].map((id) => createProfile(at(id), { customerIdentification: 'shop-204' })),
    )
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of asked)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'CUSTOMER_IDENTIFICATION_TAKEN' })
    await expect(createProfile(at(atlas), { customerIdentification: 'shop-204' })).resolves.toBeDefined()
  })

  test('refuses a card number in any text, and a container that is not visible', async () => {
    const number = ['4111', '1111', '1111', '1111'].join(' ')
    await expect(createProfile(at(harbor), { customerData: { lastName: number } })).rejects.toMatchObject({
      code: 'CARD_NUMBER_REFUSED',
    })
    await expect(createProfile(at(atlas), { containerId: wallet })).rejects.toMatchObject({
      code: 'CONTAINER_NOT_FOUND',
    })
    const { id } = await makeCustomer(at(harbor))
    await expect(createProfile(at(fjord), { customerId: id })).rejects.toMatchObject({ code: 'CUSTOMER_NOT_FOUND' })
  })
})

describe('links', () => {
  test('sister merchants share the profile, each with its own customer; a stranger finds nothing', async () => {
    const here = await makeCustomer(at(harbor), { name: 'Nora Berg' })
    const there = await makeCustomer(at(fjord), { name: 'Nora H. Berg' })
    const { profileGuid } = await makeProfile(at(harbor), { customerId: here.id })
    await linkCustomer(at(fjord), { profileGuid, customerId: there.id })
    await linkCustomer(at(fjord), { profileGuid, customerId: there.id })
    expect(await getProfile(at(harbor), { profileGuid })).toMatchObject({
      customer: { name: 'Nora Berg' },
      otherMerchants: 1,
    })
    expect(await getProfile(at(fjord), { profileGuid })).toMatchObject({
      customer: { name: 'Nora H. Berg' },
      otherMerchants: 1,
    })
    expect(JSON.stringify(await getProfile(at(fjord), { profileGuid }))).not.toContain('Nora Berg')
    await expect(getProfile(at(atlas), { profileGuid })).rejects.toMatchObject({ code: 'PROFILE_NOT_FOUND' })
    await expect(linkCustomer(at(atlas), { profileGuid, customerId: 1 })).rejects.toMatchObject({
      code: 'PROFILE_NOT_FOUND',
    })
  })

  test('one customer of each merchant, and one profile of a container per customer', async () => {
    const [one, two] = [await makeCustomer(at(harbor)), await makeCustomer(at(harbor))]
    const { profileGuid } = await makeProfile(at(harbor), { customerId: one.id })
    await expect(linkCustomer(at(harbor), { profileGuid, customerId: two.id })).rejects.toMatchObject({
      code: 'PROFILE_LINKED',
    })
    const second = await makeProfile(at(harbor))
    const again = linkCustomer(at(harbor), { profileGuid: second.profileGuid, customerId: one.id })
    await expect(again).rejects.toMatchObject({ code: 'CUSTOMER_HAS_PROFILE' })
    await archiveCustomer(at(harbor), { id: two.id })
    const archived = linkCustomer(at(harbor), { profileGuid: second.profileGuid, customerId: two.id })
    await expect(archived).rejects.toMatchObject({ code: 'CUSTOMER_ARCHIVED' })
  })

  test('of several links at once exactly one holds', async () => {
    const customer = await makeCustomer(at(harbor))
    const made = await Promise.all([makeProfile(at(harbor)), makeProfile(at(harbor)), makeProfile(at(harbor))])
    const asked = await Promise.allSettled(
      made.map(({ profileGuid }) => linkCustomer(at(harbor), { profileGuid, customerId: customer.id })),
    )
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const links = await db().read.select().from(profileCustomers).where(eq(profileCustomers.customerId, customer.id))
    expect(links).toHaveLength(1)
  })

  test('unlinking takes the guid off the customer and leaves the profile', async () => {
    const customer = await makeCustomer(at(harbor))
    const { profileGuid } = await makeProfile(at(harbor), { customerId: customer.id })
    await expect(unlinkCustomer(at(fjord), { profileGuid, customerId: customer.id })).rejects.toMatchObject({
      code: 'CUSTOMER_NOT_FOUND',
    })
    await unlinkCustomer(at(harbor), { profileGuid, customerId: customer.id })
    expect((await guidOf(customer.id))?.guid).toBeNull()
    expect(await getProfile(at(harbor), { profileGuid })).toMatchObject({ customer: null, otherMerchants: 0 })
  })
})

describe('deleteProfile', () => {
  test('takes instruments and links of every merchant, and each audit trail says so', async () => {
    const here = await makeCustomer(at(harbor))
    const there = await makeCustomer(at(fjord))
    const { profileGuid, id } = await makeProfile(at(harbor), { customerId: here.id })
    await linkCustomer(at(fjord), { profileGuid, customerId: there.id })
    await makeCard(at(harbor), { profileGuid, connectorId: cards, preferred: true })
    await makeCard(at(harbor), { profileGuid, connectorId: cards })
    expect(await deletionImpact(at(fjord), { profileGuid })).toEqual({ instruments: 2, merchants: 2 })
    await expect(deleteProfile(at(harbor), { profileGuid, confirm: 'yes' })).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
    })
    const stale = staffAt(harbor, 'admin', { provenAt: new Date(Date.now() - 6 * 60_000) })
    await expect(deleteProfile(stale, { profileGuid, confirm: profileGuid })).rejects.toMatchObject({
      code: 'STEP_UP_REQUIRED',
    })
    await expect(
      deleteProfile(staffAt(harbor, 'manager'), { profileGuid, confirm: profileGuid }),
    ).rejects.toMatchObject({
      code: 'PERMISSION_MISSING',
    })
    expect(await deleteProfile(staffAt(harbor, 'admin'), { profileGuid, confirm: profileGuid })).toEqual({
      profileGuid,
      instruments: 2,
      merchants: 2,
    })
    await expect(getProfile(at(fjord), { profileGuid })).rejects.toMatchObject({ code: 'PROFILE_NOT_FOUND' })
    for (const customer of [here, there]) expect((await guidOf(customer.id))?.guid).toBeNull()
    expect(await db().read.select().from(instruments).where(eq(instruments.profileId, id))).toEqual([])
    const trail = (merchantId: number, action: string) =>
      db()
        .read.select()
        .from(auditEvents)
        .where(
          and(
            eq(auditEvents.merchantId, merchantId),
            eq(auditEvents.action, action),
            eq(auditEvents.objectId, String(id)),
          ),
        )
    const [told] = await trail(harbor, 'profile.deleted')
    expect(told?.changes).toMatchObject({
      instruments: { before: 2, after: 0 },
      linkedMerchants: { before: 2, after: 0 },
    })
    expect(await trail(fjord, 'profile.unlinked')).toMatchObject([{ customerId: there.id }])
    const outbox = await db()
      .read.select()
      .from(events)
      .where(and(eq(events.type, 'profile.unlinked'), eq(events.objectId, id)))
    expect(outbox.map(({ merchantId }) => merchantId).sort()).toEqual([harbor, fjord].sort())
  })
})

describe('listProfiles', () => {
  test('pages both ways over what the merchant sees, and never over more', async () => {
    const seen: string[] = []
    let page = await listProfiles(at(fjord), { limit: 2, total: true })
    const first = page.data.map(({ profileGuid }) => profileGuid)
    expect(page.total?.value).toBeGreaterThan(4)
    for (;;) {
      seen.push(...page.data.map(({ profileGuid }) => profileGuid))
      if (!page.nextCursor) break
      const next = await listProfiles(at(fjord), { limit: 2, cursor: page.nextCursor })
      if (seen.length === 2) {
        const back = await listProfiles(at(fjord), { limit: 2, cursor: next.prevCursor ?? '' })
        expect(back.data.map(({ profileGuid }) => profileGuid)).toEqual(first)
      }
      page = next
    }
    const all = await db()
      .read.select({ guid: profiles.profileGuid })
      .from(profiles)
      .where(eq(profiles.containerId, wallet))
    expect(new Set(seen)).toEqual(new Set(all.map(({ guid }) => guid)))
    expect(seen).toHaveLength(all.length)
    const strangers = await listProfiles(at(atlas), {})
    expect(strangers.data.filter(({ profileGuid }) => seen.includes(profileGuid))).toEqual([])
    expect((await listProfiles(at(atlas), { containerId: [wallet] })).data).toEqual([])
  })

  test('finds by guid, identification and the own customer; masked callers by whole values', async () => {
    const customer = await makeCustomer(at(harbor), { name: 'Zoë Ångström', email: 'zoe@example.com' })
    const { profileGuid } = await makeProfile(at(harbor), {
      customerId: customer.id,
      customerIdentification: 'shop-zoe-77',
    })
    await makeCard(at(harbor), { profileGuid, connectorId: cards, preferred: true })
    const found = async (ctx: ReturnType<typeof at>, q: string) =>
      (await listProfiles(ctx, { q })).data.map((row) => row.profileGuid)
    for (const q of [profileGuid.slice(5, 20).toLowerCase(), 'shop-zoe', 'angstrom', 'zoe@exam'])
      expect(await found(at(harbor), q)).toEqual([profileGuid])
    expect(await found(at(fjord), 'angstrom')).toEqual([])
    const analyst = staffAt(harbor, 'analyst')
    expect(await found(analyst, 'angstrom')).toEqual([])
    expect(await found(analyst, 'zoë ångström')).toEqual([profileGuid])
    const [row] = (await listProfiles(analyst, { q: 'shop-zoe-77' })).data
    expect(row).toMatchObject({
      customer: { name: 'Z••• Å•••' },
      instruments: 1,
      preferredMethod: 'card',
      container: { name: 'Group wallet' },
    })
    const { data } = await listProfiles(at(harbor), { q: '%' })
    expect(data).toEqual([])
  })

  test('personal data of a profile follows the mask', async () => {
    const customerData = {
      firstName: 'Mara',
      email: 'mara@example.com',
      birthDate: '1990-04-02',
      billingCity: 'Oslo',
      billingPhone: '+47 22 44 22 22',
    }
    const { profileGuid } = await makeProfile(at(harbor), { customerData })
    const seenBy = async (role: 'manager' | 'analyst') =>
      (await getProfile(staffAt(harbor, role), { profileGuid })).customerData
    expect((await getProfile(at(harbor), { profileGuid })).customerData).toEqual(customerData)
    expect(await seenBy('manager')).toEqual({ ...customerData, birthDate: expect.stringMatching(/^\d\d–\d\d$/) })
    expect(await seenBy('analyst')).toMatchObject({
      firstName: 'M•••',
      email: 'm•••@e•••.com',
      billingCity: 'Oslo',
      billingPhone: '+47 •••• ••22',
    })
  })
})
