// The operations of the API, read off its own document, and how each is called with the id of something in its place.
import { randomUUID } from 'node:crypto'
import { type APIRequestContext, type APIResponse, request } from '@playwright/test'
import type { Permission } from '#lib/core/permissions'
import { BASE } from './fixtures.ts'

export type Operation = { name: string; method: string; path: string; permission: Permission | 'any' | undefined }
type Document = { paths: Record<string, Record<string, { 'x-permission'?: Permission | 'any' }>> }

async function operations(document: 'clientele' | 'stax'): Promise<Operation[]> {
  const api = await request.newContext({ baseURL: BASE })
  const { paths } = (await (await api.get(`/api/openapi/${document}.json`)).json()) as Document
  await api.dispose()
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { 'x-permission': permission }]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      permission,
    })),
  )
}

export const guarded = async (document: 'clientele' | 'stax' = 'clientele') =>
  (await operations(document)).filter(({ permission }) => permission !== undefined)

/** Bodies that get as far as the look-up of the object. */
export const BODIES: Record<string, unknown> = {
  'PUT /api/customers/{id}': { name: 'Taken over' },
  'PATCH /api/customers/{id}': { name: 'Taken over' },
  'POST /api/customers/{id}/notes': { text: 'Taken over' },
  'PATCH /api/notes/{noteId}': { text: 'Taken over' },
  'POST /api/customers/{id}/merge-preview': { duplicateIds: [1] },
  'POST /api/customers/{id}/merge': { duplicateIds: [1] },
  'PATCH /api/instruments/{id}': { preferred: true },
  'PATCH /api/api-keys/{id}': { name: 'Taken over' },
  'POST /api/api-keys/{id}/roll': {},
  'PATCH /api/containers/{id}': { name: 'Taken over' },
  'PUT /api/containers/{id}/merchants/{merchantId}': { disabled: true },
  'PUT /api/merchants/{id}/default-container': { containerId: 1 },
  'PATCH /api/connectors/{id}': { name: 'Taken over' },
  'POST /api/connectors/{id}/rotate': { renew: ['password'] },
  ...Object.fromEntries(
    ['increment', 'capture', 'refund', 'void'].map((follow) => [
      `POST /api/transactions/{uuid}/${follow}`,
      { merchantTransactionId: `taken-over-${follow}`, ...(follow !== 'void' && { amountMinor: 1 }) },
    ]),
  ),
  'PUT /api/connectors/{id}/gateway': {
    ...{ baseUrl: 'https://gateway.example', apiKey: 'taken-over' },
    ...{ username: 'x', password: 'x', sharedSecret: 'x' },
  },
  'POST /api/simulator/transactions/{uuid}/complete': { outcome: 'success' },
}

/** The same of the Stax API, whose bodies name customers as well. */
export const STAX_BODIES: Record<string, (id: string) => unknown> = {
  'POST /api/stax/customer': () => ({ firstname: 'Taken over' }),
  'PUT /api/stax/customer/{id}': () => ({ firstname: 'Taken over' }),
  'PUT /api/stax/payment-method/{id}': () => ({ person_name: 'Taken over' }),
  'DELETE /api/stax/customer/bulk': (id) => ({ ids: [id] }),
  'PUT /api/stax/customer/restore/bulk': (id) => ({ ids: [id] }),
  'POST /api/stax/customer/find-or-create': (id) => ({ customer_id: id }),
  'POST /api/stax/payment-method': (id) => ({
    customer_id: id,
    method: 'bank',
    bank_account: '9876543210',
    bank_routing: '021000021',
  }),
  'POST /api/stax/payment-method/token': (id) => ({ customer_id: id, token: 'ix::sim-visa' }),
}

export type Ids = {
  customer: string
  note: string
  merge: string
  profile: string
  instrument: string
  key: string
  oauthClient: string
  user: string
  container: string
  connector: string
  transaction: string
  merchant: string
  tag: string
}

const PLACES: readonly [pattern: RegExp, id: keyof Ids][] = [
  [/^\/api\/customers\/\{id\}/, 'customer'],
  [/^\/api\/users\/payment-methods\/\{id\}/, 'customer'],
  [/^\/api\/notes\/\{noteId\}/, 'note'],
  [/^\/api\/merges\/\{mergeId\}/, 'merge'],
  [/^\/api\/profiles\/\{profileGuid\}/, 'profile'],
  [/^\/api\/instruments\/\{id\}/, 'instrument'],
  [/^\/api\/api-keys\/\{id\}/, 'key'],
  [/^\/api\/oauth-clients\/\{id\}/, 'oauthClient'],
  [/^\/api\/users\/\{userId\}/, 'user'],
  [/^\/api\/containers\/\{id\}/, 'container'],
  [/^\/api\/merchants\/\{id\}/, 'merchant'],
  [/^\/api\/connectors\/\{id\}/, 'connector'],
  [/^\/api\/(simulator\/)?transactions\/\{uuid\}/, 'transaction'],
]

/** The path with the object's id in it; fails for a kind of object that this matrix does not know yet. */
export function fill({ name, path }: Operation, ids: Ids): string {
  const [, kind] = PLACES.find(([pattern]) => pattern.test(path)) ?? []
  if (!kind) throw new Error(`${name}: say in PLACES what its id is`)
  return path
    .replace('{tag}', ids.tag)
    .replace(/\{(merchantId|memberId)\}/, '1')
    .replace(/\{\w+\}/, encodeURIComponent(ids[kind]))
}

export const send = (api: APIRequestContext, { name, method }: Operation, path: string): Promise<APIResponse> =>
  api.fetch(path, { method, ...(method === 'GET' ? {} : { data: BODIES[name] ?? {} }), maxRedirects: 0 })

export const NOWHERE: Ids = {
  customer: '900000000000001',
  note: '900000000000001',
  merge: '900000000000001',
  profile: 'nobody-has-this-guid',
  instrument: randomUUID(),
  key: '900000000000001',
  oauthClient: '900000000000001',
  user: '900000000000001',
  container: '900000000000001',
  connector: '900000000000001',
  transaction: '0'.repeat(20),
  merchant: '900000000000001',
  tag: 'nothing',
}
