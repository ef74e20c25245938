// Customers: list, create, read, update, archive and restore.

import { archiveCustomer, createCustomer, restoreCustomer, updateCustomer } from '../../customers/commands.ts'
import { shown } from '../../customers/mask.ts'
import { getCustomer, listCustomers } from '../../customers/queries.ts'
import type { CustomerRow } from '../../customers/rules.ts'
import { ownerOf } from '../../merchants/own.ts'
import type { Answer } from '../http.ts'
import { etag, expectedVersion, isFresh, notModified } from './conditions.ts'
import { customerAnswer, customerIdOf, shapedText } from './customer-answer.ts'
import { changesOf, membersOf, parseBody, targetOf } from './customer-write.ts'
import { CUSTOMER_EXAMPLE, CUSTOMER_EXAMPLES, NEW_CUSTOMER_EXAMPLES } from './examples.ts'
import { listOf, pageAnswer } from './lists.ts'
import { changedMembers, fromClient } from './map.ts'
import {
  customerSearchOf,
  type Parameters,
  parametersOf,
  parametersOfBody,
  refuseParameters,
  singleShape,
} from './query.ts'
import { CustomerQuery, CustomerSearchBody, ShapeQuery } from './query-wire.ts'
import { clientText, withMembers } from './render.ts'
import { type Call, type GuardedRoute, param } from './route.ts'
import { ChangedClient, Client, ClientCreate, ClientUpdate, CreatedClient, FoundClient } from './wire.ts'

const TAG = 'Customers'

async function listAnswerOf(call: Call, parameters: Parameters): Promise<Answer> {
  const { search, shape } = customerSearchOf(parameters)
  const page = await listCustomers(call.ctx, search)
  const owner = await ownerOf(call.ctx)
  const isWhole = !shape.fields && shape.expand.size === 0
  const data = isWhole
    ? page.data.map((row) => clientText(row, owner))
    : await Promise.all(page.data.map((row) => shapedText(call, row, owner, shape)))
  return pageAnswer(call, { ...page, data })
}

async function read(call: Call): Promise<Answer> {
  const shape = singleShape(call)
  const id = await customerIdOf(call)
  const row = await getCustomer(call.ctx, { id })
  const tag = etag(row)
  // What is expanded changes without the customer's version, so its tag cannot promise equal bytes.
  if (shape.expand.size === 0 && isFresh(call, tag)) return notModified(tag)
  const owner = await ownerOf(call.ctx)
  const text = await shapedText(call, row, owner, shape)
  const asked = param(call, 'id')
  if (asked === String(row.id) || asked.toLowerCase() === row.customerId)
    return { status: 200, text, headers: { ETag: tag } }
  const headers = { ETag: tag, 'Content-Location': `${call.mount}/customers/${row.id}` }
  return { status: 200, text: withMembers(text, { mergedFrom: JSON.stringify(asked) }), headers }
}

async function create(call: Call): Promise<Answer> {
  refuseParameters(call)
  const input = parseBody(ClientCreate, membersOf(call, undefined))
  const { customer, possibleDuplicates } = await createCustomer(call.ctx, fromClient(input))
  const headers = { Location: `${call.mount}/customers/${customer.id}` }
  return customerAnswer(call, shown(call.ctx, customer), { possibleDuplicates }, headers)
}

async function update(call: Call): Promise<Answer> {
  refuseParameters(call)
  const id = await customerIdOf(call)
  const target = await targetOf(call, id)
  const expected = await expectedVersion(call, target.row)
  const input = parseBody(ClientUpdate, changesOf(call, target))
  const changed = await updateCustomer(call.ctx, { ...fromClient(input), id, expectedVersion: expected })
  return changedAnswer(call, changed)
}

const changedAnswer = (call: Call, { customer, changedFields }: { customer: CustomerRow; changedFields: string[] }) =>
  customerAnswer(call, shown(call.ctx, customer), { changedFields: changedMembers(changedFields) })

const lifecycle =
  (verb: typeof archiveCustomer) =>
  async (call: Call): Promise<Answer> => {
    refuseParameters(call)
    const id = await customerIdOf(call)
    const { row } = await targetOf(call, id)
    return changedAnswer(call, await verb(call.ctx, { id, expectedVersion: await expectedVersion(call, row) }))
  }

const WRITE_ERRORS = [
  'VALIDATION_ERROR',
  'JSON_MALFORMED',
  'MEDIA_TYPE_UNSUPPORTED',
  'BODY_TOO_LARGE',
  'CARD_NUMBER_REFUSED',
] as const
const KEY_ERRORS = ['IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_KEY_IN_USE'] as const
const LOCK_ERRORS = ['CUSTOMER_NOT_FOUND', 'CUSTOMER_ERASED', 'STALE_WRITE', 'VERSION_REQUIRED'] as const

const change = {
  path: '/customers/{id}' as const,
  tag: TAG,
  permission: updateCustomer.permission,
  body: ClientUpdate,
  bodyExamples: CUSTOMER_EXAMPLES,
  patch: true,
  answer: ChangedClient,
  answerExample: { ...CUSTOMER_EXAMPLE, changedFields: ['email'] },
  errors: [
    ...WRITE_ERRORS,
    ...KEY_ERRORS,
    ...LOCK_ERRORS,
    'CUSTOMER_ARCHIVED',
    'PATCH_INVALID',
    'PATCH_TEST_FAILED',
  ] as const,
  run: update,
}

export const CUSTOMER_ROUTES: readonly GuardedRoute[] = [
  {
    method: 'get',
    path: '/customers',
    summary: 'List customers',
    description: 'Newest first unless `sort` says otherwise. AND across parameters, OR within commas.',
    tag: TAG,
    permission: listCustomers.permission,
    query: CustomerQuery,
    answer: listOf(Client),
    answerExample: { data: [CUSTOMER_EXAMPLE], hasMore: false, nextCursor: null, prevCursor: null },
    errors: ['QUERY_INVALID', 'CURSOR_INVALID', 'CARD_NUMBER_REFUSED'],
    run: (call) => listAnswerOf(call, parametersOf(call)),
  },
  {
    method: 'post',
    path: '/customers',
    summary: 'Create a customer',
    tag: TAG,
    permission: createCustomer.permission,
    body: ClientCreate,
    bodyExamples: NEW_CUSTOMER_EXAMPLES,
    answer: CreatedClient,
    answerExample: { ...CUSTOMER_EXAMPLE, possibleDuplicates: [] },
    errors: [...WRITE_ERRORS, ...KEY_ERRORS, 'CUSTOMER_DUPLICATE', 'PATCH_INVALID'],
    run: create,
  },
  {
    method: 'post',
    path: '/customers/search',
    summary: 'List customers with the parameters in the body',
    description: 'Names and e-mail addresses do not belong into addresses of requests, which logs keep.',
    tag: TAG,
    permission: listCustomers.permission,
    safe: true,
    body: CustomerSearchBody,
    bodyExamples: { search: { summary: 'By text and status', value: { q: 'mara', status: ['active'], limit: 10 } } },
    answer: listOf(Client),
    errors: [...WRITE_ERRORS, 'QUERY_INVALID', 'CURSOR_INVALID'],
    run: (call) => {
      refuseParameters(call)
      return listAnswerOf(call, parametersOfBody(call.body))
    },
  },
  {
    method: 'get',
    path: '/customers/{id}',
    summary: 'Read a customer',
    description:
      'By int64 id or UUID. An archived one is shown with `archivedAt`; the id of a merged one leads to its survivor. The read is audited.',
    tag: TAG,
    permission: getCustomer.permission,
    query: ShapeQuery,
    answer: FoundClient,
    answerExample: CUSTOMER_EXAMPLE,
    errors: ['QUERY_INVALID', 'CUSTOMER_NOT_FOUND'],
    run: read,
  },
  { ...change, method: 'put', summary: 'Change a customer', description: 'Partial: only what is sent changes.' },
  { ...change, method: 'patch', summary: 'Change a customer' },
  {
    method: 'delete',
    path: '/customers/{id}',
    summary: 'Archive a customer',
    tag: TAG,
    permission: archiveCustomer.permission,
    answer: ChangedClient,
    errors: [...KEY_ERRORS, ...LOCK_ERRORS],
    run: lifecycle(archiveCustomer),
  },
  {
    method: 'post',
    path: '/customers/{id}/restore',
    summary: 'Restore an archived customer',
    tag: TAG,
    permission: restoreCustomer.permission,
    answer: ChangedClient,
    errors: [...KEY_ERRORS, ...LOCK_ERRORS],
    run: lifecycle(restoreCustomer),
  },
]
