// The profile calls of the payment API.
import { findConnectorProfile } from '../../containers/connector-profile.ts'
import { appError, fail, invalid } from '../../core/errors.ts'
import { deleteProfile } from '../../profiles/commands.ts'
import { getProfile } from '../../profiles/queries.ts'
import type { CustomerDataPatch } from '../../profiles/schema.ts'
import { updateProfile } from '../../profiles/update.ts'
import { attachInstrumentOf, detachInstrumentOf } from '../../transactions/attach.ts'
import { type Answer, json } from '../http.ts'
import type { Call } from './call.ts'
import { NO_PROFILE, profileCustomer, toProfile } from './map.ts'
import { parseWire } from './parse.ts'
import { AttachBody, DetachBody, SelectorBody, UpdateBody, withoutEmpty } from './wire.ts'

type Selector = { profileGuid?: string; customerIdentification?: string }

/** The guid of the profile that exactly one selector names in the connector's container; undefined when there is none. */
async function guidOf(
  { ctx, connector }: Call,
  { profileGuid, customerIdentification }: Selector,
): Promise<string | undefined> {
  if ((profileGuid === undefined) === (customerIdentification === undefined)) {
    invalid('profileGuid', 'REQUIRED', "or else 'customerIdentification' must name the profile, and not both")
  }
  return findConnectorProfile(ctx, { connectorId: connector.id, profileGuid, customerIdentification })
}

const wanted = async (call: Call, selector: Selector): Promise<string> =>
  (await guidOf(call, selector)) ?? fail('PROFILE_NOT_FOUND', { reason: 'Profile not found' })

export async function get(call: Call): Promise<Answer> {
  const profileGuid = await guidOf(call, parseWire(SelectorBody, withoutEmpty(call.body)))
  return json(profileGuid === undefined ? NO_PROFILE : toProfile(await getProfile(call.ctx, { profileGuid })))
}

export async function update(call: Call): Promise<Answer> {
  const { customerData, preferredInstrument, ...selector } = parseWire(
    UpdateBody,
    withoutEmpty(call.body, 'customerData'),
  )
  const profileGuid = await wanted(call, selector)
  const { extraData, ...plain } = customerData
  const extra = extraData === undefined ? {} : { extraData: extraData && JSON.stringify(extraData) }
  // The core's own schema judges each member next.
  const patch = { ...plain, ...extra } as CustomerDataPatch
  const updated = await updateProfile(call.ctx, { profileGuid, customerData: patch, preferredInstrument })
  const { customerIdentification } = updated
  return json({
    success: true,
    profileGuid: updated.profileGuid,
    customerIdentification,
    customer: profileCustomer(customerIdentification, updated.customerData),
    changedFields: updated.changedFields,
  })
}

export async function remove(call: Call): Promise<Answer> {
  const profileGuid = await wanted(call, parseWire(SelectorBody, withoutEmpty(call.body)))
  await deleteProfile(call.ctx, { profileGuid, confirm: profileGuid })
  return json({ success: true })
}

const TEXT_CODES: Partial<Record<string, { status: number; errorCode: string }>> = {
  TRANSACTION_NOT_FOUND: { status: 404, errorCode: 'TRANSACTION_NOT_FOUND' },
  PROFILE_NOT_FOUND: { status: 404, errorCode: 'PROFILE_NOT_FOUND' },
  INSTRUMENT_ATTACHED: { status: 422, errorCode: 'ALREADY_ATTACHED' },
  INSTRUMENT_NOT_ATTACHED: { status: 422, errorCode: 'NOT_ATTACHED' },
}

/** These two calls have errors of their own kind: a text as code, and the sentence under `message`. */
async function withTextCodes(run: () => Promise<Answer>): Promise<Answer> {
  try {
    return await run()
  } catch (err) {
    const known = appError(err)
    const told = known && TEXT_CODES[known.code]
    if (!told) throw err
    return json({ success: false, message: known.message, errorCode: told.errorCode }, told.status)
  }
}

export const attach = (call: Call): Promise<Answer> =>
  withTextCodes(async () => {
    const body = parseWire(AttachBody, withoutEmpty(call.body))
    const attached = await attachInstrumentOf(call.ctx, { connectorId: call.connector.id, ...body })
    return json({ success: true, message: 'The instrument was attached', ...attached })
  })

export const detach = (call: Call): Promise<Answer> =>
  withTextCodes(async () => {
    const body = parseWire(DetachBody, withoutEmpty(call.body))
    const detached = await detachInstrumentOf(call.ctx, { connectorId: call.connector.id, ...body })
    return json({ success: true, message: 'The instrument was detached', ...detached })
  })
