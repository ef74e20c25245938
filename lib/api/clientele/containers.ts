// Containers: who shares which profiles with whom.
import { z } from '@hono/zod-openapi'
import {
  createContainer,
  deleteContainer,
  excludeMerchant,
  setDefaultContainer,
  updateContainer,
} from '../../containers/commands.ts'
import { getContainer, listContainers } from '../../containers/queries.ts'
import { fail } from '../../core/errors.ts'
import { parseId } from '../../core/ids.ts'
import { text } from '../../customers/values.ts'
import { type Answer, json } from '../http.ts'
import { etag, expectedVersion, isFresh, notModified } from './conditions.ts'
import { parseBody } from './customer-write.ts'
import { asMembers } from './echo.ts'
import { listAnswer, listOf, onePage } from './lists.ts'
import { refuseParameters } from './query.ts'
import { type Call, type GuardedRoute, param } from './route.ts'
import { ContainerAnswer, toContainer } from './wallet-wire.ts'

const idOf = (call: Call): number =>
  parseId(param(call, 'id')) ?? fail('CONTAINER_NOT_FOUND', { containerId: param(call, 'id') })

const merchantOf = (call: Call, name: string): number =>
  parseId(param(call, name)) ?? fail('MERCHANT_NOT_FOUND', { merchantId: param(call, name) })

async function shown(call: Call, id: number, headers: Record<string, string> = {}): Promise<Answer> {
  const found = await getContainer(call.ctx, { id })
  return json(ContainerAnswer.parse(toContainer(found)), 200, { ...headers, ETag: etag(found) })
}

async function list(call: Call): Promise<Answer> {
  refuseParameters(call)
  return listAnswer(call, ContainerAnswer, onePage((await listContainers(call.ctx, {})).map(toContainer)))
}

async function read(call: Call): Promise<Answer> {
  refuseParameters(call)
  const found = await getContainer(call.ctx, { id: idOf(call) })
  return isFresh(call, etag(found)) ? notModified(etag(found)) : shown(call, found.id)
}

const Create = z
  .strictObject({ name: text(100, { required: true }), shared: z.boolean().optional() })
  .openapi('ContainerCreate')
const READ_ONLY = Object.fromEntries(
  [
    'id',
    'owner',
    'own',
    'usable',
    'isDefault',
    'profiles',
    'instruments',
    'connectors',
    'version',
    'createDate',
    'updateDate',
  ].map((name) => [name, z.unknown().optional()]),
)
const Update = z
  .strictObject({
    name: text(100, { required: true }).optional(),
    shared: z.boolean().optional(),
    disabled: z.boolean().optional(),
    ...READ_ONLY,
  })
  .openapi('ContainerUpdate')

async function create(call: Call): Promise<Answer> {
  refuseParameters(call)
  const { id } = await createContainer(call.ctx, parseBody(Create, call.body))
  return shown(call, id, { Location: `${call.mount}/containers/${id}` })
}

async function update(call: Call): Promise<Answer> {
  refuseParameters(call)
  const before = await getContainer(call.ctx, { id: idOf(call) })
  const expected = await expectedVersion(call, before)
  const { name, shared, disabled } = parseBody(Update, asMembers(call.body))
  await updateContainer(call.ctx, { id: before.id, name, shared, disabled, expectedVersion: expected })
  return shown(call, before.id)
}

async function remove(call: Call): Promise<Answer> {
  refuseParameters(call)
  const before = await getContainer(call.ctx, { id: idOf(call) })
  await deleteContainer(call.ctx, { id: before.id, expectedVersion: await expectedVersion(call, before) })
  return { status: 204, text: null }
}

const Exclusion = z.strictObject({ disabled: z.boolean() }).openapi('ContainerExclusion')

async function exclude(call: Call): Promise<Answer> {
  refuseParameters(call)
  const { disabled } = parseBody(Exclusion, call.body)
  const { id } = await excludeMerchant(call.ctx, {
    id: idOf(call),
    merchantId: merchantOf(call, 'merchantId'),
    disabled,
  })
  return shown(call, id)
}

const Default = z.strictObject({ containerId: z.int().positive() }).openapi('DefaultContainer')

/** The merchant-wide default is the caller's own to set; another merchant of the tree is reached by Clientele-Merchant. */
async function setDefault(call: Call): Promise<Answer> {
  refuseParameters(call)
  const merchantId = merchantOf(call, 'id')
  if (merchantId !== call.ctx.merchantId) fail('MERCHANT_NOT_FOUND', { merchantId: String(merchantId) })
  const containerId = call.c.req.method === 'PUT' ? parseBody(Default, call.body).containerId : null
  await setDefaultContainer(call.ctx, { containerId })
  return containerId === null ? { status: 204, text: null } : shown(call, containerId)
}

const TAG = 'Containers'
const BODY_ERRORS = ['VALIDATION_ERROR', 'JSON_MALFORMED', 'MEDIA_TYPE_UNSUPPORTED'] as const
const WRITE_ERRORS = ['CONTAINER_NOT_FOUND', 'STALE_WRITE', 'VERSION_REQUIRED'] as const

export const CONTAINER_ROUTES: readonly GuardedRoute[] = [
  {
    method: 'get',
    path: '/containers',
    summary: 'List containers',
    description: 'Own ones, and those that a merchant above shares.',
    tag: TAG,
    permission: listContainers.permission,
    answer: listOf(ContainerAnswer),
    errors: ['QUERY_INVALID'],
    run: list,
  },
  {
    method: 'post',
    path: '/containers',
    summary: 'Create a container',
    tag: TAG,
    permission: createContainer.permission,
    body: Create,
    bodyExamples: {
      shared: { summary: 'Shared with the merchants below', value: { name: 'Wallet of the group', shared: true } },
    },
    answer: ContainerAnswer,
    errors: [...BODY_ERRORS, 'CONTAINER_NAME_TAKEN'],
    run: create,
  },
  {
    method: 'get',
    path: '/containers/{id}',
    summary: 'Read a container',
    tag: TAG,
    permission: getContainer.permission,
    answer: ContainerAnswer,
    errors: ['CONTAINER_NOT_FOUND', 'QUERY_INVALID'],
    run: read,
  },
  {
    method: 'patch',
    path: '/containers/{id}',
    summary: 'Rename, share or disable a container',
    description: 'By its owner. It holds from the next request on.',
    tag: TAG,
    permission: updateContainer.permission,
    body: Update,
    bodyExamples: { share: { summary: 'Stop sharing', value: { shared: false } } },
    answer: ContainerAnswer,
    errors: [...BODY_ERRORS, ...WRITE_ERRORS, 'CONTAINER_NAME_TAKEN'],
    run: update,
  },
  {
    method: 'delete',
    path: '/containers/{id}',
    summary: 'Delete an empty container',
    tag: TAG,
    permission: deleteContainer.permission,
    answer: null,
    errors: [...WRITE_ERRORS, 'CONTAINER_IN_USE'],
    run: remove,
  },
  {
    method: 'put',
    path: '/containers/{id}/merchants/{merchantId}',
    summary: 'Disable a container for a sub-merchant, or enable it again',
    description: 'And for the merchants below that one.',
    tag: TAG,
    permission: excludeMerchant.permission,
    body: Exclusion,
    bodyExamples: { disable: { summary: 'Disable', value: { disabled: true } } },
    answer: ContainerAnswer,
    errors: [...BODY_ERRORS, 'CONTAINER_NOT_FOUND', 'MERCHANT_NOT_FOUND'],
    run: exclude,
  },
  {
    method: 'put',
    path: '/merchants/{id}/default-container',
    summary: 'Set the container of all connectors that name none',
    description: 'Sub-merchants do not inherit it.',
    tag: TAG,
    permission: setDefaultContainer.permission,
    body: Default,
    bodyExamples: { set: { summary: 'Set', value: { containerId: 1 } } },
    answer: ContainerAnswer,
    errors: [...BODY_ERRORS, 'CONTAINER_NOT_FOUND', 'MERCHANT_NOT_FOUND'],
    run: setDefault,
  },
  {
    method: 'delete',
    path: '/merchants/{id}/default-container',
    summary: 'Take the default container away',
    tag: TAG,
    permission: setDefaultContainer.permission,
    answer: null,
    errors: ['MERCHANT_NOT_FOUND'],
    run: setDefault,
  },
]
