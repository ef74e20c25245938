// The webhook calls of the Stax API.
import { z } from '@hono/zod-openapi'
import { appError, fail } from '../../core/errors.ts'
import { isUuid } from '../../core/ids.ts'
import { ownMerchant } from '../../merchants/own.ts'
import { createWebhook, deleteWebhook, type Webhook } from '../../webhooks/commands.ts'
import { getWebhook, pageWebhooks } from '../../webhooks/queries.ts'
import { type Answer, json } from '../http.ts'
import { parseWire } from './customer-body.ts'
import { refusal } from './errors.ts'
import { spaced } from './map.ts'
import { askedPage, pageOf, paginator } from './paging.ts'
import { type Call, param, type Route } from './route.ts'
import { EVENT_NAMES, eventsOf } from './webhook.ts'
import { Flag, withoutEmpty } from './wire.ts'

const Meta = z.preprocess(
  (value) => (typeof value === 'object' && value !== null ? value : {}),
  z.object({
    response_body: Flag.optional(),
    webhook_retry_frequency: z.coerce.number().int().min(1).max(1440).optional(),
    webhook_retry_count: z.coerce.number().int().min(0).max(20).optional(),
  }),
)
const WebhookBody = z
  .object({
    target_url: z.string({ error: 'is required' }).max(2048),
    event: z
      .string({ error: 'is required' })
      .refine((name) => eventsOf(name) !== undefined, { message: 'is not an event', params: { code: 'VALUE_UNKNOWN' } })
      .openapi({ enum: EVENT_NAMES }),
    fire_for_all_merchants: Flag.optional(),
    meta: Meta.optional(),
  })
  .openapi('WebhookBody')

const Text = z.string().nullable()
const WebhookAnswer = z
  .object({
    id: z.uuid(),
    user_id: Text,
    merchant_id: Text,
    reference_id: Text,
    url: z.string(),
    event: z.string(),
    created_at: z.string(),
    updated_at: z.string(),
    deleted_at: Text,
  })
  .openapi('Webhook')

async function rendered({ ctx }: Call, found: readonly Webhook[]): Promise<z.infer<typeof WebhookAnswer>[]> {
  const { merchantUuid } = await ownMerchant(ctx, {})
  return found.map((one) => ({
    id: one.webhookId,
    user_id: null,
    merchant_id: one.subtree ? null : merchantUuid,
    reference_id: null,
    url: one.url,
    event: one.name,
    created_at: spaced(one.createdAt),
    updated_at: spaced(one.updatedAt),
    deleted_at: one.deletedAt && spaced(one.deletedAt),
  }))
}

const answer = async (call: Call, webhook: Webhook): Promise<Answer> => json((await rendered(call, [webhook]))[0])

/** What is wrong with a subscription is 422 for every key, as the vendor has it. */
async function create(call: Call): Promise<Answer> {
  try {
    return await subscribe(call)
  } catch (err) {
    if (appError(err)?.kind !== 'invalid') throw err
    return refusal(err, call.ctx.requestId, true)
  }
}

async function subscribe(call: Call): Promise<Answer> {
  const sent = withoutEmpty({ ...Object.fromEntries(call.query), ...call.body })
  const { target_url, event, fire_for_all_merchants, meta = {} } = parseWire(WebhookBody, sent)
  const { response_body, webhook_retry_frequency, webhook_retry_count } = meta
  const asked = response_body || webhook_retry_frequency !== undefined || webhook_retry_count !== undefined
  const retries = asked
    ? { retryMinutes: webhook_retry_frequency ?? 5, retryCount: webhook_retry_count ?? 1 }
    : { retryMinutes: null, retryCount: null }
  const wanted = { url: target_url, name: event, events: eventsOf(event) ?? [], subtree: fire_for_all_merchants }
  return answer(call, await createWebhook(call.ctx, { ...wanted, ...retries }))
}

const idOf = (call: Call): { webhookId: string } => {
  const webhookId = param(call, 'id')
  return isUuid(webhookId) ? { webhookId } : fail('WEBHOOK_NOT_FOUND', { webhookId })
}

async function list(call: Call): Promise<Answer> {
  const asked = askedPage(call.query, 20)
  const { found, total } = await pageWebhooks(call.ctx, asked)
  const data = await rendered(call, found)
  return json(paginator({ path: '/webhook', query: call.query, ...asked, total, data }))
}

const tag = 'Webhooks'
const NOT_FOUND = '`{"id": ["Webhook could not be found"]}`'

export const WEBHOOK_ROUTES: readonly Route[] = [
  {
    method: 'post',
    path: '/webhook',
    summary: 'Subscribe an https address to one event, as body or query',
    description:
      'The object as the matching GET shows it, with the header `stax-event-name` and those of Standard Webhooks.',
    tag,
    permission: 'webhooks:write',
    body: WebhookBody,
    bodyExample: { target_url: 'https://hooks.example.com/stax', event: 'create_customer' },
    answer: WebhookAnswer,
    refusals: { 422: 'A bag of field → messages' },
    run: create,
  },
  {
    method: 'get',
    path: '/webhook',
    summary: 'List webhooks, newest first',
    tag,
    permission: 'webhooks:read',
    query: z.object({ page: z.int().optional(), per_page: z.int().optional() }),
    answer: pageOf(WebhookAnswer, 'WebhookPage'),
    refusals: {},
    run: list,
  },
  {
    method: 'get',
    path: '/webhook/list',
    summary: 'All webhooks as a bare array',
    tag,
    permission: 'webhooks:read',
    answer: z.array(WebhookAnswer),
    refusals: {},
    run: async (call) => json(await rendered(call, (await pageWebhooks(call.ctx, { page: 1, perPage: 1000 })).found)),
  },
  {
    method: 'get',
    path: '/webhook/{id}',
    summary: 'One webhook',
    tag,
    permission: 'webhooks:read',
    answer: WebhookAnswer,
    refusals: { 422: NOT_FOUND },
    run: async (call) => answer(call, await getWebhook(call.ctx, idOf(call))),
  },
  {
    method: 'delete',
    path: '/webhook/{id}',
    summary: 'End a subscription',
    tag,
    permission: 'webhooks:write',
    answer: WebhookAnswer,
    refusals: { 422: NOT_FOUND },
    run: async (call) => answer(call, await deleteWebhook(call.ctx, idOf(call))),
  },
]
