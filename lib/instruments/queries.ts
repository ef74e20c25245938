import { and, eq, inArray, or, type SQL } from 'drizzle-orm'
import { countAll } from '#db/kit'
import { instruments, profileCustomers, profiles } from '#db/schema'
import { visibleContainers } from '../containers/visible.ts'
import { fail } from '../core/errors.ts'
import { parseId } from '../core/ids.ts'
import { recordRead } from '../core/record.ts'
import { query, type Read } from '../core/verb.ts'
import { findRow } from '../customers/rows.ts'
import { findProfile } from '../profiles/rows.ts'
import { type Instrument, loadInstruments } from './load.ts'
import { InstrumentIdentity, InstrumentPage, InstrumentRef, InstrumentsOf, PaymentMethodsOf } from './schema.ts'

/** The id of the caller's customer; of a merged one the survivor's. */
async function customerIdOf(read: Read, asked: number): Promise<number> {
  const found = await findRow(read.reader, read.merchantId, asked)
  return found?.id ?? fail('CUSTOMER_NOT_FOUND', { customerId: String(asked) })
}

function ofCustomer(read: Read, customerId: number): SQL {
  const linked = and(eq(profileCustomers.customerId, customerId), eq(profileCustomers.merchantId, read.merchantId))
  const ids = read.reader.select({ id: profileCustomers.profileId }).from(profileCustomers).where(linked)
  return inArray(instruments.profileId, ids)
}

const readOf = (read: Read, customerId: number) =>
  recordRead(read, 'instruments.read', { objectType: 'customer', objectId: customerId, customerId })

/** Every instrument of one profile or one customer, newest first. PROFILE_NOT_FOUND, CUSTOMER_NOT_FOUND. */
export const listInstruments = query('instruments:read', InstrumentsOf, async (read, of): Promise<Instrument[]> => {
  if ('customerId' in of) {
    const customerId = await customerIdOf(read, of.customerId)
    const found = await loadInstruments(read, ofCustomer(read, customerId))
    readOf(read, customerId)
    return found
  }
  const { profile, customerId } = await findProfile(read, of.profileGuid)
  const found = await loadInstruments(read, eq(instruments.profileId, profile.id))
  recordRead(read, 'instruments.read', { objectType: 'profile', objectId: profile.id, customerId })
  return found
})

/** The instruments of all the merchant's customers by numbered page, newest first, and how many there are. */
export const pageInstruments = query(
  'instruments:read',
  InstrumentPage,
  async (read, { page, perPage }): Promise<{ found: Instrument[]; total: number }> => {
    const linked = read.reader
      .select({ id: profileCustomers.profileId })
      .from(profileCustomers)
      .where(eq(profileCustomers.merchantId, read.merchantId))
    const where = inArray(instruments.profileId, linked)
    const [counted] = await read.reader
      .select({ total: countAll() })
      .from(instruments)
      .innerJoin(profiles, eq(profiles.id, instruments.profileId))
      .where(and(where, inArray(profiles.containerId, await visibleContainers(read))))
    const found = await loadInstruments(read, where, { limit: perPage, offset: (page - 1) * perPage })
    for (const { customer } of found) if (customer) readOf(read, customer.id)
    return { found, total: counted?.total ?? 0 }
  },
)

/** One instrument; INSTRUMENT_NOT_FOUND outside the containers that the merchant sees. */
export const getInstrument = query('instruments:read', InstrumentRef, async (read, { id }): Promise<Instrument> => {
  const [found] = await loadInstruments(read, eq(instruments.id, id))
  if (!found) fail('INSTRUMENT_NOT_FOUND', { instrumentId: String(id) })
  recordRead(read, 'instruments.read', {
    objectType: 'instrument',
    objectId: id,
    customerId: found.customer?.id ?? null,
  })
  return found
})

/** The int64 id behind any identity of an instrument, or undefined; tells nothing else and so is not audited. */
export const findInstrumentId = query('instruments:read', InstrumentIdentity, async (read, { identity }) => {
  const id = parseId(identity)
  const text = identity.toLowerCase()
  const which =
    id === undefined
      ? or(eq(instruments.instrumentId, text), eq(instruments.paymentToken, text))
      : eq(instruments.id, id)
  const [found] = await loadInstruments(read, which)
  return found?.id
})

/** A customer's payment method in the spelling of `GET /users/payment-methods/{id}`. */
export type PaymentMethod = {
  id: number
  clientId: number
  type: Instrument['type']
  brand: string | null
  last4: string | null
  expMonth: number | null
  expYear: number | null
  holderName: string | null
  isDefault: boolean
  token: string
  createDate: string
}

/** A customer's instruments of every profile, newest first; CUSTOMER_NOT_FOUND for one that is not the merchant's. */
export const listPaymentMethods = query(
  'instruments:read',
  PaymentMethodsOf,
  async (read, { customerId: asked }): Promise<PaymentMethod[]> => {
    const customerId = await customerIdOf(read, asked)
    const found = await loadInstruments(read, ofCustomer(read, customerId))
    readOf(read, customerId)
    return found.map(
      ({ id, type, brand, lastFour, expMonth, expYear, holderName, isPreferred, paymentToken, createdAt }) => ({
        id,
        clientId: customerId,
        type,
        brand,
        last4: lastFour,
        expMonth,
        expYear,
        holderName,
        isDefault: isPreferred,
        token: paymentToken,
        createDate: createdAt.toISOString(),
      }),
    )
  },
)
