// API keys.
import { z } from '@hono/zod-openapi'
import {
  type ApiKeyView,
  createApiKey,
  getApiKey,
  listApiKeys,
  revokeApiKey,
  rollApiKey,
  updateApiKey,
} from '../../access/keys.ts'
import { NewApiKey } from '../../access/schema.ts'
import { fail } from '../../core/errors.ts'
import { parseId } from '../../core/ids.ts'
import { type Answer, json } from '../http.ts'
import { etag, expectedVersion, isFresh, notModified } from './conditions.ts'
import { parseBody } from './customer-write.ts'
import { asMembers } from './echo.ts'
import { listAnswer, listOf } from './lists.ts'
import { limitOf, parametersOf, refuseParameters, refuseUnknown } from './query.ts'
import { PageQuery } from './query-wire.ts'
import { type Call, type GuardedRoute, param } from './route.ts'
import { Id, Instant, READ_ONLY_KEY } from './wire.ts'

/** Secrets are for nobody's cache. */
export const SECRET = { 'Cache-Control': 'no-store' }

const textOrNull = z.string().nullable()
const ApiKeyAnswer = z
  .object({
    id: Id,
    name: z.string(),
    prefix: z.string(),
    state: z.enum(['active', 'expired', 'revoked']),
    scopes: z.array(z.string()),
    networks: z.array(z.string()),
    compatStatus200: z.boolean(),
    userId: Id.nullable(),
    createdBy: z.string(),
    expiresAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
    previousUntil: Instant.nullable(),
    lastUsedAt: Instant.nullable(),
    lastUsedIp: textOrNull,
    version: z.int(),
    createDate: Instant,
    updateDate: Instant,
  })
  .openapi('ApiKey')
const NewKeyAnswer = ApiKeyAnswer.extend({ key: z.string().openapi({ description: 'Shown this once.' }) }).openapi(
  'NewApiKey',
)

const instant = (at: Date | null): string | null => at?.toISOString() ?? null

const toApiKey = (found: ApiKeyView): z.output<typeof ApiKeyAnswer> =>
  ApiKeyAnswer.parse({
    ...found,
    userId: found.ownerStaffId,
    expiresAt: instant(found.expiresAt),
    revokedAt: instant(found.revokedAt),
    previousUntil: instant(found.previousUntil),
    lastUsedAt: instant(found.lastUsedAt),
    createDate: found.createdAt.toISOString(),
    updateDate: found.updatedAt.toISOString(),
  })

const keyAnswer = (found: ApiKeyView): Answer => json(toApiKey(found), 200, { ETag: etag(found) })
const newKeyAnswer = (call: Call, made: { apiKey: ApiKeyView; key: string }): Answer => {
  const headers = { ...SECRET, ETag: etag(made.apiKey), Location: `${call.mount}/api-keys/${made.apiKey.id}` }
  return json({ ...toApiKey(made.apiKey), key: made.key }, 200, headers)
}

function keyIdOf(call: Call): number {
  const asked = param(call, 'id')
  return parseId(asked) || fail('API_KEY_NOT_FOUND', { apiKeyId: asked })
}

const KEY_PARAMETERS = new Set(['state', 'limit', 'cursor'])

async function keys(call: Call): Promise<Answer> {
  const parameters = parametersOf(call)
  refuseUnknown(parameters, KEY_PARAMETERS)
  const state = parameters.get('state')?.text === 'active' ? 'active' : 'all'
  const page = await listApiKeys(call.ctx, {
    state,
    limit: limitOf(parameters),
    cursor: parameters.get('cursor')?.text,
  })
  return listAnswer(call, ApiKeyAnswer, { ...page, data: page.data.map(toApiKey) })
}

const KeyBody = z.strictObject(NewApiKey.shape).openapi('ApiKeyCreate')
const KeyPatch = z
  .strictObject({
    name: KeyBody.shape.name.optional(),
    networks: KeyBody.shape.networks.unwrap().optional(),
    expiresAt: KeyBody.shape.expiresAt.unwrap().optional(),
    compatStatus200: KeyBody.shape.compatStatus200.unwrap().optional(),
    ...READ_ONLY_KEY,
  })
  .openapi('ApiKeyUpdate')

async function makeKey(call: Call): Promise<Answer> {
  refuseParameters(call)
  return newKeyAnswer(call, await createApiKey(call.ctx, parseBody(KeyBody, call.body)))
}

async function readKey(call: Call): Promise<Answer> {
  refuseParameters(call)
  const found = await getApiKey(call.ctx, { keyId: keyIdOf(call) })
  return isFresh(call, etag(found)) ? notModified(etag(found)) : keyAnswer(found)
}

async function editKey(call: Call): Promise<Answer> {
  refuseParameters(call)
  const before = await getApiKey(call.ctx, { keyId: keyIdOf(call) })
  const expected = await expectedVersion(call, before)
  const { name, networks, expiresAt, compatStatus200 } = parseBody(KeyPatch, asMembers(call.body))
  const isEcho = expiresAt !== undefined && expiresAt === instant(before.expiresAt)
  const patch = { name, networks, expiresAt: isEcho ? undefined : expiresAt, compatStatus200 }
  return keyAnswer(await updateApiKey(call.ctx, { keyId: before.id, expectedVersion: expected, ...patch }))
}

async function revoke(call: Call): Promise<Answer> {
  refuseParameters(call)
  return keyAnswer(await revokeApiKey(call.ctx, { keyId: keyIdOf(call) }))
}

const RollBody = z.strictObject({ keepOld: z.enum(['0h', '24h', '7d']).optional() }).openapi('ApiKeyRoll')

async function roll(call: Call): Promise<Answer> {
  refuseParameters(call)
  const { keepOld } = parseBody(RollBody, call.body ?? {})
  return newKeyAnswer(call, await rollApiKey(call.ctx, { keyId: keyIdOf(call), keepOld }))
}

const KEYS = 'Keys'
const BODY_ERRORS = ['VALIDATION_ERROR', 'JSON_MALFORMED', 'MEDIA_TYPE_UNSUPPORTED'] as const
const KEY_EXAMPLE = {
  reporting: { summary: 'A key that only reads', value: { name: 'Reporting', scopes: ['customers:read'] } },
}

export const KEY_ROUTES: readonly GuardedRoute[] = [
  {
    method: 'get',
    path: '/api-keys',
    summary: 'List API keys',
    tag: KEYS,
    permission: listApiKeys.permission,
    query: PageQuery.extend({ state: z.enum(['active', 'all']).optional() }),
    answer: listOf(ApiKeyAnswer),
    errors: ['QUERY_INVALID', 'CURSOR_INVALID'],
    run: keys,
  },
  {
    method: 'post',
    path: '/api-keys',
    summary: 'Make an API key',
    description: 'Nobody grants more than they hold. The key is shown this once.',
    tag: KEYS,
    permission: createApiKey.permission,
    body: KeyBody,
    bodyExamples: KEY_EXAMPLE,
    answer: NewKeyAnswer,
    errors: [...BODY_ERRORS, 'STEP_UP_REQUIRED'],
    run: makeKey,
  },
  {
    method: 'get',
    path: '/api-keys/{id}',
    summary: 'Read an API key',
    tag: KEYS,
    permission: getApiKey.permission,
    answer: ApiKeyAnswer,
    errors: ['API_KEY_NOT_FOUND'],
    run: readKey,
  },
  {
    method: 'patch',
    path: '/api-keys/{id}',
    summary: 'Change an API key',
    tag: KEYS,
    permission: updateApiKey.permission,
    body: KeyPatch,
    bodyExamples: { rename: { summary: 'Rename', value: { name: 'Reporting, Berlin' } } },
    answer: ApiKeyAnswer,
    errors: [...BODY_ERRORS, 'API_KEY_NOT_FOUND', 'STALE_WRITE', 'VERSION_REQUIRED', 'STEP_UP_REQUIRED'],
    run: editKey,
  },
  {
    method: 'delete',
    path: '/api-keys/{id}',
    summary: 'Revoke an API key',
    description: 'It fails from the next request on.',
    tag: KEYS,
    permission: revokeApiKey.permission,
    answer: ApiKeyAnswer,
    errors: ['API_KEY_NOT_FOUND', 'STEP_UP_REQUIRED'],
    run: revoke,
  },
  {
    method: 'post',
    path: '/api-keys/{id}/roll',
    summary: 'Roll an API key',
    description: 'A new secret; the old one works on for 0 hours, 24 hours (unless said otherwise) or 7 days.',
    tag: KEYS,
    permission: rollApiKey.permission,
    body: RollBody,
    bodyRequired: false,
    bodyExamples: { week: { summary: 'Keep the old one for a week', value: { keepOld: '7d' } } },
    answer: NewKeyAnswer,
    errors: [...BODY_ERRORS, 'API_KEY_NOT_FOUND', 'STEP_UP_REQUIRED'],
    run: roll,
  },
]
