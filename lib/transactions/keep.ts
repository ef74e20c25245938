// What a successful payment leaves in the vault: the profile of the person, created by the first, and the instrument.
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { instruments, profileCustomers, profiles } from '#db/schema'
import { containerOfConnector } from '../containers/connector-container.ts'
import { appError } from '../core/errors.ts'
import { unchanged } from '../core/record.ts'
import { command, type Tx } from '../core/verb.ts'
import { createCustomer } from '../customers/commands.ts'
import { removeInstrument, saveInstrument } from '../instruments/commands.ts'
import { createProfile, linkCustomer } from '../profiles/commands.ts'
import { customerFieldsOf } from '../profiles/customer-fields.ts'
import { lockProfile } from '../profiles/rows.ts'
import { CustomerData } from '../profiles/schema.ts'
import { updateProfile } from '../profiles/update.ts'
import type { PaymentCustomer } from './schema.ts'
import type { TransactionRow } from './view.ts'

const FIELDS = Object.keys(CustomerData.shape)

/** The members of a payment's customer that a profile keeps. */
const profileData = (customer: PaymentCustomer): z.infer<typeof CustomerData> =>
  Object.fromEntries(Object.entries(customer).filter(([name, value]) => FIELDS.includes(name) && value !== undefined))

/** The customer of a first payment; whoever has no name is known by the merchant's own identification. */
function customerFields(customer: PaymentCustomer, customerIdentification: string) {
  const { firstName, lastName, company, email } = customer
  const isNamed = Boolean(firstName || lastName || company || email)
  return { ...customerFieldsOf(profileData(customer)), ...(!isNamed && { name: customerIdentification }) }
}

const FirstProfile = z.strictObject({
  containerId: z.number().int(),
  customerIdentification: z.string(),
  customer: z.custom<PaymentCustomer>((value) => typeof value === 'object' && value !== null),
})

/**
 * Profile and linked customer together, under one savepoint: who loses a race for the identification leaves neither. The
 * profile comes first, so that who waits for another's holds nothing yet that this one may want: the customer would bring
 * the merchant's audit chain.
 */
export const makeProfile = command('profiles:write', FirstProfile, async (tx, input): Promise<string> => {
  const { containerId, customerIdentification, customer } = input
  const customerData = profileData(customer)
  const { profileGuid } = await createProfile(tx, { containerId, customerIdentification, customerData })
  const made = await createCustomer(tx, { ...customerFields(customer, customerIdentification), duplicates: 'allow' })
  await linkCustomer(tx, { profileGuid, customerId: made.customer.id })
  unchanged(tx)
  return profileGuid
})

async function guidOf(tx: Tx, containerId: number, customerIdentification: string): Promise<string | undefined> {
  const same = and(eq(profiles.containerId, containerId), eq(profiles.customerIdentification, customerIdentification))
  const [found] = await tx.writer.select({ guid: profiles.profileGuid }).from(profiles).where(same)
  return found?.guid
}

/** The guid of the profile that the payment names, created by the first to name it. */
async function ensureProfile(tx: Tx, row: TransactionRow): Promise<string | undefined> {
  const { profile: choice, customer } = row.request
  if (!choice) return undefined
  const customerData = profileData(customer)
  const known = async (guid: string) => {
    if (Object.keys(customerData).length > 0) await updateProfile(tx, { profileGuid: guid, customerData })
    return guid
  }
  if (row.profileGuid !== null) return known(row.profileGuid)
  const { customerIdentification } = choice
  if (customerIdentification === undefined) return undefined
  const containerId = await containerOfConnector(tx, row.viaConnectorId ?? row.connectorId)
  const found = await guidOf(tx, containerId, customerIdentification)
  if (found) return known(found)
  try {
    return await makeProfile(tx, { containerId, customerIdentification, customer })
  } catch (err) {
    if (appError(err)?.code !== 'CUSTOMER_IDENTIFICATION_TAKEN') throw err
    const winner = await guidOf(tx, containerId, customerIdentification)
    if (!winner) throw err
    return known(winner)
  }
}

/** The profile and, for a registration, the new instrument; the columns that name them. */
export async function keepInstrument(tx: Tx, row: TransactionRow): Promise<Partial<TransactionRow>> {
  const guid = await ensureProfile(tx, row)
  if (guid === undefined) return {}
  const { withRegister, profile } = row.request
  const registers = row.type === 'register' || withRegister || profile?.markAsPreferred
  const found = await lockProfile(tx, guid)
  const { id: profileId, profileGuid, customerIdentification } = found.profile
  const [link] = await tx.writer
    .select({ customerId: profileCustomers.customerId })
    .from(profileCustomers)
    .where(and(eq(profileCustomers.profileId, profileId), eq(profileCustomers.merchantId, tx.merchantId)))
  const whose = { profileId, profileGuid, customerIdentification, customerId: link?.customerId ?? null }
  if (!registers || !row.instrumentData || row.instrumentId !== null) return whose
  const instrument = await saveInstrument(tx, found, {
    data: row.instrumentData,
    connectorId: row.connectorId,
    referenceUuid: row.uuid,
    preferred: profile?.markAsPreferred ?? false,
  })
  return { ...whose, instrumentId: instrument.id, paymentToken: instrument.paymentToken }
}

/** The gateway has forgotten the instrument, so nobody pays with it any more. */
export async function removeStored(tx: Tx, row: TransactionRow): Promise<Partial<TransactionRow>> {
  const { instrumentId } = row
  if (instrumentId === null) return {}
  const [still] = await tx.writer
    .select({ id: instruments.id })
    .from(instruments)
    .where(eq(instruments.id, instrumentId))
  if (still) await removeInstrument(tx, { id: instrumentId })
  return {}
}
