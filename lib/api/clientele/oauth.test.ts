// Each rule of the RFCs that a client can notice, in the order of RFC 6749, 7009, 7662, 8414.
import { beforeAll, describe, expect, test } from 'vitest'
import { db, openDb } from '#db/client'
import { auditEvents, oauthClients, oauthTokens } from '#db/schema'
import { at, makeMerchant } from '#db/testing/make'
import { ctxOfCredential } from '../../access/credentials.ts'
import { createOauthClient } from '../../access/keys.ts'
import { revokeOauthClient } from '../../access/oauth.ts'
import { flushReads } from '../../core/record.ts'
import { sweepRetention } from '../../jobs/retention.ts'
import { call, client, codeOf } from '../testing.ts'

type Pair = { id: number; clientId: string; secret: string }
let merchantId: number
let full: Pair
let reader: Pair

async function make(scopes: string[]): Promise<Pair> {
  const { client: made, clientSecret } = await createOauthClient(at(merchantId), { name: 'ERP', scopes })
  return { id: made.id, clientId: made.clientId, secret: clientSecret }
}

beforeAll(async () => {
  await openDb()
  merchantId = (await makeMerchant('Harbor Books')).id
  full = await make(['*'])
  reader = await make(['customers:read'])
})

const FORM = 'application/x-www-form-urlencoded'
const basic = ({ clientId, secret }: Pick<Pair, 'clientId' | 'secret'>) => ({
  Authorization: `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64')}`,
})
const post = (path: string, form: Record<string, string> | string, headers: Record<string, string> = {}) =>
  call('POST', `/api/oauth/${path}`, { raw: new URLSearchParams(form).toString(), type: FORM, headers })
const GRANT = { grant_type: 'client_credentials' }
const tokenOf = async (pair: Pair, scope?: string): Promise<string> =>
  (await post('token', { ...GRANT, ...(scope && { scope }) }, basic(pair))).body.access_token
const bearer = (token: string) => client({ Authorization: `Bearer ${token}` })
const refusalOf = (answer: Awaited<ReturnType<typeof call>>) => [answer.status, answer.body.error]

describe('RFC 6749: the token endpoint', () => {
  test('answers exactly the members of §5.1, for nobody to keep', async () => {
    const answer = await post('token', { ...GRANT, scope: 'customers:read' }, basic(full))
    expect([answer.status, answer.body]).toEqual([
      200,
      { access_token: expect.stringMatching(/^ot_/), token_type: 'Bearer', expires_in: 900, scope: 'customers:read' },
    ])
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('pragma')).toBe('no-cache')
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
  })

  test('takes the client in the form as well', async () => {
    const form = { ...GRANT, client_id: reader.clientId, client_secret: reader.secret }
    expect((await post('token', form)).body.scope).toBe('customers:read')
  })

  test('ignores parameters it does not know and treats empty ones as absent', async () => {
    const answer = await post('token', { ...GRANT, scope: '', resource: 'x' }, basic(reader))
    expect([answer.status, answer.body.scope]).toEqual([200, 'customers:read'])
  })

  test('an unknown client, a wrong secret, another scheme and none at all are invalid_client', async () => {
    const wrong = [
      basic({ clientId: 'oc_nobody', secret: 'x' }),
      basic({ clientId: full.clientId, secret: 'x' }),
      { Authorization: 'Bearer x' },
      { Authorization: `Basic ${Buffer.from('no colon').toString('base64')}` },
      {},
    ]
    for (const headers of wrong) {
      const refused = await post('token', GRANT, headers)
      expect(refusalOf(refused)).toEqual([401, 'invalid_client'])
      expect(refused.headers.get('www-authenticate')).toMatch(/^Basic /)
      expect(refused.headers.get('cache-control')).toBe('no-store')
      expect(Object.keys(refused.body)).toEqual(['error', 'error_description'])
    }
  })

  test('a grant that is missing is invalid_request, another one unsupported_grant_type', async () => {
    expect(refusalOf(await post('token', {}, basic(full)))).toEqual([400, 'invalid_request'])
    const other = await post('token', { grant_type: 'password' }, basic(full))
    expect(refusalOf(other)).toEqual([400, 'unsupported_grant_type'])
  })

  test('a parameter twice, two ways to authenticate, another client_id, JSON: invalid_request', async () => {
    const twice = `grant_type=client_credentials&grant_type=client_credentials`
    expect(refusalOf(await post('token', twice, basic(full)))).toEqual([400, 'invalid_request'])
    const both = { ...GRANT, client_id: full.clientId, client_secret: full.secret }
    expect(refusalOf(await post('token', both, basic(full)))).toEqual([400, 'invalid_request'])
    const other = { ...GRANT, client_id: reader.clientId }
    expect(refusalOf(await post('token', other, basic(full)))).toEqual([400, 'invalid_request'])
    const asJson = await call('POST', '/api/oauth/token', { body: GRANT, headers: basic(full) })
    expect(refusalOf(asJson)).toEqual([400, 'invalid_request'])
  })

  test('a secret in the address is refused', async () => {
    const refused = await post(`token?client_secret=${full.secret}`, { ...GRANT, client_id: full.clientId })
    expect(refusalOf(refused)).toEqual([400, 'invalid_request'])
  })

  test('only POST is taken', async () => {
    expect((await call('GET', '/api/oauth/token')).status).toBe(405)
  })

  test.each(['customers:write', 'customers:read customers:write', '*', 'nonsense', '  '])(
    'never more than the client holds: %s is invalid_scope',
    async (scope) => {
      expect(refusalOf(await post('token', { ...GRANT, scope }, basic(reader)))).toEqual([400, 'invalid_scope'])
    },
  )
})

describe('an access token', () => {
  test('opens what its scopes say; too little scope is 403 naming it', async () => {
    const token = await tokenOf(full, 'customers:read')
    expect((await bearer(token).get('/customers')).status).toBe(200)
    const refused = await bearer(token).post('/customers', { name: 'Mara', email: 'mara@example.com' })
    expect([refused.status, refused.body.error.details.permission]).toEqual([403, 'customers:write'])
    expect(refused.headers.get('www-authenticate')).toContain('error="insufficient_scope", scope="customers:write"')
    expect((await bearer(token).get('/me')).body).toMatchObject({
      actor: { type: 'client', name: 'ERP' },
      permissions: ['customers:read'],
    })
  })

  test('is no API key and no Basic user name', async () => {
    const token = await tokenOf(full)
    expect(codeOf(await client({ 'X-API-Key': token }).get('/me'))).toBe('CREDENTIALS_INVALID')
    const asUser = { Authorization: `Basic ${Buffer.from(`${token}:`).toString('base64')}` }
    expect(codeOf(await client(asUser).get('/me'))).toBe('CREDENTIALS_INVALID')
  })

  test('ends after 15 minutes and is swept a day later', async () => {
    const token = await tokenOf(full)
    const use = (ms: number) =>
      ctxOfCredential({ bearer: token, ip: null, requestId: 'req_test', now: () => new Date(Date.now() + ms) })
    expect((await use(890_000)).merchantId).toBe(merchantId)
    await expect(use(901_000)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' })
    await sweepRetention(new Date(Date.now() + 2 * 86_400_000))
    expect(await db().read.select().from(oauthTokens)).toEqual([])
    expect(codeOf(await bearer(token).get('/me'))).toBe('CREDENTIALS_INVALID')
  })

  test('ends at once with its client, which gets no other', async () => {
    const brief = await make(['*'])
    const token = await tokenOf(brief)
    expect((await bearer(token).get('/me')).status).toBe(200)
    const stranger = (await makeMerchant('Atlas Travel')).id
    const foreign = revokeOauthClient(at(stranger), { oauthClientId: brief.id })
    await expect(foreign).rejects.toMatchObject({ code: 'OAUTH_CLIENT_NOT_FOUND' })
    await revokeOauthClient(at(merchantId), { oauthClientId: brief.id })
    await revokeOauthClient(at(merchantId), { oauthClientId: brief.id })
    expect(codeOf(await bearer(token).get('/me'))).toBe('CREDENTIALS_INVALID')
    expect(refusalOf(await post('token', GRANT, basic(brief)))).toEqual([401, 'invalid_client'])
  })
})

test('clients are made, listed and revoked by API, and their tokens end with them', async () => {
  const admin = bearer(await tokenOf(full))
  const made = await admin.post('/oauth-clients', { name: 'Reporting', scopes: ['customers:read'] })
  const { clientSecret, ...shown } = made.body
  expect([made.status, made.headers.get('cache-control'), shown.state]).toEqual([200, 'no-store', 'active'])
  const token = await tokenOf({ id: shown.id, clientId: shown.clientId, secret: clientSecret })
  expect((await bearer(token).get('/customers')).status).toBe(200)
  const listed = await admin.get('/oauth-clients')
  expect(listed.body.data).toContainEqual(shown)
  expect(listed.text).not.toContain(clientSecret)
  expect((await admin.delete(`/oauth-clients/${shown.id}`)).status).toBe(204)
  expect((await bearer(token).get('/customers')).status).toBe(401)
  expect(codeOf(await admin.delete('/oauth-clients/999999'))).toBe('OAUTH_CLIENT_NOT_FOUND')
  const few = bearer(await tokenOf(full, 'keys:write'))
  const more = await few.post('/oauth-clients', { name: 'Too much', scopes: ['customers:read'] })
  expect([more.status, more.body.error.details.permission]).toEqual([403, 'customers:read'])
})

describe('RFC 7009: revocation', () => {
  test('ends the token; an unknown one, another client’s and a repetition are 200 and change nothing', async () => {
    const [mine, other] = [await tokenOf(full), await tokenOf(reader)]
    const hinted = { token: mine, token_type_hint: 'refresh_token' }
    for (const form of [hinted, hinted, { token: 'nothing' }, { token: other }]) {
      expect((await post('revoke', form, basic(full))).status).toBe(200)
    }
    expect(codeOf(await bearer(mine).get('/me'))).toBe('CREDENTIALS_INVALID')
    expect((await bearer(other).get('/me')).status).toBe(200)
  })

  test('needs a token and the client', async () => {
    expect(refusalOf(await post('revoke', {}, basic(full)))).toEqual([400, 'invalid_request'])
    expect(refusalOf(await post('revoke', { token: 'x' }))).toEqual([401, 'invalid_client'])
  })
})

describe('RFC 7662: introspection', () => {
  test('tells a client about its own token', async () => {
    const answer = await post('introspect', { token: await tokenOf(reader) }, basic(reader))
    expect(answer.body).toMatchObject({ active: true, scope: 'customers:read', token_type: 'Bearer' })
    expect(answer.body).toMatchObject({ client_id: reader.clientId, exp: answer.body.iat + 900 })
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('of another client’s, an ended or unknown one it tells exactly that it is not active', async () => {
    const ended = await tokenOf(full)
    await post('revoke', { token: ended }, basic(full))
    for (const token of [await tokenOf(reader), ended, 'nothing']) {
      expect((await post('introspect', { token }, basic(full))).text).toBe('{"active":false}')
    }
    expect(refusalOf(await post('introspect', { token: 'x' }))).toEqual([401, 'invalid_client'])
  })
})

test('RFC 8414 and 9728: the metadata name the endpoints that are served', async () => {
  const { body } = await call('GET', '/.well-known/oauth-authorization-server')
  for (const name of ['token', 'revocation', 'introspection']) {
    const path = new URL(body[`${name}_endpoint`]).pathname
    expect(refusalOf(await call('POST', path, { raw: '', type: FORM }))).toEqual([401, 'invalid_client'])
    expect(body[`${name}_endpoint_auth_methods_supported`]).toEqual(['client_secret_basic', 'client_secret_post'])
  }
  expect(body).toMatchObject({ grant_types_supported: ['client_credentials'], response_types_supported: [] })
  const resource = (await call('GET', '/.well-known/oauth-protected-resource')).body
  expect(resource).toMatchObject({ resource: `${body.issuer}/api`, authorization_servers: [body.issuer] })
})

test('wrong secrets wait like wrong passwords, and another client does not', async () => {
  const guessed = await make(['*'])
  const wrong = { ...guessed, secret: 'wrong' }
  const answers = []
  for (let i = 0; i < 12; i++) answers.push(await post('token', GRANT, basic(wrong)))
  const limited = answers.find(({ status }) => status === 429)
  expect(limited && codeOf(limited)).toBe('RATE_LIMITED')
  expect(Number(limited?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await post('token', GRANT, basic(guessed))).status).toBe(429)
  expect((await post('token', GRANT, basic(reader))).status).toBe(200)
})

test('what happens is audited, and no token or secret is stored in clear', async () => {
  const own = await make(['*'])
  const token = await tokenOf(own)
  await post('token', GRANT, basic({ ...own, secret: 'wrong-secret-canary' }))
  await post('revoke', { token }, basic(own))
  const kept = await tokenOf(own)
  await flushReads()
  const audit = await db().read.select().from(auditEvents)
  const actions = audit.filter((event) => event.actorType === 'client' && event.actorId === own.id)
  expect(new Set(actions.map(({ action }) => action))).toEqual(
    new Set(['oauth_token.issued', 'oauth_client.refused', 'oauth_token.revoked']),
  )
  const stored = JSON.stringify([
    audit,
    await db().read.select().from(oauthClients),
    await db().read.select().from(oauthTokens),
  ])
  for (const secret of [token, kept, own.secret, 'wrong-secret-canary']) expect(stored).not.toContain(secret)
})
