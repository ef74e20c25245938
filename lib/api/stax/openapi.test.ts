// The document says what is served, and its examples work.
import { beforeAll, expect, test } from 'vitest'
import { api } from '../app.ts'
import { call } from '../testing.ts'
import { openShop } from './testing.ts'

// biome-ignore lint/suspicious/noExplicitAny: a document's members are looked at by path.
let document: any
let shop: Awaited<ReturnType<typeof openShop>>
beforeAll(async () => {
  shop = await openShop('Harbor')
  document = (await call('GET', '/api/openapi/stax.json')).body
})

const operations = (): [string, string, Record<string, unknown>][] =>
  Object.entries(document.paths as Record<string, Record<string, Record<string, unknown>>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, string, Record<string, unknown>] => [
      method,
      path,
      operation,
    ]),
  )

test('is OpenAPI 3.1 and lists exactly the routes that are served', () => {
  expect(document.openapi).toBe('3.1.0')
  const served = api.routes
    .filter(({ method, path }) => path.startsWith('/api/stax/') && method !== 'ALL')
    .map(({ method, path }) => `${method} ${path}`)
  const told = operations().map(([method, path]) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`)
  expect(told.toSorted()).toEqual(served.toSorted())
})

test('every answer points at it', async () => {
  const link = '</api/openapi/stax.json>; rel="service-desc"'
  expect((await shop.stax.get('/customer')).headers.get('link')).toBe(link)
})

test('every operation names its permission, its key and its refusals', () => {
  for (const [, path, operation] of operations()) {
    expect([path, operation['x-permission'], operation.security]).toEqual([path, expect.any(String), [{ bearer: [] }]])
    expect(Object.keys(operation.responses as object)).toEqual(expect.arrayContaining(['401', '403', '500']))
  }
})

test('its examples are true', async () => {
  const { id } = (await shop.stax.post('/customer', { firstname: 'Ines' })).body
  const body = (path: string) => document.paths[path].post.requestBody.content['application/json'].example
  expect((await shop.stax.post('/customer', body('/api/stax/customer'))).status).toBe(201)
  expect((await shop.stax.post('/customer/find-or-create', body('/api/stax/customer/find-or-create'))).status).toBe(200)
  for (const path of ['/payment-method', '/payment-method/token']) {
    const example = { ...body(`/api/stax${path}`), customer_id: id }
    expect([path, (await shop.stax.post(path, example)).status]).toEqual([path, 200])
  }
})
