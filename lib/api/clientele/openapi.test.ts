// The document and the routes say the same, and every example is true.
import { beforeAll, describe, expect, test } from 'vitest'
import { openDb } from '#db/client'
import { at, makeMerchant } from '#db/testing/make'
import { createApiKey } from '../../access/keys.ts'
import { ERRORS, statusOf } from '../../core/errors.ts'
import { isPermission } from '../../core/permissions.ts'
import { api as app } from '../app.ts'
import { errorSlug } from '../problem.ts'
import { type Client, call, client, codeOf } from '../testing.ts'
import { MOUNTS, ROUTES } from './app.ts'
import type { GuardedRoute } from './route.ts'

type Operation = {
  operationId: string
  summary: string
  'x-permission'?: string
  requestBody?: unknown
  responses: Record<string, unknown>
}
let document: { openapi: string; paths: Record<string, Record<string, Operation>> }
let api: Client
let nobody: Client
const guarded = ROUTES.filter((route): route is GuardedRoute => !route.open)
const named = <T extends { method: string; path: string }>(routes: readonly T[]) =>
  routes.map((route) => [`${route.method.toUpperCase()} ${route.path}`, route] as const)
/** A path with something in each of its places. */
const pathOf = (path: string) => path.replaceAll(/\{\w+\}/g, '999999')

beforeAll(async () => {
  await openDb()
  const { id } = await makeMerchant('Harbor Books')
  api = client((await createApiKey(at(id), { name: 'full', scopes: ['*'] })).key)
  nobody = client((await createApiKey(at(id), { name: 'none', scopes: ['analytics:read'] })).key)
  document = (await call('GET', '/api/openapi/clientele.json')).body
})

describe('the document', () => {
  test('is OpenAPI 3.1 and lists exactly the routes that are served', () => {
    expect(document.openapi).toBe('3.1.0')
    const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    )
    expect(listed.sort()).toEqual(ROUTES.map(({ method, path }) => `${method} /api${path}`).sort())
    const served = app.routes
      .map(({ method, path }) => `${method} ${path}`)
      .filter(
        (route) => !/ \/(\.well-known\/|api\/(internal\/|v3\/|gateway\/|stax|openapi\/(ixopay|stax)))/.test(route),
      )
    const expected = MOUNTS.flatMap((mount) =>
      ROUTES.map(({ method, path }) => `${method.toUpperCase()} ${mount}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    )
    expect(served.sort()).toEqual(expected.sort())
  })

  test('gives each operation an id of its own', () => {
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    )
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('has no dangling reference', () => {
    const text = JSON.stringify(document)
    const names = new Set(Object.keys((document as unknown as { components: { schemas: object } }).components.schemas))
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) expect(names).toContain(name)
  })
})

describe.each(named(ROUTES))('%s', (_name, route) => {
  const operation = () => document.paths[`/api${route.path}`]?.[route.method]
  test('tells its permission and an error code for each status', () => {
    const { 'x-permission': permission, responses, summary } = operation() ?? { responses: {} }
    expect(summary).toBeTruthy()
    if (!route.open) expect(permission === 'any' || isPermission(permission ?? '')).toBe(true)
    for (const code of route.errors) expect(responses).toHaveProperty(String(statusOf(code)))
  })

  test('its examples are what it takes and answers', () => {
    for (const { value } of Object.values(route.bodyExamples ?? {}))
      expect(route.body?.safeParse(value).error).toBeUndefined()
    if (route.answerExample) expect(route.answer?.safeParse(route.answerExample).error).toBeUndefined()
  })
})

describe.each(named(guarded))('%s', (_name, route) => {
  test('is 401 without credentials', async () => {
    const refused = await client({}).send(route.method.toUpperCase(), pathOf(route.path))
    expect([refused.status, codeOf(refused)]).toEqual([401, 'CREDENTIALS_MISSING'])
  })

  test.runIf(route.permission)(
    'is 403 naming the permission to a credential that lacks it, whatever is asked',
    async () => {
      const broken = route.method === 'get' ? {} : { raw: '{broken', type: 'application/json' }
      const refused = await nobody.send(route.method.toUpperCase(), pathOf(route.path), broken)
      expect([refused.status, codeOf(refused), refused.body.error.details.permission]).toEqual([
        403,
        'PERMISSION_MISSING',
        route.permission,
      ])
    },
  )
})

describe('the examples sent', () => {
  test('a customer is created, changed and patched by each', async () => {
    const create = guarded.find(({ method, path }) => method === 'post' && path === '/customers')
    const change = guarded.find(({ method, path }) => method === 'put' && path === '/customers/{id}')
    for (const { value } of Object.values(create?.bodyExamples ?? {}))
      expect((await api.post('/customers', value)).status).toBe(200)
    const made = (await api.post('/customers', { name: 'Mara', email: 'mara@example.com' })).body
    for (const { value } of Object.values(change?.bodyExamples ?? {}))
      expect((await api.put(`/customers/${made.id}`, value)).status).toBe(200)
    const answer = (await api.get(`/customers/${made.id}`)).body
    expect(
      ROUTES.find(({ method, path }) => method === 'get' && path === '/customers/{id}')?.answer?.safeParse(answer)
        .success,
    ).toBe(true)
  })

  test('notes, keys and tags answer what they declare', async () => {
    const { id } = (await api.post('/customers', { name: 'Nora', email: 'nora@example.com' })).body
    const note = await api.post(`/customers/${id}/notes`, { text: 'Call in the morning' })
    expect(note.headers.get('location')).toBe(`/api/notes/${note.body.id}`)
    expect((await api.get(note.headers.get('location') ?? '')).text).toBe(note.text)
    expect((await api.patch(`/notes/${note.body.id}`, { text: 'In the evening' })).body).toMatchObject({
      version: 2,
      history: [{ text: 'Call in the morning' }],
    })
    expect(
      (
        await api.patch(
          `/notes/${note.body.id}`,
          { text: 'x' },
          { headers: { 'If-Match': note.headers.get('etag') ?? '' } },
        )
      ).status,
    ).toBe(412)
    expect((await api.put(`/customers/${id}/tags/${encodeURIComponent('a/b ü')}`)).body).toMatchObject({
      tags: ['a/b ü'],
      changedFields: ['tags'],
    })
    expect((await api.delete(`/customers/${id}/tags/${encodeURIComponent('A/B Ü')}`)).body.tags).toEqual([])
    expect((await api.get(`/customers/${id}/timeline?limit=2`)).body).toMatchObject({
      hasMore: true,
      data: [{ type: 'change' }, { type: 'change' }],
    })
    expect((await api.delete(`/notes/${note.body.id}`)).status).toBe(204)
    const key = await api.post('/api-keys', { name: 'Reporting', scopes: ['customers:read'] })
    const { key: secret, ...shown } = key.body
    expect((await api.get(key.headers.get('location') ?? '')).body).toEqual(shown)
    const rolled = await api.post(`/api-keys/${shown.id}/roll`)
    expect((await client(secret).get('/customers')).status).toBe(200)
    expect((await client(rolled.body.key).get('/customers')).status).toBe(200)
    expect((await api.patch(`/api-keys/${shown.id}`, { ...shown, name: 'Berlin' })).body.name).toBe('Berlin')
    expect((await api.delete(`/api-keys/${shown.id}`)).body.state).toBe('revoked')
    expect((await client(rolled.body.key).get('/customers')).status).toBe(401)
  })

  test.each(named(guarded.filter(({ method, path }) => method === 'get' && !path.includes('{'))))(
    '%s answers its schema',
    async (_name, route) => {
      const answer = await api.get(route.path)
      expect(answer.status).toBe(200)
      expect(route.answer?.safeParse(answer.body).error).toBeUndefined()
    },
  )
})

test('every error code has a page of its own, and none is 422', () => {
  const slugs = Object.keys(ERRORS).map(errorSlug)
  expect(new Set(slugs).size).toBe(slugs.length)
  for (const code of Object.keys(ERRORS)) expect(statusOf(code as keyof typeof ERRORS)).not.toBe(422)
})
