// Connectors: a merchant's routes to gateways. Their secrets are in the answers that make them, and nowhere else.
import { z } from '@hono/zod-openapi'
import { createConnector, type NewlyMade, rotateConnector, updateConnector } from '../../connectors/commands.ts'
import { type ConnectorMember, getMembers, removeMember, setMember } from '../../connectors/members.ts'
import { type Connector, getConnector, listConnectors } from '../../connectors/queries.ts'
import { CREDENTIALS, NewConnector } from '../../connectors/schema.ts'
import { fail } from '../../core/errors.ts'
import { parseId } from '../../core/ids.ts'
import { CurrencyCode } from '../../customers/values.ts'
import { InstrumentType } from '../../instruments/schema.ts'
import { type Answer, json } from '../http.ts'
import { etag, expectedVersion, isFresh, notModified } from './conditions.ts'
import { parseBody } from './customer-write.ts'
import { asMembers } from './echo.ts'
import { listAnswer, listOf, onePage } from './lists.ts'
import { refuseParameters } from './query.ts'
import { type Call, type GuardedRoute, param } from './route.ts'
import { Id, Instant } from './wire.ts'

const ConnectorAnswer = z
  .object({
    id: Id,
    name: z.string(),
    adapter: z.enum(['simulator', 'ixopay', 'meta']),
    apiKey: z.string().openapi({ description: 'Public: it names the connector in addresses.' }),
    containerId: Id.nullable().openapi({ description: 'Null uses the default container of the merchant.' }),
    container: z.object({ id: Id, name: z.string() }).nullable(),
    containerFrom: z.enum(['own', 'default', 'none']),
    requireSignature: z.boolean(),
    enabled: z.boolean(),
    callbackUrl: z.string().nullable(),
    rateLimited: z.boolean(),
    version: z.int(),
    createDate: Instant,
    updateDate: Instant,
  })
  .openapi('Connector')
const Secrets = { username: z.string(), password: z.string(), sharedSecret: z.string() }
const NewlyMadeAnswer = ConnectorAnswer.extend(Secrets).openapi('NewConnector')

const toConnector = (found: Connector) => ({
  ...found,
  createDate: found.createdAt.toISOString(),
  updateDate: found.updatedAt.toISOString(),
})

const idOf = (call: Call, name = 'id'): number =>
  parseId(param(call, name)) ?? fail('CONNECTOR_NOT_FOUND', { connectorId: param(call, name) })

async function list(call: Call): Promise<Answer> {
  refuseParameters(call)
  return listAnswer(call, ConnectorAnswer, onePage((await listConnectors(call.ctx, {})).map(toConnector)))
}

async function shown(call: Call, id: number): Promise<Answer> {
  const found = await getConnector(call.ctx, { id })
  return json(ConnectorAnswer.parse(toConnector(found)), 200, { ETag: etag(found) })
}

async function read(call: Call): Promise<Answer> {
  refuseParameters(call)
  const found = await getConnector(call.ctx, { id: idOf(call) })
  return isFresh(call, etag(found)) ? notModified(etag(found)) : shown(call, found.id)
}

/** The one answer with secrets; no cache keeps it. */
async function secretAnswer(call: Call, { connector, secrets }: NewlyMade, headers = {}): Promise<Answer> {
  const found = await getConnector(call.ctx, { id: connector.id })
  const body = NewlyMadeAnswer.parse({ ...toConnector(found), ...secrets })
  return json(body, 200, { ...headers, ETag: etag(found), 'Cache-Control': 'no-store' })
}

const Create = z.strictObject(NewConnector.shape).openapi('ConnectorCreate')

async function create(call: Call): Promise<Answer> {
  refuseParameters(call)
  const made = await createConnector(call.ctx, parseBody(Create, call.body))
  return secretAnswer(call, made, { Location: `${call.mount}/connectors/${made.connector.id}` })
}

const READ_ONLY = Object.fromEntries(
  ['id', 'adapter', 'apiKey', 'container', 'containerFrom', 'version', 'createDate', 'updateDate'].map((name) => [
    name,
    z.unknown().optional(),
  ]),
)
const Update = z
  .strictObject({
    name: Create.shape.name.optional(),
    containerId: Create.shape.containerId.unwrap().optional(),
    requireSignature: z.boolean().optional(),
    enabled: z.boolean().optional(),
    callbackUrl: Create.shape.callbackUrl.unwrap().optional(),
    rateLimited: z.boolean().optional(),
    ...READ_ONLY,
  })
  .openapi('ConnectorUpdate')

async function update(call: Call): Promise<Answer> {
  refuseParameters(call)
  const before = await getConnector(call.ctx, { id: idOf(call) })
  const expected = await expectedVersion(call, before)
  const { name, containerId, requireSignature, enabled, callbackUrl, rateLimited } = parseBody(
    Update,
    asMembers(call.body),
  )
  const patch = { name, containerId, requireSignature, enabled, callbackUrl, rateLimited }
  await updateConnector(call.ctx, { id: before.id, expectedVersion: expected, ...patch })
  return shown(call, before.id)
}

const Rotate = z.strictObject({ renew: z.array(z.enum(CREDENTIALS)).min(1).max(3) }).openapi('ConnectorRotate')

async function rotate(call: Call): Promise<Answer> {
  refuseParameters(call)
  return secretAnswer(call, await rotateConnector(call.ctx, { id: idOf(call), ...parseBody(Rotate, call.body) }))
}

const MemberAnswer = z
  .object({
    memberId: Id,
    name: z.string(),
    method: InstrumentType.nullable(),
    brand: z.string().nullable(),
    currency: z.string().nullable(),
    weight: z.int(),
    enabled: z.boolean(),
  })
  .openapi('ConnectorMember')

const memberList = (call: Call, members: ConnectorMember[]): Answer => listAnswer(call, MemberAnswer, onePage(members))

async function members(call: Call): Promise<Answer> {
  refuseParameters(call)
  return memberList(call, await getMembers(call.ctx, { connectorId: idOf(call) }))
}

const Conditions = z
  .strictObject({
    method: InstrumentType.nullable().optional(),
    brand: z
      .string()
      .regex(/^[a-z0-9_-]{1,40}$/, 'must be a brand such as visa')
      .nullable()
      .optional(),
    currency: CurrencyCode.nullable().optional(),
    weight: z.int().min(0).max(1000).optional(),
  })
  .openapi('ConnectorMemberConditions')

async function putMember(call: Call): Promise<Answer> {
  refuseParameters(call)
  const place = { connectorId: idOf(call), memberId: idOf(call, 'memberId') }
  return memberList(call, await setMember(call.ctx, { ...place, ...parseBody(Conditions, call.body ?? {}) }))
}

async function dropMember(call: Call): Promise<Answer> {
  refuseParameters(call)
  const place = { connectorId: idOf(call), memberId: idOf(call, 'memberId') }
  return memberList(call, await removeMember(call.ctx, place))
}

const TAG = 'Connectors'
const BODY_ERRORS = ['VALIDATION_ERROR', 'JSON_MALFORMED', 'MEDIA_TYPE_UNSUPPORTED'] as const

export const CONNECTOR_ROUTES: readonly GuardedRoute[] = [
  {
    method: 'get',
    path: '/connectors',
    summary: 'List connectors',
    tag: TAG,
    permission: listConnectors.permission,
    answer: listOf(ConnectorAnswer),
    errors: ['QUERY_INVALID'],
    run: list,
  },
  {
    method: 'post',
    path: '/connectors',
    summary: 'Create a connector',
    description: 'User name, password and shared secret are shown this once.',
    tag: TAG,
    permission: createConnector.permission,
    body: Create,
    bodyExamples: { cards: { summary: 'A simulator', value: { name: 'cards of the shop', adapter: 'simulator' } } },
    answer: NewlyMadeAnswer,
    errors: [...BODY_ERRORS, 'CONNECTOR_NAME_TAKEN', 'CONTAINER_NOT_FOUND'],
    run: create,
  },
  {
    method: 'get',
    path: '/connectors/{id}',
    summary: 'Read a connector',
    tag: TAG,
    permission: getConnector.permission,
    answer: ConnectorAnswer,
    errors: ['CONNECTOR_NOT_FOUND', 'QUERY_INVALID'],
    run: read,
  },
  {
    method: 'patch',
    path: '/connectors/{id}',
    summary: 'Change a connector',
    tag: TAG,
    permission: updateConnector.permission,
    body: Update,
    bodyExamples: { sign: { summary: 'Demand signatures', value: { requireSignature: true } } },
    answer: ConnectorAnswer,
    errors: [
      ...BODY_ERRORS,
      'CONNECTOR_NOT_FOUND',
      'CONNECTOR_NAME_TAKEN',
      'CONTAINER_NOT_FOUND',
      'STALE_WRITE',
      'VERSION_REQUIRED',
    ],
    run: update,
  },
  {
    method: 'post',
    path: '/connectors/{id}/rotate',
    summary: 'Renew credentials of a connector',
    description: 'The old ones stop working with the next request.',
    tag: TAG,
    permission: rotateConnector.permission,
    body: Rotate,
    bodyExamples: { password: { summary: 'A new password', value: { renew: ['password'] } } },
    answer: NewlyMadeAnswer,
    errors: [...BODY_ERRORS, 'CONNECTOR_NOT_FOUND', 'STEP_UP_REQUIRED'],
    run: rotate,
  },
  {
    method: 'get',
    path: '/connectors/{id}/members',
    summary: 'List the members of a meta-connector',
    tag: TAG,
    permission: getMembers.permission,
    answer: listOf(MemberAnswer),
    errors: ['CONNECTOR_NOT_FOUND', 'QUERY_INVALID'],
    run: members,
  },
  {
    method: 'put',
    path: '/connectors/{id}/members/{memberId}',
    summary: 'Add a member to a meta-connector, or change its conditions',
    description:
      'A stored instrument goes to the member that created it; a new one by method, brand, currency and weight.',
    tag: TAG,
    permission: setMember.permission,
    body: Conditions,
    bodyRequired: false,
    bodyExamples: { euro: { summary: 'For euros', value: { currency: 'EUR', weight: 2 } } },
    answer: listOf(MemberAnswer),
    errors: [...BODY_ERRORS, 'CONNECTOR_NOT_FOUND'],
    run: putMember,
  },
  {
    method: 'delete',
    path: '/connectors/{id}/members/{memberId}',
    summary: 'Take a member out of a meta-connector',
    tag: TAG,
    permission: removeMember.permission,
    answer: listOf(MemberAnswer),
    errors: ['CONNECTOR_NOT_FOUND'],
    run: dropMember,
  },
]
