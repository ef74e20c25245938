import { createHmac, randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { connectors, instruments, profiles } from '#db/schema'
import { defaultContainerId } from '../containers/visible.ts'
import { fail, invalid } from '../core/errors.ts'
import { newPaymentToken, newTransactionUuid } from '../core/ids.ts'
import { isMasked } from '../core/mask.ts'
import { changesBetween, record, unchanged } from '../core/record.ts'
import { fingerprintKey } from '../core/secrets.ts'
import { command, type Tx } from '../core/verb.ts'
import type { InstrumentData } from '../gateway/gateway.ts'
import { showWallets } from '../profiles/links.ts'
import { type Found, findProfile, lockProfile, type ProfileRow } from '../profiles/rows.ts'
import { type Instrument, type InstrumentRow, loadInstruments } from './load.ts'
import { InstrumentPatch, InstrumentRemoval, NewInstrument, PreferredChoice } from './schema.ts'

/** The state of a profile's choice after a change. */
export type Preferred = { profileGuid: string; preferredInstrumentId: number | null; version: number }

/** Tells two instruments of one container to be the same card, and nothing to whoever lacks the key. */
const fingerprintOf = (containerId: number, gatewayReference: string): string =>
  createHmac('sha256', fingerprintKey()).update(`${containerId}\0${gatewayReference}`).digest('base64url')

/** What the audit trail keeps of an instrument: the first six digits are shown to nobody without a reason. */
const audited = ({ firstSix, ...row }: InstrumentRow) => row

async function seen(tx: Tx, id: number): Promise<Instrument> {
  const [found] = await loadInstruments({ ...tx, reader: tx.writer }, eq(instruments.id, id))
  if (!found) fail('INSTRUMENT_NOT_FOUND', { instrumentId: String(id) })
  return found
}

/** The row and its locked profile; INSTRUMENT_NOT_FOUND outside the containers that the merchant sees. */
async function lockInstrument(tx: Tx, id: number, expectedVersion?: number): Promise<Found & { row: InstrumentRow }> {
  const { profileGuid } = await seen(tx, id)
  const found = await lockProfile(tx, profileGuid)
  // Another transaction may have removed it while this one waited for the lock.
  const [row] = await tx.writer.select().from(instruments).where(eq(instruments.id, id))
  if (!row) fail('INSTRUMENT_NOT_FOUND', { instrumentId: String(id) })
  if (expectedVersion !== undefined && expectedVersion !== row.version) {
    fail('STALE_WRITE', { instrumentId: String(id), currentVersion: row.version, changedFields: [] })
  }
  return { ...found, row }
}

/** The merchant's own connector that works on this container. */
async function connectorFor(tx: Tx, connectorId: number, containerId: number): Promise<void> {
  const own = and(eq(connectors.id, connectorId), eq(connectors.merchantId, tx.merchantId))
  const [connector] = await tx.writer.select({ containerId: connectors.containerId }).from(connectors).where(own)
  if (!connector) fail('CONNECTOR_NOT_FOUND', { connectorId: String(connectorId) })
  if ((connector.containerId ?? (await defaultContainerId(tx))) !== containerId) {
    invalid('connectorId', 'CONTAINER_MISMATCH', "must be a connector of the profile's container")
  }
}

/** Writes the choice of a locked profile and records it; the same choice again changes nothing. */
async function choose(tx: Tx, { profile, customerId }: Found, instrumentId: number | null): Promise<Preferred> {
  const { profileGuid, version, preferredInstrumentId } = profile
  const result = { profileGuid, preferredInstrumentId: instrumentId, version }
  if (preferredInstrumentId === instrumentId) {
    unchanged(tx)
    return result
  }
  if (instrumentId !== null) {
    const inside = and(eq(instruments.id, instrumentId), eq(instruments.profileId, profile.id))
    const [found] = await tx.writer.select({ id: instruments.id }).from(instruments).where(inside)
    if (!found) fail('INSTRUMENT_NOT_FOUND', { instrumentId: String(instrumentId) })
  }
  await tx.writer.update(profiles).set({ preferredInstrumentId: instrumentId }).where(eq(profiles.id, profile.id))
  const detail = { preferredInstrumentId: { before: preferredInstrumentId, after: instrumentId } }
  const about = { customerId, after: { version }, detail }
  if (instrumentId === null) record(tx, 'profile.updated', { ...about, objectType: 'profile', objectId: profile.id })
  else record(tx, 'instrument.preferred', { ...about, objectType: 'instrument', objectId: instrumentId })
  return result
}

/** The columns that the gateway's description fills; those of other types are null. */
function columnsOf(data: InstrumentData, { containerId }: ProfileRow) {
  const card = data.type === 'card' ? data : null
  return {
    type: data.type,
    brand: data.type === 'iban' ? null : data.brand,
    holderName: data.holderName || null,
    firstSix: card?.firstSix || null,
    lastFour: data.type === 'iban' ? data.ibanMasked.slice(-4) : (data.lastFour ?? null),
    expMonth: card?.expMonth ?? null,
    expYear: card?.expYear ?? null,
    ibanMasked: data.type === 'iban' ? data.ibanMasked : null,
    fingerprint: fingerprintOf(containerId, data.reference),
  }
}

/** What a gateway described, and the connector that it came through. */
type Saving = {
  data: InstrumentData
  connectorId: number
  referenceUuid?: string
  preferred: boolean
  details?: Record<string, string>
}

/** Saves an instrument into a locked profile. The connector is taken as right: a payment has just gone through it. */
export async function saveInstrument(tx: Tx, found: Found, saving: Saving): Promise<Instrument> {
  const { data, connectorId, referenceUuid, preferred, details } = saving
  const now = tx.now()
  const [row] = await tx.writer
    .insert(instruments)
    .values({
      ...columnsOf(data, found.profile),
      instrumentId: randomUUID(),
      profileId: found.profile.id,
      merchantId: tx.merchantId,
      connectorId,
      details: details && Object.keys(details).length > 0 ? details : null,
      paymentToken: newPaymentToken(),
      referenceUuid: referenceUuid ?? newTransactionUuid(),
      version: 1,
      createdAt: now,
      updatedAt: now,
    })
    .returning()
  if (!row) throw new Error('An insert returned no row')
  record(tx, 'instrument.attached', {
    objectType: 'instrument',
    objectId: row.id,
    customerId: found.customerId,
    after: audited(row),
  })
  if (preferred) await choose(tx, found, row.id)
  await showWallets(tx, found.profile.id)
  return seen(tx, row.id)
}

function describedBy(input: z.output<typeof NewInstrument>): InstrumentData {
  const shared = { holderName: input.holderName || null, reference: input.gatewayReference }
  if (input.type === 'iban') return { type: 'iban', ibanMasked: input.ibanMasked, ...shared }
  if (input.type === 'wallet')
    return { type: 'wallet', brand: input.brand, lastFour: input.lastFour ?? null, ...shared }
  const { brand, firstSix, lastFour, expMonth, expYear } = input
  return { type: 'card', brand, firstSix: firstSix ?? '', lastFour, expMonth, expYear, ...shared }
}

/**
 * Saves an instrument that a gateway described into a profile. CARD_NUMBER_REFUSED when any text holds a card number;
 * PROFILE_NOT_FOUND, CONNECTOR_NOT_FOUND, and a validation error for a connector of another container.
 */
export const attachInstrument = command('instruments:write', NewInstrument, async (tx, input): Promise<Instrument> => {
  const { connectorId, referenceUuid, preferred } = input
  const found = await lockProfile(tx, input.profileGuid)
  await connectorFor(tx, connectorId, found.profile.containerId)
  return saveInstrument(tx, found, { data: describedBy(input), connectorId, referenceUuid, preferred })
})

function mergedDetails(
  before: Record<string, string> | null,
  patch: Record<string, string | null> | undefined,
): Record<string, string> | null {
  const merged = Object.entries({ ...before, ...patch }).filter(([, value]) => value)
  return merged.length > 0 ? (Object.fromEntries(merged) as Record<string, string>) : null
}

/** Corrects holder, expiry or details. A holder sent back as it was shown masked stays as it is. */
export const updateInstrument = command(
  'instruments:write',
  InstrumentPatch,
  async (tx, input): Promise<Instrument> => {
    const { id, expectedVersion, expMonth, expYear } = input
    const { row: before, customerId } = await lockInstrument(tx, id, expectedVersion)
    if (before.type !== 'card' && (expMonth ?? expYear) !== undefined) {
      invalid(expMonth === undefined ? 'expYear' : 'expMonth', 'NOT_APPLICABLE', 'applies to cards only')
    }
    const holder =
      input.holderName === undefined || isMasked(input.holderName, before.holderName)
        ? before.holderName
        : input.holderName
    const set = {
      holderName: holder || null,
      expMonth: expMonth ?? before.expMonth,
      expYear: expYear ?? before.expYear,
      details: mergedDetails(before.details, input.details),
    }
    if (Object.keys(changesBetween(before, { ...before, ...set })).length === 0) {
      unchanged(tx)
      return seen(tx, id)
    }
    const after = { ...before, ...set, version: before.version + 1, updatedAt: tx.now() }
    const { version, updatedAt } = after
    await tx.writer
      .update(instruments)
      .set({ ...set, version, updatedAt })
      .where(eq(instruments.id, id))
    record(tx, 'instrument.updated', {
      objectType: 'instrument',
      objectId: id,
      customerId,
      before: audited(before),
      after: audited(after),
    })
    return seen(tx, id)
  },
)

/** Makes one instrument of the profile the preferred one, or none. STALE_WRITE when the profile changed since `expectedVersion`. */
export const setPreferred = command('instruments:write', PreferredChoice, async (tx, input): Promise<Preferred> => {
  const { profile } = await findProfile(tx, input.profileGuid)
  const { profileGuid, version, preferredInstrumentId } = profile
  const same = preferredInstrumentId === input.instrumentId
  if (same && (input.expectedVersion === undefined || input.expectedVersion === version)) {
    unchanged(tx)
    return { profileGuid, preferredInstrumentId, version }
  }
  return choose(tx, await lockProfile(tx, profileGuid, input.expectedVersion), input.instrumentId)
})

/** Detaches an instrument for good: its token pays nowhere any more. `next` follows if it was the preferred one. */
export const removeInstrument = command(
  'instruments:write',
  InstrumentRemoval,
  async (tx, input): Promise<Preferred> => {
    const { id, expectedVersion, next } = input
    const found = await lockInstrument(tx, id, expectedVersion)
    const { profile, row, customerId } = found
    if (next === id) invalid('next', 'REMOVED', 'must be another instrument')
    const { profileGuid, version, preferredInstrumentId } = profile
    const preferred =
      preferredInstrumentId === id ? await choose(tx, found, next) : { profileGuid, preferredInstrumentId, version }
    await tx.writer.delete(instruments).where(eq(instruments.id, id))
    record(tx, 'instrument.detached', { objectType: 'instrument', objectId: id, customerId, before: audited(row) })
    await showWallets(tx, profile.id)
    return preferred
  },
)
