import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { db, openDb } from '#db/client'
import { apiKeys, auditEvents } from '#db/schema'
import { at, makeMerchant, staffAt } from '#db/testing/make'
import type { Ctx } from '../core/ctx.ts'
import { appError } from '../core/errors.ts'
import { PERMISSIONS, rolePermissions } from '../core/permissions.ts'
import { type Credential, ctxOfCredential, flushUses } from './credentials.ts'
import {
  createApiKey,
  createOauthClient,
  listApiKeys,
  replaceStaffKey,
  revokeApiKey,
  rollApiKey,
  updateApiKey,
} from './keys.ts'
import { signIn } from './sign-in.ts'
import { createStaff, removeMember, setRole, suspendStaff } from './team.ts'

const HOUR = 3_600_000
let owner: Ctx
let merchantId: number

beforeAll(async () => {
  await openDb()
  merchantId = (await makeMerchant('Harbor Books')).id
  owner = at(merchantId)
})

const codeOf = async (run: Promise<unknown>): Promise<string | undefined> => {
  try {
    await run
    return undefined
  } catch (err) {
    const refused = appError(err)
    if (!refused) throw err
    return refused.code
  }
}
const use = (apiKey: string, given: Partial<Credential> = {}) =>
  ctxOfCredential({ apiKey, ip: '203.0.113.5', requestId: 'req_test', ...given })
const later = (ms: number) => ({ now: () => new Date(Date.now() + ms) })

describe('making keys', () => {
  test('shows the key once and keeps a hash', async () => {
    const { apiKey, key } = await createApiKey(owner, { name: 'full', scopes: ['*'] })
    expect(key.startsWith(`${apiKey.prefix}_`)).toBe(true)
    const rows = JSON.stringify([
      await db().read.select().from(apiKeys),
      await listApiKeys(owner, {}),
      await db().read.select().from(auditEvents),
    ])
    expect(rows).not.toContain(key.slice(13))
    expect(JSON.stringify([apiKey, await listApiKeys(owner, {})])).not.toMatch(/secretHash|previousHash/)
    const ctx = await use(key)
    expect(ctx.permissions).toEqual(new Set(PERMISSIONS))
    expect(ctx).toMatchObject({
      merchantId,
      compatStatus200: false,
      actor: { type: 'key', id: apiKey.id, name: 'full' },
    })
  })

  test('nobody grants more than they hold, and without pii:read no key reads personal data', async () => {
    const developer = staffAt(merchantId, 'developer')
    for (const scope of ['pii:read', 'pii:reveal', 'customers:write', 'team:own']) {
      expect(await codeOf(createApiKey(developer, { name: 'x', scopes: ['customers:read', scope] })), scope).toBe(
        'PERMISSION_MISSING',
      )
    }
    const { apiKey, key } = await createApiKey(developer, { name: 'all of mine', scopes: ['*'] })
    expect(apiKey.scopes).not.toContain('*')
    expect((await use(key)).permissions).toEqual(rolePermissions('developer'))
    const full = await createApiKey(owner, { name: 'stronger', scopes: ['*'] })
    expect(await codeOf(rollApiKey(developer, { keyId: full.apiKey.id }))).toBe('PERMISSION_MISSING')
    expect(await codeOf(updateApiKey(developer, { keyId: full.apiKey.id, networks: [] }))).toBe('PERMISSION_MISSING')
    expect(await codeOf(createOauthClient(developer, { name: 'x', scopes: ['pii:read'] }))).toBe('PERMISSION_MISSING')
  })

  test('needs a fresh proof of a person, and refuses unknown scopes', async () => {
    const stale = staffAt(merchantId, 'admin', { provenAt: new Date(Date.now() - 5 * 60_000 - 1) })
    expect(await codeOf(createApiKey(stale, { name: 'x', scopes: ['customers:read'] }))).toBe('STEP_UP_REQUIRED')
    expect(await codeOf(createApiKey(owner, { name: 'x', scopes: ['customers:fly'] }))).toBe('VALIDATION_ERROR')
    expect(await codeOf(createApiKey(owner, { name: 'x', scopes: [] }))).toBe('VALIDATION_ERROR')
    expect(await codeOf(createApiKey(owner, { name: 'x', scopes: ['*'], expiresAt: '2020-01-01T00:00:00Z' }))).toBe(
      'VALIDATION_ERROR',
    )
  })

  test('pages through the keys of the own merchant alone', async () => {
    const other = at((await makeMerchant('Pages')).id)
    for (let n = 0; n < 5; n++) await createApiKey(other, { name: `key ${n}`, scopes: ['customers:read'] })
    const first = await listApiKeys(other, { limit: 2 })
    const second = await listApiKeys(other, { limit: 2, cursor: first.nextCursor ?? '' })
    expect([...first.data, ...second.data].map(({ name }) => name)).toEqual(['key 0', 'key 1', 'key 2', 'key 3'])
    expect(await codeOf(listApiKeys(owner, { limit: 2, cursor: first.nextCursor ?? '' }))).toBe('CURSOR_INVALID')
    expect(await codeOf(revokeApiKey(owner, { keyId: first.data[0]?.id ?? 0 }))).toBe('API_KEY_NOT_FOUND')
  })
})

describe('using keys', () => {
  test('by header, bearer or Basic user name; nothing and nonsense are refused', async () => {
    const { key } = await createApiKey(owner, { name: 'k', scopes: ['customers:read'], compatStatus200: true })
    const none = { ip: null, requestId: 'req_test' }
    expect((await ctxOfCredential({ ...none, bearer: key })).compatStatus200).toBe(true)
    expect((await ctxOfCredential({ ...none, basicUser: key })).permissions).toEqual(new Set(['customers:read']))
    expect(await codeOf(ctxOfCredential(none))).toBe('CREDENTIALS_MISSING')
    expect(await codeOf(ctxOfCredential({ ...none, basicUser: '' }))).toBe('CREDENTIALS_MISSING')
    for (const wrong of ['', 'ck_', `${key}x`, key.slice(0, -1), key.replace(/.$/, '!'), 'Bearer']) {
      expect(await codeOf(use(wrong)), wrong).toBe('CREDENTIALS_INVALID')
      if (wrong) expect(await codeOf(ctxOfCredential({ ...none, bearer: wrong })), wrong).toBe('CREDENTIALS_INVALID')
    }
  })

  test.each([
    ['0h', 0],
    ['24h', 24],
    ['7d', 168],
  ] as const)('rolled with %s of overlap: the old one works exactly so long', async (keepOld, hours) => {
    const { apiKey, key: old } = await createApiKey(owner, { name: 'rolled', scopes: ['customers:read'] })
    const { key: fresh, apiKey: rolled } = await rollApiKey(owner, { keyId: apiKey.id, keepOld })
    expect(rolled.id).toBe(apiKey.id)
    expect(await codeOf(use(fresh))).toBeUndefined()
    if (hours === 0) return expect(await codeOf(use(old))).toBe('CREDENTIALS_INVALID')
    expect(await codeOf(use(old, later(hours * HOUR - 60_000)))).toBeUndefined()
    expect(await codeOf(use(old, later(hours * HOUR + 60_000)))).toBe('CREDENTIALS_INVALID')
    const { key: newest } = await rollApiKey(owner, { keyId: apiKey.id, keepOld })
    expect(await codeOf(use(old))).toBe('CREDENTIALS_INVALID')
    expect([await codeOf(use(fresh)), await codeOf(use(newest))]).toEqual([undefined, undefined])
    await revokeApiKey(owner, { keyId: apiKey.id })
    expect([await codeOf(use(fresh)), await codeOf(use(newest))]).toEqual([
      'CREDENTIALS_INVALID',
      'CREDENTIALS_INVALID',
    ])
    expect(await codeOf(rollApiKey(owner, { keyId: apiKey.id }))).toBe('API_KEY_NOT_FOUND')
  })

  test('not after the expiry, not from elsewhere; both can be changed', async () => {
    const expiresAt = new Date(Date.now() + HOUR).toISOString()
    const { apiKey, key } = await createApiKey(owner, {
      name: 'bound',
      scopes: ['*'],
      networks: ['203.0.113.0/24'],
      expiresAt,
    })
    expect(await codeOf(use(key))).toBeUndefined()
    expect(await codeOf(use(key, later(HOUR + 1)))).toBe('TOKEN_EXPIRED')
    expect(await codeOf(use(key, { ip: '203.0.114.5' }))).toBe('ADDRESS_NOT_ALLOWED')
    expect(await codeOf(use(key, { ip: null }))).toBe('ADDRESS_NOT_ALLOWED')
    expect(await codeOf(updateApiKey(owner, { keyId: apiKey.id, name: 'y', expectedVersion: 9 }))).toBe('STALE_WRITE')
    const changed = await updateApiKey(owner, {
      keyId: apiKey.id,
      networks: ['203.0.114.5'],
      expiresAt: null,
      expectedVersion: 1,
    })
    expect(changed).toMatchObject({ version: 2, networks: ['203.0.114.5'], expiresAt: null })
    expect(await codeOf(use(key, { ip: '203.0.114.5', ...later(2 * HOUR) }))).toBeUndefined()
    expect((await updateApiKey(owner, { keyId: apiKey.id, name: 'bound' })).version).toBe(2)
  })

  test('at a merchant of the subtree by Clientele-Merchant, nowhere else', async () => {
    const child = await makeMerchant('Child', merchantId)
    const stranger = await makeMerchant('Stranger')
    const { key } = await createApiKey(owner, { name: 'parent', scopes: ['*'] })
    const own = await createApiKey(at(child.id), { name: 'child', scopes: ['*'] })
    expect((await use(key, { merchantHeader: String(child.id) })).merchantId).toBe(child.id)
    for (const header of [String(stranger.id), '999999', 'x', '', '1e3', '99999999999999999999']) {
      expect(await codeOf(use(key, { merchantHeader: header })), header).toBe('MERCHANT_NOT_FOUND')
    }
    expect(await codeOf(use(own.key, { merchantHeader: String(merchantId) }))).toBe('MERCHANT_NOT_FOUND')
  })

  test('the last use is noted', async () => {
    const { apiKey, key } = await createApiKey(owner, { name: 'used', scopes: ['*'] })
    await use(key)
    await flushUses()
    const [row] = await db().read.select().from(apiKeys).where(eq(apiKeys.id, apiKey.id))
    expect(row?.lastUsedIp).toBe('203.0.113.5')
    expect(row?.lastUsedAt?.getTime()).toBeGreaterThan(Date.now() - 60_000)
    expect(row?.version).toBe(1)
  })
})

describe('a staff member', () => {
  async function member(role: 'developer' | 'admin', email: string) {
    const password = 'vex lumo drift quarry'
    const { staffId } = await createStaff(owner, { name: 'Dev Eloper', email, password, role })
    const { secret } = await signIn({ email, password, ip: null, device: '', kind: 'api' })
    const ctx = await ctxOfCredential({ bearer: secret, ip: null, requestId: 'req_test' })
    return { staffId, secret, ctx }
  }

  test('has one key, replaced by the next call, bound to what they may do now', async () => {
    const { staffId, ctx } = await member('admin', 'admin@keys.example')
    const first = await replaceStaffKey(ctx, { userId: staffId })
    expect((await use(first.key)).permissions).toEqual(rolePermissions('admin'))
    const second = await replaceStaffKey(ctx, { userId: staffId })
    expect(await codeOf(use(first.key))).toBe('CREDENTIALS_INVALID')
    await setRole(owner, { staffId, role: 'analyst' })
    expect((await use(second.key)).permissions).toEqual(rolePermissions('analyst'))
    await suspendStaff(owner, { staffId })
    expect(await codeOf(use(second.key))).toBe('CREDENTIALS_INVALID')
    expect(await codeOf(replaceStaffKey(ctx, { userId: staffId + 1000 }))).toBe('USER_NOT_FOUND')
  })

  test('uses a token with their own permissions until it is ended', async () => {
    const { staffId, secret, ctx } = await member('developer', 'dev@keys.example')
    expect(ctx.permissions).toEqual(rolePermissions('developer'))
    expect(ctx.actor).toMatchObject({ type: 'staff', id: staffId, role: 'developer' })
    const token = (given: Partial<Credential> = {}) =>
      ctxOfCredential({ bearer: secret, ip: null, requestId: 'req_test', ...given })
    expect(await codeOf(token(later(HOUR)))).toBe('TOKEN_EXPIRED')
    expect(await codeOf(token({ merchantHeader: '999999' }))).toBe('MERCHANT_NOT_FOUND')
    await removeMember(owner, { staffId })
    expect(await codeOf(token())).toBe('CREDENTIALS_INVALID')
  })
})
