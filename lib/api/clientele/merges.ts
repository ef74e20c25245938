// Merging customers, what was merged, and undoing it.
import { z } from '@hono/zod-openapi'
import { fail } from '../../core/errors.ts'
import { shown } from '../../customers/mask.ts'
import { mergeCustomers, undoMerge } from '../../duplicates/merge.ts'
import { getMerge, listMerges, type MergeView, previewMerge } from '../../duplicates/queries.ts'
import { MERGE_FIELD_NAMES } from '../../duplicates/schema.ts'
import { ownerOf } from '../../merchants/own.ts'
import { type Answer, json } from '../http.ts'
import { expectedVersion } from './conditions.ts'
import { customerIdOf } from './customer-answer.ts'
import { parseBody, targetOf } from './customer-write.ts'
import { forwardPage, listAnswer, listOf, pageBefore } from './lists.ts'
import { changedMembers, toClient } from './map.ts'
import { refuseParameters } from './query.ts'
import { PageQuery } from './query-wire.ts'
import { type Call, type GuardedRoute, param } from './route.ts'
import { Client, Id, Instant } from './wire.ts'

const duplicateIds = z.array(Id).min(1).max(10)
const PreviewBody = z.strictObject({ duplicateIds }).openapi('MergePreviewRequest')
const MergeBody = z
  .strictObject({
    duplicateIds,
    winners: z.partialRecord(z.enum(MERGE_FIELD_NAMES), Id).optional().openapi({
      description: 'Whose value stays, by field. Unless said the survivor’s, and where it has none the first other.',
    }),
  })
  .openapi('MergeRequest')

const Blocker = z.object({
  code: z.enum(['PROFILE_CLASH']),
  containerId: Id,
  container: z.string(),
  profiles: z.array(z.object({ profileGuid: z.string(), customerId: Id })),
})
const Preview = z
  .object({
    survivorId: Id,
    fields: z.array(
      z.object({
        field: z.enum(MERGE_FIELD_NAMES),
        winner: Id,
        values: z.array(z.object({ customerId: Id, value: z.unknown() })),
        differs: z.boolean(),
      }),
    ),
    moves: z.object({
      instruments: z.int(),
      notes: z.int(),
      transactions: z.int(),
      tags: z.int(),
      consents: z.int(),
    }),
    blockers: z.array(Blocker),
  })
  .openapi('MergePreview')

const MergedAnswer = z.object({ mergeId: Id, customer: Client }).openapi('Merged')
const UnmergedAnswer = z
  .object({ mergeId: Id, customer: Client, duplicates: z.array(Client), keptFields: z.array(z.string()) })
  .openapi('Unmerged')
const MergeAnswer = z
  .object({
    id: Id,
    survivorId: Id,
    duplicateIds: z.array(Id),
    changedFields: z.array(z.string()),
    actorName: z.string(),
    createDate: Instant,
    undoDate: Instant.nullable(),
  })
  .openapi('Merge')

const toMerge = ({ createdAt, undoneAt, changedFields, ...view }: MergeView) => ({
  ...view,
  changedFields: changedMembers(changedFields),
  createDate: createdAt.toISOString(),
  undoDate: undoneAt?.toISOString() ?? null,
})

async function preview(call: Call): Promise<Answer> {
  refuseParameters(call)
  const id = await customerIdOf(call)
  return json(Preview.parse(await previewMerge(call.ctx, { id, ...parseBody(PreviewBody, call.body) })))
}

async function merge(call: Call): Promise<Answer> {
  refuseParameters(call)
  const id = await customerIdOf(call)
  const { row } = await targetOf(call, id)
  const input = parseBody(MergeBody, call.body)
  const version = await expectedVersion(call, row)
  const { mergeId, customer } = await mergeCustomers(call.ctx, { id, expectedVersion: version, ...input })
  const owner = await ownerOf(call.ctx)
  const body = { mergeId, customer: toClient(shown(call.ctx, customer), owner) }
  return { ...json(body, 200, { Location: `${call.mount}/merges/${mergeId}` }), customerId: customer.id }
}

const mergeIdOf = (call: Call): number => {
  const asked = param(call, 'mergeId')
  return /^[1-9][0-9]{0,14}$/.test(asked) ? Number(asked) : fail('MERGE_NOT_FOUND', { mergeId: asked })
}

async function list(call: Call): Promise<Answer> {
  const which = ['merges', call.ctx.merchantId]
  const { limit, before } = forwardPage(call, which)
  const page = pageBefore(await listMerges(call.ctx, { before, limit: limit + 1 }), limit, which)
  return listAnswer(call, MergeAnswer, { ...page, data: page.data.map(toMerge) })
}

async function read(call: Call): Promise<Answer> {
  refuseParameters(call)
  return json(toMerge(await getMerge(call.ctx, { mergeId: mergeIdOf(call) })))
}

async function undo(call: Call): Promise<Answer> {
  refuseParameters(call)
  const mergeId = mergeIdOf(call)
  const { customer, duplicates, kept } = await undoMerge(call.ctx, { mergeId })
  const owner = await ownerOf(call.ctx)
  const [survivor, ...others] = [customer, ...duplicates].map((row) => toClient(shown(call.ctx, row), owner))
  const body = { mergeId, customer: survivor, duplicates: others, keptFields: changedMembers(kept) }
  return { ...json(body), customerId: customer.id }
}

const TAG = 'Duplicates'
const WRITES = [
  'VALIDATION_ERROR',
  'JSON_MALFORMED',
  'MEDIA_TYPE_UNSUPPORTED',
  'BODY_TOO_LARGE',
  'CUSTOMER_NOT_FOUND',
  'CUSTOMER_ARCHIVED',
  'CUSTOMER_ERASED',
] as const

export const MERGE_ROUTES: readonly GuardedRoute[] = [
  {
    method: 'post',
    path: '/customers/{id}/merge-preview',
    summary: 'See what a merge would do',
    description: 'Values and default winners by field, what would come over, and what stands against it.',
    tag: TAG,
    permission: previewMerge.permission,
    safe: true,
    body: PreviewBody,
    bodyExamples: { one: { summary: 'One duplicate', value: { duplicateIds: [48_300] } } },
    answer: Preview,
    errors: WRITES,
    run: preview,
  },
  {
    method: 'post',
    path: '/customers/{id}/merge',
    summary: 'Merge duplicates into a customer',
    description: 'Every id of theirs leads to this customer from then on. Undone by POST /merges/{mergeId}/undo.',
    tag: TAG,
    permission: mergeCustomers.permission,
    body: MergeBody,
    bodyExamples: {
      plain: { summary: 'The survivor’s values win', value: { duplicateIds: [48_300] } },
      chosen: { summary: 'With a choice', value: { duplicateIds: [48_300], winners: { email: 48_300 } } },
    },
    answer: MergedAnswer,
    errors: [
      ...WRITES,
      'MERGE_BLOCKED',
      'STALE_WRITE',
      'VERSION_REQUIRED',
      'IDEMPOTENCY_KEY_REUSED',
      'IDEMPOTENCY_KEY_IN_USE',
    ],
    run: merge,
  },
  {
    method: 'get',
    path: '/merges',
    summary: 'List merges',
    tag: TAG,
    permission: listMerges.permission,
    query: PageQuery,
    answer: listOf(MergeAnswer),
    errors: ['QUERY_INVALID', 'CURSOR_INVALID'],
    run: list,
  },
  {
    method: 'get',
    path: '/merges/{mergeId}',
    summary: 'Read a merge',
    tag: TAG,
    permission: getMerge.permission,
    answer: MergeAnswer,
    errors: ['MERGE_NOT_FOUND'],
    run: read,
  },
  {
    method: 'post',
    path: '/merges/{mergeId}/undo',
    summary: 'Undo a merge',
    description: 'What moved goes back. What was changed or added since stays with the survivor, see `keptFields`.',
    tag: TAG,
    permission: undoMerge.permission,
    answer: UnmergedAnswer,
    errors: ['MERGE_NOT_FOUND', 'MERGE_UNDONE', 'MERGE_ERASED', 'MERGE_COVERED', 'STALE_WRITE'],
    run: undo,
  },
]
