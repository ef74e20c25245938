// The API as every role and with every kind of scope: exactly what the permission table says.
import { request } from '@playwright/test'
import { PERMISSIONS, type Permission, ROLES, rolePermissions, scopePermissions } from '#lib/core/permissions'
import { BASE, demo, expect, HARBOR, keyOf, makeCustomer, personOf, requestsWith, test, unique } from './fixtures.ts'
import { BODIES, fill, guarded, NOWHERE, send } from './operations.ts'

test.use({ who: 'nobody' })

async function tokenOf(role: (typeof ROLES)[number]): Promise<string> {
  const { email, password } = personOf({ role, merchant: HARBOR })
  const api = await request.newContext({ baseURL: BASE })
  const answer = await api.post('/api/auth/login', { data: { email, password } })
  const { accessToken } = (await answer.json()) as { accessToken: string }
  await api.dispose()
  return accessToken
}

/** Routes that tell contact data by their nature, and changes that read the object first, need that permission, too. */
const ALSO: Record<string, Permission> = {
  'GET /api/customers/{id}/duplicates': 'pii:read',
  'PATCH /api/notes/{noteId}': 'customers:read',
  'DELETE /api/notes/{noteId}': 'customers:read',
  'PATCH /api/api-keys/{id}': 'keys:read',
}

/** Every operation with ids of nothing and empty bodies: refused without the permission, and only then. */
async function mayDo(headers: Record<string, string>, held: ReadonlySet<Permission>): Promise<string[]> {
  const api = await request.newContext({ baseURL: BASE, extraHTTPHeaders: headers })
  const wrong: string[] = []
  const all = (await guarded()).filter(({ path }) => !path.endsWith('/logout'))
  for (const operation of all) {
    const path = operation.path.includes('{') ? fill(operation, NOWHERE) : operation.path
    const answer = await send(api, { ...operation, name: BODIES[operation.name] ? operation.name : '' }, path)
    const status = answer.status()
    const needs = [operation.permission, ALSO[operation.name]].filter((each) => each && each !== 'any') as Permission[]
    const allowed = needs.every((each) => held.has(each))
    if (allowed ? [401, 403].includes(status) || status >= 500 : status !== 403) {
      wrong.push(`${operation.name} (${operation.permission}): ${status} ${await answer.text()}`)
    }
  }
  await api.dispose()
  expect(all.length).toBeGreaterThan(30)
  return wrong
}

for (const role of ROLES) {
  test(`as ${role} the API allows what the permission table says, and nothing else`, async () => {
    const headers = { authorization: `Bearer ${await tokenOf(role)}` }
    expect(await mayDo(headers, rolePermissions(role))).toEqual([])
  })
}

test('a key does what its scopes say, and nothing else', async () => {
  const { scopes, key } = demo().apiKeys.find(({ name, merchant }) => name === 'read' && merchant === HARBOR) ?? {
    scopes: [],
    key: '',
  }
  expect(await mayDo({ 'x-api-key': key }, scopePermissions(scopes))).toEqual([])
  const full = await requestsWith(keyOf(HARBOR))
  for (const scope of PERMISSIONS.filter((each) => each.startsWith('customers:') || each.startsWith('keys:'))) {
    const made = await full.post('/api/api-keys', { data: { name: `only ${scope}`, scopes: [scope] } })
    expect(made.ok(), await made.text()).toBe(true)
    const { key: only } = await made.json()
    expect.soft(await mayDo({ authorization: `Bearer ${only}` }, new Set([scope])), scope).toEqual([])
  }
  await full.dispose()
})

test('without pii:read no route tells contact data', async () => {
  const secret = {
    email: `${unique('plain')}@secret.example`,
    phone: '+44 20 7946 0123',
    name: `${unique('Plainname')} Secret`,
  }
  const { id } = await makeCustomer({ ...secret, dateOfBirth: '1980-02-03' })
  for (const role of ['analyst', 'auditor', 'developer'] as const) {
    const api = await request.newContext({
      baseURL: BASE,
      extraHTTPHeaders: { authorization: `Bearer ${await tokenOf(role)}` },
    })
    for (const path of [
      `/api/customers/${id}`,
      '/api/customers?limit=100',
      `/api/customers/${id}/timeline`,
      `/api/customers/${id}/duplicates`,
    ]) {
      const text = await (await api.get(path)).text()
      for (const value of [secret.email, secret.name, '7946 0123', '79460123', '1980-02-03']) {
        expect(text, `${role} ${path}`).not.toContain(value)
      }
    }
    await api.dispose()
  }
})
