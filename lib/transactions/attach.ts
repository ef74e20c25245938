// An instrument that an earlier registration left at the gateway goes into a profile afterwards, or out of it again.
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { instruments, profiles, transactions } from '#db/schema'
import { containerOfConnector } from '../containers/connector-container.ts'
import { fail, invalid } from '../core/errors.ts'
import { command, type Tx } from '../core/verb.ts'
import { removeInstrument, saveInstrument } from '../instruments/commands.ts'
import { lockProfile } from '../profiles/rows.ts'
import { CustomerIdentification } from '../profiles/schema.ts'
import { makeProfile } from './keep.ts'
import { findTransaction, isForgotten, lockTransaction } from './rows.ts'
import type { TransactionRow } from './view.ts'

const Detaching = z.strictObject({
  connectorId: z.number().int(),
  transactionUuid: z.string().max(100),
  profileGuid: z.string().max(100).optional(),
  customerIdentification: CustomerIdentification.optional(),
})
const Attaching = Detaching.extend({ createProfileIfNotExists: z.boolean().default(false) })

type Asked = z.infer<typeof Detaching>

/** The guid of the profile that is asked for, in the connector's container; undefined when there is none. */
async function wanted(
  tx: Tx,
  { connectorId, profileGuid, customerIdentification }: Asked,
): Promise<string | undefined> {
  const containerId = await containerOfConnector(tx, connectorId)
  if ((profileGuid === undefined) === (customerIdentification === undefined)) {
    invalid('profileGuid', 'REQUIRED', 'or else customerIdentification must name the profile')
  }
  const named =
    profileGuid !== undefined
      ? eq(profiles.profileGuid, profileGuid.toUpperCase())
      : eq(profiles.customerIdentification, customerIdentification ?? '')
  const [profile] = await tx.writer
    .select({ guid: profiles.profileGuid })
    .from(profiles)
    .where(and(named, eq(profiles.containerId, containerId)))
  return profile?.guid
}

const registered = ({ type, state, request }: TransactionRow): boolean =>
  state === 'success' && (type === 'register' || request.withRegister || request.profile?.markAsPreferred === true)

async function lockRegistration(tx: Tx, uuid: string): Promise<TransactionRow> {
  const row = await lockTransaction(tx, (await findTransaction(tx, { uuid })).id)
  if (!registered(row) || !row.instrumentData || (await isForgotten(tx, row.id))) {
    fail('TRANSACTION_NOT_FOUND', { transactionId: uuid })
  }
  return row
}

async function isThere(tx: Tx, instrumentId: number | null): Promise<boolean> {
  const same = eq(instruments.id, instrumentId ?? 0)
  return (await tx.writer.select({ id: instruments.id }).from(instruments).where(same)).length > 0
}

/**
 * Attaches what a transaction registered. TRANSACTION_NOT_FOUND (also for one that registered nothing),
 * PROFILE_NOT_FOUND, INSTRUMENT_ATTACHED, and why a connector has no container.
 */
export const attachInstrumentOf = command('instruments:write', Attaching, async (tx, input) => {
  const row = await lockRegistration(tx, input.transactionUuid)
  if (await isThere(tx, row.instrumentId)) fail('INSTRUMENT_ATTACHED')
  const { customerIdentification, connectorId } = input
  let guid = await wanted(tx, input)
  if (guid === undefined && input.createProfileIfNotExists && customerIdentification !== undefined) {
    const containerId = await containerOfConnector(tx, connectorId)
    guid = await makeProfile(tx, { containerId, customerIdentification, customer: row.request.customer })
  }
  if (guid === undefined) fail('PROFILE_NOT_FOUND', { profileGuid: input.profileGuid ?? customerIdentification })
  const found = await lockProfile(tx, guid)
  const { id: profileId, profileGuid } = found.profile
  const data = row.instrumentData
  if (!data) fail('TRANSACTION_NOT_FOUND', { transactionId: row.uuid })
  const saving = { data, connectorId: row.connectorId, referenceUuid: row.uuid, preferred: false }
  const { id: instrumentId, paymentToken } = await saveInstrument(tx, found, saving)
  const whose = { profileId, profileGuid, customerIdentification: found.profile.customerIdentification }
  await tx.writer
    .update(transactions)
    .set({ ...whose, customerId: found.customerId, instrumentId, paymentToken })
    .where(eq(transactions.id, row.id))
  return { profileGuid, paymentToken }
})

/** Takes it out again; the registration stays at the gateway. INSTRUMENT_NOT_ATTACHED when it is not in that profile. */
export const detachInstrumentOf = command('instruments:write', Detaching, async (tx, input) => {
  const row = await lockRegistration(tx, input.transactionUuid)
  const guid = (await wanted(tx, input)) ?? fail('PROFILE_NOT_FOUND', { profileGuid: input.profileGuid ?? '' })
  const { profile } = await lockProfile(tx, guid)
  const [attached] = await tx.writer
    .select({ id: instruments.id })
    .from(instruments)
    .where(and(eq(instruments.id, row.instrumentId ?? 0), eq(instruments.profileId, profile.id)))
  if (!attached) fail('INSTRUMENT_NOT_ATTACHED')
  await removeInstrument(tx, { id: attached.id })
  await tx.writer
    .update(transactions)
    .set({ instrumentId: null, paymentToken: null })
    .where(eq(transactions.id, row.id))
  return { profileGuid: guid }
})
