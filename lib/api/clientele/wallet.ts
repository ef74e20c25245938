// Profiles, instruments and containers.
import { z } from '@hono/zod-openapi'
import { fail } from '../../core/errors.ts'
import { parseId } from '../../core/ids.ts'
import { unchanged } from '../../core/record.ts'
import { command } from '../../core/verb.ts'
import { removeInstrument, setPreferred, updateInstrument } from '../../instruments/commands.ts'
import type { Instrument } from '../../instruments/load.ts'
import { findInstrumentId, getInstrument, listInstruments } from '../../instruments/queries.ts'
import { deleteProfile } from '../../profiles/commands.ts'
import { getProfile, listProfiles } from '../../profiles/queries.ts'
import { ProfileSearch } from '../../profiles/schema.ts'
import { type Answer, json } from '../http.ts'
import { etag, expectedVersion, isFresh, notModified, refuseStale } from './conditions.ts'
import { parseBody } from './customer-write.ts'
import { asMembers, withoutEcho } from './echo.ts'
import { listAnswer, listOf, onePage, pageAnswer } from './lists.ts'
import { idsOf, limitOf, parametersOf, parseParameters, refuseParameters, refuseUnknown, totalWanted } from './query.ts'
import { PageQuery } from './query-wire.ts'
import { type Call, type GuardedRoute, identityParam } from './route.ts'
import {
  InstrumentAnswer,
  ProfileAnswer,
  ProfileListItem,
  toInstrument,
  toProfile,
  toProfileItem,
} from './wallet-wire.ts'
import { READ_ONLY_INSTRUMENT } from './wire.ts'

const PROFILE_PARAMETERS = new Set(['q', 'containerId', 'sort', 'limit', 'cursor', 'include'])

async function profiles(call: Call): Promise<Answer> {
  const parameters = parametersOf(call)
  refuseUnknown(parameters, PROFILE_PARAMETERS)
  const search = parseParameters(ProfileSearch, {
    q: parameters.get('q')?.text,
    containerId: idsOf(parameters, 'containerId'),
    sort: parameters.get('sort')?.text as '-createDate' | undefined,
    cursor: parameters.get('cursor')?.text,
    limit: limitOf(parameters),
    total: totalWanted(parameters),
  })
  const page = await listProfiles(call.ctx, search)
  return pageAnswer(call, {
    ...page,
    data: page.data.map((found) => JSON.stringify(ProfileListItem.parse(toProfileItem(found)))),
  })
}

async function profile(call: Call): Promise<Answer> {
  refuseParameters(call)
  const found = await getProfile(call.ctx, { profileGuid: identityParam(call, 'profileGuid') })
  const tag = etag(found)
  return isFresh(call, tag) ? notModified(tag) : json(ProfileAnswer.parse(toProfile(found)), 200, { ETag: tag })
}

async function removeProfile(call: Call): Promise<Answer> {
  refuseParameters(call)
  const profileGuid = identityParam(call, 'profileGuid')
  if (call.headers['if-match'] !== undefined) await refuseStale(call, await getProfile(call.ctx, { profileGuid }))
  await deleteProfile(call.ctx, { profileGuid, confirm: profileGuid })
  return { status: 204, text: null }
}

async function profileInstruments(call: Call): Promise<Answer> {
  refuseParameters(call)
  const found = await listInstruments(call.ctx, { profileGuid: identityParam(call, 'profileGuid') })
  return listAnswer(call, InstrumentAnswer, onePage(found.map(toInstrument)))
}

/** The int64 id behind the path's: decimal, UUID or payment token. */
async function instrumentIdOf(call: Call): Promise<number> {
  const asked = identityParam(call, 'id')
  const known = parseId(asked) ?? (await findInstrumentId(call.ctx, { identity: asked.slice(0, 200) }))
  return known ?? fail('INSTRUMENT_NOT_FOUND', { instrumentId: asked })
}

const instrumentAnswer = (found: Instrument): Answer => ({
  ...json(InstrumentAnswer.parse(toInstrument(found)), 200, { ETag: etag(found) }),
  customerId: found.customer?.id,
})

async function instrument(call: Call): Promise<Answer> {
  refuseParameters(call)
  const found = await getInstrument(call.ctx, { id: await instrumentIdOf(call) })
  return isFresh(call, etag(found)) ? notModified(etag(found)) : instrumentAnswer(found)
}

const InstrumentBody = z
  .strictObject({
    holderName: z.string().nullish(),
    expMonth: z.int().min(1).max(12).optional(),
    expYear: z.int().min(2000).max(2099).optional(),
    preferred: z.boolean().optional(),
    ...READ_ONLY_INSTRUMENT,
  })
  .openapi('InstrumentWrite')

const Change = z.strictObject({
  id: z.int(),
  expectedVersion: z.int().optional(),
  holderName: z.string().nullish(),
  expMonth: z.int().optional(),
  expYear: z.int().optional(),
  preferred: z.boolean().optional(),
})

/** Holder, expiry and preference are two verbs of the core and one change here: both or neither. */
const changeInstrument = command(
  'instruments:write',
  Change,
  async (tx, { preferred, ...patch }): Promise<Instrument> => {
    unchanged(tx)
    const changed = await updateInstrument(tx, patch)
    if (preferred === undefined || preferred === changed.isPreferred) return changed
    const { profileGuid, id } = changed
    await setPreferred(tx, { profileGuid, instrumentId: preferred ? id : null })
    return { ...changed, isPreferred: preferred }
  },
)

async function editInstrument(call: Call): Promise<Answer> {
  refuseParameters(call)
  const before = await getInstrument(call.ctx, { id: await instrumentIdOf(call) })
  const expected = await expectedVersion(call, before)
  const seen = toInstrument(before)
  const { holderName, expMonth, expYear, preferred } = parseBody(
    InstrumentBody,
    withoutEcho(asMembers(call.body), seen, seen),
  )
  const change = { id: before.id, expectedVersion: expected, holderName, expMonth, expYear, preferred }
  return instrumentAnswer(await changeInstrument(call.ctx, change))
}

async function detach(call: Call): Promise<Answer> {
  refuseParameters(call)
  const before = await getInstrument(call.ctx, { id: await instrumentIdOf(call) })
  await removeInstrument(call.ctx, { id: before.id, expectedVersion: await expectedVersion(call, before) })
  return { status: 204, text: null }
}

const TAG = 'Wallet'
const ProfileQuery = PageQuery.extend({
  q: z.string().optional().openapi({ description: 'Part of guid or identification, or what finds the customer.' }),
  containerId: z.string().optional().openapi({ description: 'Ids of containers, joined by commas.' }),
  sort: z.enum(['-createDate', 'createDate']).optional(),
  include: z.enum(['total']).optional(),
})
const INSTRUMENT_EXAMPLES = {
  expiry: { summary: 'A renewed card', value: { expMonth: 9, expYear: 2031 } },
  preferred: { summary: 'The one to charge first', value: { preferred: true } },
}

export const WALLET_ROUTES: readonly GuardedRoute[] = [
  {
    method: 'get',
    path: '/profiles',
    summary: 'List profiles',
    description: 'Of the containers that the merchant sees.',
    tag: TAG,
    permission: listProfiles.permission,
    query: ProfileQuery,
    answer: listOf(ProfileListItem),
    errors: ['QUERY_INVALID', 'CURSOR_INVALID'],
    run: profiles,
  },
  {
    method: 'get',
    path: '/profiles/{profileGuid}',
    summary: 'Read a profile',
    tag: TAG,
    permission: getProfile.permission,
    answer: ProfileAnswer,
    errors: ['PROFILE_NOT_FOUND', 'QUERY_INVALID'],
    run: profile,
  },
  {
    method: 'delete',
    path: '/profiles/{profileGuid}',
    summary: 'Delete a profile for good',
    description: 'With its instruments, for every merchant that shares it.',
    tag: TAG,
    permission: deleteProfile.permission,
    answer: null,
    errors: ['PROFILE_NOT_FOUND', 'STALE_WRITE', 'STEP_UP_REQUIRED'],
    run: removeProfile,
  },
  {
    method: 'get',
    path: '/profiles/{profileGuid}/instruments',
    summary: 'List the instruments of a profile',
    tag: TAG,
    permission: listInstruments.permission,
    answer: listOf(InstrumentAnswer),
    errors: ['PROFILE_NOT_FOUND', 'QUERY_INVALID'],
    run: profileInstruments,
  },
  {
    method: 'get',
    path: '/instruments/{id}',
    summary: 'Read an instrument',
    description: 'By int64 id, UUID or payment token.',
    tag: TAG,
    permission: getInstrument.permission,
    answer: InstrumentAnswer,
    errors: ['INSTRUMENT_NOT_FOUND', 'QUERY_INVALID'],
    run: instrument,
  },
  {
    method: 'patch',
    path: '/instruments/{id}',
    summary: 'Change holder, expiry or preference',
    tag: TAG,
    permission: updateInstrument.permission,
    body: InstrumentBody,
    bodyExamples: INSTRUMENT_EXAMPLES,
    answer: InstrumentAnswer,
    errors: [
      'VALIDATION_ERROR',
      'JSON_MALFORMED',
      'MEDIA_TYPE_UNSUPPORTED',
      'INSTRUMENT_NOT_FOUND',
      'STALE_WRITE',
      'VERSION_REQUIRED',
    ],
    run: editInstrument,
  },
  {
    method: 'delete',
    path: '/instruments/{id}',
    summary: 'Detach an instrument',
    description: 'Its payment token works nowhere any more.',
    tag: TAG,
    permission: removeInstrument.permission,
    answer: null,
    errors: ['INSTRUMENT_NOT_FOUND', 'STALE_WRITE', 'VERSION_REQUIRED'],
    run: detach,
  },
]
