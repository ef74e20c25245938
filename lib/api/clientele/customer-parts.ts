// What belongs to a customer: tags, timeline, duplicates, instruments, the vendor's payment methods.
import { z } from '@hono/zod-openapi'
import { can } from '../../core/ctx.ts'
import { fail } from '../../core/errors.ts'
import { tagCustomer, untagCustomer } from '../../customers/commands.ts'
import { findDuplicatesOf } from '../../customers/look-up.ts'
import { shown } from '../../customers/mask.ts'
import { findOwnRow, listHistory, listTags } from '../../customers/queries.ts'
import { Tag as TagText } from '../../customers/schema.ts'
import { listInstruments, listPaymentMethods } from '../../instruments/queries.ts'
import { type Answer, json } from '../http.ts'
import { refuseStale } from './conditions.ts'
import { customerAnswer, customerIdOf } from './customer-answer.ts'
import { parseBody } from './customer-write.ts'
import { forwardPage, listAnswer, listOf, onePage, pageBefore } from './lists.ts'
import { changedMembers } from './map.ts'
import { refuseParameters } from './query.ts'
import { PageQuery } from './query-wire.ts'
import { type Call, type GuardedRoute, param } from './route.ts'
import { InstrumentAnswer, PaymentMethod, toInstrument } from './wallet-wire.ts'
import { ChangedClient, Id, Instant } from './wire.ts'

const tagging =
  (verb: typeof tagCustomer) =>
  async (call: Call): Promise<Answer> => {
    refuseParameters(call)
    const id = await customerIdOf(call)
    const row = await findOwnRow(call.ctx, { id })
    await refuseStale(call, row)
    const { tag } = parseBody(z.strictObject({ tag: TagText }), { tag: param(call, 'tag') })
    const { customer, changedFields } = await verb(call.ctx, { id, tag })
    return customerAnswer(call, shown(call.ctx, customer), { changedFields: changedMembers(changedFields) })
  }

const TimelineEntry = z
  .object({
    id: Id,
    type: z.enum(['change', 'note']),
    date: Instant,
    action: z.string(),
    actor: z.object({ type: z.string(), name: z.string() }),
    objectType: z.string(),
    objectId: z.string(),
    fields: z.array(z.string()),
    changes: z.record(z.string(), z.object({ before: z.unknown(), after: z.unknown() })),
    requestId: z.string(),
  })
  .openapi('TimelineEntry')

async function timeline(call: Call): Promise<Answer> {
  const id = await customerIdOf(call)
  const list = ['timeline', call.ctx.merchantId, id]
  const { limit, before } = forwardPage(call, list)
  // One more than the page tells whether there is another; the core's own bound is 100.
  const entries = await listHistory(call.ctx, { id, changesOnly: true, before, limit: Math.min(limit + 1, 100) })
  const page = pageBefore(entries, Math.min(limit, 99), list)
  const data = page.data.map((entry) => ({
    ...entry,
    type: entry.objectType === 'note' ? ('note' as const) : ('change' as const),
    date: entry.at.toISOString(),
    actor: { type: entry.actorType, name: entry.actorName },
    fields: entry.fields ?? [],
    changes: entry.changes ?? {},
  }))
  return listAnswer(call, TimelineEntry, { ...page, data })
}

const NamedDuplicate = z
  .object({
    id: Id,
    customerId: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    score: z.number(),
    reasons: z.array(z.string()),
  })
  .openapi('DuplicateCandidate')

async function duplicates(call: Call): Promise<Answer> {
  refuseParameters(call)
  if (!can(call.ctx, 'pii:read')) fail('PERMISSION_MISSING', { permission: 'pii:read' })
  const found = await findDuplicatesOf(call.ctx, { id: await customerIdOf(call) })
  return listAnswer(call, NamedDuplicate, onePage(found))
}

async function instruments(call: Call): Promise<Answer> {
  refuseParameters(call)
  const found = await listInstruments(call.ctx, { customerId: await customerIdOf(call) })
  return listAnswer(call, InstrumentAnswer, onePage(found.map(toInstrument)))
}

async function paymentMethods(call: Call): Promise<Answer> {
  refuseParameters(call)
  const found = await listPaymentMethods(call.ctx, { customerId: await customerIdOf(call) })
  return json(found.map((method) => PaymentMethod.parse(method)))
}

const TagCount = z.object({ tag: z.string(), customers: z.int() }).openapi('TagCount')

async function tags(call: Call): Promise<Answer> {
  refuseParameters(call)
  return listAnswer(call, TagCount, onePage(await listTags(call.ctx, {})))
}

const TAG = 'Customers'
export const CUSTOMER_PART_ROUTES: readonly GuardedRoute[] = [
  {
    method: 'put',
    path: '/customers/{id}/tags/{tag}',
    summary: 'Tag a customer',
    tag: TAG,
    permission: tagCustomer.permission,
    answer: ChangedClient,
    errors: ['CUSTOMER_NOT_FOUND', 'CUSTOMER_ARCHIVED', 'STALE_WRITE', 'VALIDATION_ERROR'],
    run: tagging(tagCustomer),
  },
  {
    method: 'delete',
    path: '/customers/{id}/tags/{tag}',
    summary: 'Take a tag off',
    tag: TAG,
    permission: untagCustomer.permission,
    answer: ChangedClient,
    errors: ['CUSTOMER_NOT_FOUND', 'CUSTOMER_ARCHIVED', 'STALE_WRITE', 'VALIDATION_ERROR'],
    run: tagging(untagCustomer),
  },
  {
    method: 'get',
    path: '/tags',
    summary: 'List tags',
    description: 'Every tag in use and how many customers carry it.',
    tag: TAG,
    permission: listTags.permission,
    answer: listOf(TagCount),
    errors: ['QUERY_INVALID'],
    run: tags,
  },
  {
    method: 'get',
    path: '/customers/{id}/timeline',
    summary: 'What happened to a customer',
    description: 'Changes and notes in one stream, newest first. Personal values are masked without `pii:read`.',
    tag: TAG,
    permission: listHistory.permission,
    query: PageQuery,
    answer: listOf(TimelineEntry),
    errors: ['CUSTOMER_NOT_FOUND', 'QUERY_INVALID', 'CURSOR_INVALID'],
    run: timeline,
  },
  {
    method: 'get',
    path: '/customers/{id}/duplicates',
    summary: 'Who may be the same person',
    description: 'Needs `pii:read` as well.',
    tag: TAG,
    permission: findDuplicatesOf.permission,
    answer: listOf(NamedDuplicate),
    errors: ['CUSTOMER_NOT_FOUND', 'QUERY_INVALID'],
    run: duplicates,
  },
  {
    method: 'get',
    path: '/customers/{id}/instruments',
    summary: 'List saved instruments',
    tag: 'Wallet',
    permission: listInstruments.permission,
    answer: listOf(InstrumentAnswer),
    errors: ['CUSTOMER_NOT_FOUND', 'QUERY_INVALID'],
    run: instruments,
  },
  {
    method: 'get',
    path: '/users/payment-methods/{id}',
    summary: 'List payment methods',
    description: "The vendor's call: `id` is the customer's. A bare array, newest first.",
    tag: 'Wallet',
    permission: listPaymentMethods.permission,
    answer: z.array(PaymentMethod),
    errors: ['CUSTOMER_NOT_FOUND', 'QUERY_INVALID'],
    run: paymentMethods,
  },
]
