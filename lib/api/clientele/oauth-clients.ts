// OAuth clients: made, listed and revoked like API keys.
import { z } from '@hono/zod-openapi'
import { createOauthClient } from '../../access/keys.ts'
import { listOauthClients, type OauthClientRow, revokeOauthClient } from '../../access/oauth.ts'
import { NewOauthClient } from '../../access/schema.ts'
import { fail } from '../../core/errors.ts'
import { parseId } from '../../core/ids.ts'
import { type Answer, json } from '../http.ts'
import { parseBody } from './customer-write.ts'
import { SECRET } from './keys.ts'
import { listOf } from './lists.ts'
import { refuseParameters } from './query.ts'
import { type Call, type GuardedRoute, param } from './route.ts'
import { Id, Instant } from './wire.ts'

const OauthClientAnswer = z
  .object({
    id: Id,
    name: z.string(),
    clientId: z.string(),
    scopes: z.array(z.string()),
    state: z.enum(['active', 'revoked']),
    revokedAt: Instant.nullable(),
    createDate: Instant,
  })
  .openapi('OauthClient')
const NewClientAnswer = OauthClientAnswer.extend({
  clientSecret: z.string().openapi({ description: 'Shown this once.' }),
}).openapi('NewOauthClient')

const toClient = (found: OauthClientRow): z.output<typeof OauthClientAnswer> =>
  OauthClientAnswer.parse({
    ...found,
    state: found.revokedAt ? 'revoked' : 'active',
    revokedAt: found.revokedAt?.toISOString() ?? null,
    createDate: found.createdAt.toISOString(),
  })

async function list(call: Call): Promise<Answer> {
  refuseParameters(call)
  const data = (await listOauthClients(call.ctx, {})).map(toClient)
  return json({ data, hasMore: false, nextCursor: null, prevCursor: null })
}

const ClientBody = z.strictObject(NewOauthClient.shape).openapi('OauthClientCreate')

async function make(call: Call): Promise<Answer> {
  refuseParameters(call)
  const { client, clientSecret } = await createOauthClient(call.ctx, parseBody(ClientBody, call.body))
  return json({ ...toClient({ ...client, revokedAt: null }), clientSecret }, 200, SECRET)
}

async function revoke(call: Call): Promise<Answer> {
  refuseParameters(call)
  const asked = param(call, 'id')
  const oauthClientId = parseId(asked) || fail('OAUTH_CLIENT_NOT_FOUND', { oauthClientId: asked })
  await revokeOauthClient(call.ctx, { oauthClientId })
  return { status: 204, text: null }
}

const OAUTH = 'OAuth'

export const OAUTH_CLIENT_ROUTES: readonly GuardedRoute[] = [
  {
    method: 'get',
    path: '/oauth-clients',
    summary: 'List OAuth clients',
    tag: OAUTH,
    permission: listOauthClients.permission,
    answer: listOf(OauthClientAnswer),
    errors: ['QUERY_INVALID'],
    run: list,
  },
  {
    method: 'post',
    path: '/oauth-clients',
    summary: 'Make an OAuth client',
    description: 'Nobody grants more than they hold. The secret is shown this once.',
    tag: OAUTH,
    permission: createOauthClient.permission,
    body: ClientBody,
    bodyExamples: {
      reporting: { summary: 'A client that only reads', value: { name: 'Reporting', scopes: ['customers:read'] } },
    },
    answer: NewClientAnswer,
    errors: ['VALIDATION_ERROR', 'JSON_MALFORMED', 'MEDIA_TYPE_UNSUPPORTED', 'STEP_UP_REQUIRED'],
    run: make,
  },
  {
    method: 'delete',
    path: '/oauth-clients/{id}',
    summary: 'Revoke an OAuth client',
    description: 'It and its tokens fail from the next request on.',
    tag: OAUTH,
    permission: revokeOauthClient.permission,
    answer: null,
    errors: ['OAUTH_CLIENT_NOT_FOUND', 'STEP_UP_REQUIRED'],
    run: revoke,
  },
]
