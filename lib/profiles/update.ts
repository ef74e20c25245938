// Changes of a profile's own customer data. It belongs to the profile: of the linked customers only the caller's
// merchant's own follows.
import { and, eq } from 'drizzle-orm'
import { instruments, profiles } from '#db/schema'
import { invalid } from '../core/errors.ts'
import { record, unchanged } from '../core/record.ts'
import { command, type Tx } from '../core/verb.ts'
import { ownCustomer, updateCustomer } from '../customers/commands.ts'
import { setPreferred } from '../instruments/commands.ts'
import { customerFieldsOf } from './customer-fields.ts'
import { findProfile, lockProfile } from './rows.ts'
import { type CustomerDataPatch, ProfilePatch } from './schema.ts'

type Data = Record<string, string>
export type Updated = {
  profileGuid: string
  customerIdentification: string
  customerData: Data
  changedFields: string[]
}

/** The data after a change, and which of its members differ; null and empty texts are absent. */
function applied(before: Data, patch: CustomerDataPatch): { data: Data; changed: string[] } {
  const data: Data = { ...before }
  for (const [name, value] of Object.entries(patch)) {
    if (value === null || value === '') delete data[name]
    else if (value !== undefined) data[name] = value
  }
  const names = new Set([...Object.keys(before), ...Object.keys(data)])
  return { data, changed: [...names].filter((name) => before[name] !== data[name]) }
}

/** An archived customer stays as it is, and nothing of the profile waits for it. */
async function follow(tx: Tx, customerId: number, patch: CustomerDataPatch): Promise<void> {
  const fields = customerFieldsOf(patch)
  if (Object.keys(fields).length === 0 || (await ownCustomer(tx, customerId)).lifecycle !== 'current') return
  await updateCustomer(tx, { id: customerId, ...fields })
}

async function changeData(tx: Tx, profileGuid: string, patch: CustomerDataPatch): Promise<string[]> {
  const seen = await findProfile(tx, profileGuid)
  if (applied(seen.profile.customerData, patch).changed.length === 0) return []
  const { profile: before, customerId } = await lockProfile(tx, profileGuid)
  const { data: customerData, changed } = applied(before.customerData, patch)
  await tx.writer.update(profiles).set({ customerData }).where(eq(profiles.id, before.id))
  const after = { ...before, customerData }
  record(tx, 'profile.updated', { objectType: 'profile', objectId: before.id, customerId, before, after })
  const moved = Object.fromEntries(changed.map((name) => [name, customerData[name] ?? null]))
  if (customerId !== null) await follow(tx, customerId, moved)
  return changed
}

async function prefer(tx: Tx, profileGuid: string, token: string): Promise<boolean> {
  const { profile } = await findProfile(tx, profileGuid)
  const inside = and(eq(instruments.paymentToken, token), eq(instruments.profileId, profile.id))
  const [wanted] = await tx.writer.select({ id: instruments.id }).from(instruments).where(inside)
  if (!wanted)
    invalid('preferredInstrument', 'INSTRUMENT_NOT_FOUND', 'must be the token of an instrument of the profile')
  if (profile.preferredInstrumentId === wanted.id) return false
  await setPreferred(tx, { profileGuid, instrumentId: wanted.id })
  return true
}

/**
 * Changes only what is named; null clears. `preferredInstrument` is a payment token. The names of what differs
 * afterwards are in the answer. PROFILE_NOT_FOUND, and a validation error for a token of another profile.
 */
export const updateProfile = command('profiles:write', ProfilePatch, async (tx, input): Promise<Updated> => {
  const { profileGuid, customerData, preferredInstrument } = input
  const changedFields = await changeData(tx, profileGuid, customerData)
  if (preferredInstrument !== undefined && (await prefer(tx, profileGuid, preferredInstrument))) {
    changedFields.push('preferredInstrument')
  }
  unchanged(tx)
  const { profile } = await findProfile(tx, profileGuid)
  const { profileGuid: guid, customerIdentification, customerData: data } = profile
  return { profileGuid: guid, customerIdentification, customerData: data, changedFields }
})
