import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeDb, db, openDb } from '#db/client'
import { auditEvents, instruments, profiles } from '#db/schema'
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
import { flushReads } from '../core/record.ts'
import { linkCustomer } from '../profiles/commands.ts'
import { getProfile } from '../profiles/queries.ts'
import { attachInstrument, removeInstrument, setPreferred, updateInstrument } from './commands.ts'
import { findInstrumentId, getInstrument, listInstruments, listPaymentMethods } from './queries.ts'

let harbor: number
let fjord: number
let atlas: number
let cards: number
let profileGuid: string
let customerId: number

beforeAll(async () => {
  await openDb()
  const group = await makeMerchant('Group')
  harbor = (await makeMerchant('Harbor', group.id)).id
  fjord = (await makeMerchant('Fjord', group.id)).id
  atlas = (await makeMerchant('Atlas')).id
  const { id } = await makeContainer(at(group.id), { name: 'Group wallet', shared: true })
  await setDefaultContainer(at(harbor), { containerId: id })
  await setDefaultContainer(at(fjord), { containerId: id })
  cards = (await makeConnector(at(harbor))).connector.id
  return closeDb
})

beforeEach(async () => {
  const customer = await makeCustomer(at(harbor), { name: 'Mara Lindqvist' })
  customerId = customer.id
  profileGuid = (await makeProfile(at(harbor), { customerId })).profileGuid
})

const card = (given: Partial<Parameters<typeof makeCard>[1]> = {}) =>
  makeCard(at(harbor), { profileGuid, connectorId: cards, ...given })
const preferredOf = async () => (await getProfile(at(harbor), { profileGuid })).preferredInstrumentId

describe('attachInstrument', () => {
  test('keeps what a gateway tells of a card, and the fingerprint only inside', async () => {
    const made = await card({ preferred: true, gatewayReference: 'vault-1' })
    expect(made).toMatchObject({
      type: 'card',
      brand: 'visa',
      lastFour: '1111',
      isPreferred: true,
      own: true,
      customer: { id: customerId },
    })
    expect(made.paymentToken).toMatch(/^pt::[0-9a-f]{20}$/)
    expect(made).not.toHaveProperty('fingerprint')
    const again = await card({ gatewayReference: 'vault-1' })
    const other = await card({ gatewayReference: 'vault-2' })
    const prints = await Promise.all(
      [made, again, other].map(async ({ id }) => {
        const [row] = await db()
          .read.select({ print: instruments.fingerprint })
          .from(instruments)
          .where(eq(instruments.id, id))
        return row?.print
      }),
    )
    expect(prints[0]).toBe(prints[1])
    expect(prints[0]).not.toBe(prints[2])
    expect(JSON.stringify(prints)).not.toContain('vault')
  })

  test('refuses a card number in every text, a foreign connector and one of another container', async () => {
    const number = ['4111', '1111', '1111', '1111'].join('-')
    await expect(card({ holderName: `Mara ${number}` })).rejects.toMatchObject({ code: 'CARD_NUMBER_REFUSED' })
    await expect(card({ gatewayReference: number })).rejects.toMatchObject({ code: 'CARD_NUMBER_REFUSED' })
    await expect(makeCard(at(fjord), { profileGuid, connectorId: cards })).rejects.toMatchObject({
      code: 'CONNECTOR_NOT_FOUND',
    })
    const elsewhere = await makeConnector(at(harbor), { containerId: (await makeContainer(at(harbor))).id })
    await expect(card({ connectorId: elsewhere.connector.id })).rejects.toMatchObject({ code: 'VALIDATION_ERROR' })
    await expect(makeCard(at(atlas), { profileGuid, connectorId: cards })).rejects.toMatchObject({
      code: 'PROFILE_NOT_FOUND',
    })
    const iban = {
      profileGuid,
      connectorId: cards,
      type: 'iban' as const,
      gatewayReference: 'x',
      ibanMasked: 'DE89370400440532013000',
    }
    await expect(attachInstrument(at(harbor), iban)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' })
    await expect(attachInstrument(at(harbor), { ...iban, ibanMasked: 'DE•• … 3000' })).resolves.toMatchObject({
      lastFour: '3000',
      brand: null,
    })
  })
})

describe('what a merchant sees of it', () => {
  test('a sister sees the token, not the other merchant’s reference, and may charge only through a connector of its own', async () => {
    const { id } = await card()
    expect(await getInstrument(at(harbor), { id })).toMatchObject({
      usable: { ok: true },
      connector: { id: cards },
      referenceUuid: expect.any(String),
    })
    const shown = await getInstrument(at(fjord), { id })
    expect(shown).toMatchObject({
      own: false,
      referenceUuid: null,
      connector: null,
      customer: null,
      usable: { ok: false, reason: 'no_connector' },
    })
    await makeConnector(at(fjord))
    expect((await getInstrument(at(fjord), { id })).usable).toEqual({ ok: true, reason: null })
    await expect(getInstrument(at(atlas), { id })).rejects.toMatchObject({ code: 'INSTRUMENT_NOT_FOUND' })
    expect(await findInstrumentId(at(fjord), { identity: shown.paymentToken })).toBe(id)
    expect(await findInstrumentId(at(atlas), { identity: shown.paymentToken })).toBeUndefined()
    await expect(updateInstrument(at(atlas), { id, holderName: 'X' })).rejects.toMatchObject({
      code: 'INSTRUMENT_NOT_FOUND',
    })
    await expect(removeInstrument(at(atlas), { id })).rejects.toMatchObject({ code: 'INSTRUMENT_NOT_FOUND' })
  })

  test('first six wait to be revealed, and the holder follows the mask', async () => {
    const { id } = await card()
    expect(await getInstrument(at(harbor), { id })).toMatchObject({ firstSix: '411111', holderName: 'Ada Lovelace' })
    expect(await getInstrument(staffAt(harbor, 'owner'), { id })).toMatchObject({
      firstSix: '••••',
      holderName: 'Ada Lovelace',
    })
    expect(await getInstrument(staffAt(harbor, 'analyst'), { id })).toMatchObject({
      firstSix: '••••',
      holderName: 'A••• L•••',
      lastFour: '1111',
    })
  })

  test('says when it ends', async () => {
    const now = () => new Date('2026-11-20T12:00:00Z')
    const states = await Promise.all(
      [
        [10, 2026],
        [11, 2026],
        [12, 2028],
      ].map(async ([expMonth, expYear]) => {
        const { id } = await card({ expMonth, expYear })
        const { expiry, usable } = await getInstrument(at(harbor, { now }), { id })
        return { ...expiry, ok: usable.ok }
      }),
    )
    expect(states).toEqual([
      { state: 'expired', daysLeft: 0, ok: false },
      { state: 'expiring', daysLeft: 11, ok: true },
      { state: 'valid', daysLeft: 773, ok: true },
    ])
  })

  test('every read is in the audit trail of the reader, with the customer', async () => {
    const { id } = await card()
    await getInstrument(at(harbor, { requestId: 'req_reads' }), { id })
    await listInstruments(at(harbor, { requestId: 'req_reads' }), { profileGuid })
    await listPaymentMethods(at(harbor, { requestId: 'req_reads' }), { customerId })
    await flushReads()
    const rows = await db().read.select().from(auditEvents).where(eq(auditEvents.requestId, 'req_reads'))
    expect(rows.map(({ action, customerId: of, merchantId }) => [action, of, merchantId])).toEqual(
      Array.from({ length: 3 }, () => ['instruments.read', customerId, harbor]),
    )
  })
})

describe('listPaymentMethods', () => {
  test('is a bare array in the vendor’s spelling, newest first', async () => {
    await card({ lastFour: '0001' })
    const newer = await card({ lastFour: '0002', preferred: true })
    const found = await listPaymentMethods(at(harbor), { customerId })
    expect(found.map(({ last4 }) => last4)).toEqual(['0002', '0001'])
    expect(found[0]).toEqual({
      id: newer.id,
      clientId: customerId,
      type: 'card',
      brand: 'visa',
      last4: '0002',
      expMonth: 12,
      expYear: newer.expYear,
      holderName: 'Ada Lovelace',
      isDefault: true,
      token: newer.paymentToken,
      createDate: newer.createdAt.toISOString(),
    })
    const there = await makeCustomer(at(fjord))
    expect(await listPaymentMethods(at(fjord), { customerId: there.id })).toEqual([])
    await linkCustomer(at(fjord), { profileGuid, customerId: there.id })
    expect(await listPaymentMethods(at(fjord), { customerId: there.id })).toHaveLength(2)
    await expect(listPaymentMethods(at(fjord), { customerId })).rejects.toMatchObject({ code: 'CUSTOMER_NOT_FOUND' })
    await expect(listPaymentMethods(at(atlas), { customerId: 999_999 })).rejects.toMatchObject({
      code: 'CUSTOMER_NOT_FOUND',
    })
  })
})

describe('changes', () => {
  test('holder and expiry, by version; the same again changes nothing', async () => {
    const { id } = await card()
    expect(
      await updateInstrument(at(harbor), { id, holderName: 'Mara L.', expYear: 2032, expectedVersion: 1 }),
    ).toMatchObject({ holderName: 'Mara L.', expYear: 2032, version: 2 })
    expect((await updateInstrument(at(harbor), { id, expYear: 2032 })).version).toBe(2)
    expect((await updateInstrument(at(harbor), { id, holderName: 'M••• L•••' })).holderName).toBe('Mara L.')
    await expect(updateInstrument(at(harbor), { id, expYear: 2033, expectedVersion: 1 })).rejects.toMatchObject({
      code: 'STALE_WRITE',
    })
    await expect(updateInstrument(at(harbor), { id, expMonth: 13 })).rejects.toMatchObject({ code: 'VALIDATION_ERROR' })
    await expect(updateInstrument(staffAt(harbor, 'analyst'), { id, expYear: 2033 })).rejects.toMatchObject({
      code: 'PERMISSION_MISSING',
    })
  })

  test('at most one is preferred, whoever asks at the same moment', async () => {
    const made = await Promise.all([card({ preferred: true }), card({ preferred: true }), card(), card()])
    await Promise.all(made.map(({ id }) => setPreferred(at(harbor), { profileGuid, instrumentId: id })))
    const flags = (await listInstruments(at(harbor), { profileGuid })).filter(({ isPreferred }) => isPreferred)
    expect(flags).toHaveLength(1)
    const { version } = await setPreferred(at(harbor), { profileGuid, instrumentId: null })
    const raced = await Promise.allSettled(
      made.map(({ id }) => setPreferred(at(harbor), { profileGuid, instrumentId: id, expectedVersion: version })),
    )
    expect(raced.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of raced) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'STALE_WRITE' })
  })

  test('an instrument of another profile cannot be preferred here', async () => {
    const other = await makeProfile(at(harbor))
    const stray = await makeCard(at(harbor), { profileGuid: other.profileGuid, connectorId: cards })
    await expect(setPreferred(at(harbor), { profileGuid, instrumentId: stray.id })).rejects.toMatchObject({
      code: 'INSTRUMENT_NOT_FOUND',
    })
    expect(await preferredOf()).toBeNull()
  })

  test('removing the preferred one lets another follow, or none', async () => {
    const [one, two, three] = [await card({ preferred: true }), await card(), await card()]
    await expect(removeInstrument(at(harbor), { id: one.id, next: one.id })).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
    })
    await removeInstrument(at(harbor), { id: one.id, next: two.id })
    expect(await preferredOf()).toBe(two.id)
    await removeInstrument(at(harbor), { id: three.id })
    expect(await preferredOf()).toBe(two.id)
    await removeInstrument(at(harbor), { id: two.id })
    expect(await preferredOf()).toBeNull()
    await expect(getInstrument(at(harbor), { id: two.id })).rejects.toMatchObject({ code: 'INSTRUMENT_NOT_FOUND' })
  })

  test('choosing and removing at the same moment never leaves a choice of nothing', async () => {
    for (let round = 0; round < 5; round++) {
      const { id } = await card()
      await Promise.allSettled([
        setPreferred(at(harbor), { profileGuid, instrumentId: id }),
        removeInstrument(at(harbor), { id }),
      ])
      const [row] = await db()
        .read.select({ chosen: profiles.preferredInstrumentId })
        .from(profiles)
        .where(eq(profiles.profileGuid, profileGuid))
      expect(row?.chosen ?? null).toBeNull()
    }
  })
})
