// The account that a connector pays with: whose it is, where it may be, and what a gateway does that is not there.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { db } from '#db/client'
import { auditEvents, gatewayAccounts } from '#db/schema'
import { at, makeConnector } from '#db/testing/make'
import { createApiKey } from '../access/keys.ts'
import { client } from '../api/testing.ts'
import { setGatewayAccount } from '../connectors/gateway-account.ts'
import { askAboutOpen } from '../transactions/process.ts'
import { getTransaction } from '../transactions/queries.ts'
import { type Abroad, setAbroad } from './testing.ts'

// The gateway listens on loopback, which only this setting allows.
vi.mock('../env.ts', async (original) => {
  const { env } = await original<typeof import('../env.ts')>()
  return { env: { ...env, WEBHOOK_ALLOW_HOSTS: 'localhost' } }
})

let abroad: Abroad
beforeAll(async () => {
  abroad = await setAbroad()
})
afterAll(() => abroad.close())

describe('a gateway account', () => {
  const set = (given: Partial<Abroad['account']>) => setGatewayAccount(abroad.ctx, { ...abroad.account, ...given })

  test.each([
    ['password', 1007],
    ['sharedSecret', 1007],
    ['apiKey', 1007],
  ] as const)('with a wrong %s takes no payment', async (member, errorCode) => {
    await set({ [member]: 'wrong' })
    expect(await abroad.debit()).toMatchObject({ state: 'error', errorCode })
    await set({})
    expect(await abroad.debit()).toMatchObject({ state: 'success' })
  })

  test('without one nothing is sent', async () => {
    const { connector } = await makeConnector(abroad.ctx, { adapter: 'ixopay' })
    const input = { type: 'debit', token: 'ix::sim-visa', amountMinor: 1, currency: 'EUR' } as const
    expect(await abroad.pay(input, { connectorId: connector.id })).toMatchObject({ state: 'error', errorCode: 1007 })
  })

  test('is the merchant’s own, of this adapter, and at an address that may be called', async () => {
    await expect(setGatewayAccount(at(abroad.sister), abroad.account)).rejects.toMatchObject({
      code: 'CONNECTOR_NOT_FOUND',
    })
    const simulated = (await makeConnector(abroad.ctx)).connector.id
    for (const wrong of [
      { connectorId: simulated },
      { baseUrl: 'http://gateway.example' },
      { baseUrl: 'https://10.0.0.1' },
      { baseUrl: 'https://gateway.example/?a=b' },
      { apiKey: '../status' },
    ]) {
      await expect(set(wrong)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' })
    }
  })

  test('is not changed for another gateway while a payment is open at this one', async () => {
    const open = await abroad.debit('ix::sim-visa', { extraData: { outcome: 'pending' } })
    const moved = set({ baseUrl: 'https://gateway.example' })
    await expect(moved).rejects.toMatchObject({ code: 'TRANSACTION_NOT_ALLOWED' })
    await set({})
    const unknown = { status: 200, text: '{"success":false,"errorMessage":"Transaction not found","errorCode":8001}' }
    abroad.line.faults.push(unknown)
    await askAboutOpen(new Date(Date.now() + 6 * 60_000))
    expect(await getTransaction(abroad.ctx, { uuid: open.uuid })).toMatchObject({ state: 'pending' })
    await askAboutOpen(new Date(Date.now() + 8 * 60_000))
    expect(await getTransaction(abroad.ctx, { uuid: open.uuid })).toMatchObject({ state: 'success' })
  })

  test('is set and read by API, without its credentials', async () => {
    const api = client((await createApiKey(abroad.ctx, { name: 'full', scopes: ['*'] })).key)
    const { connectorId: _other, ...account } = abroad.account
    const { connector } = await makeConnector(abroad.ctx, { adapter: 'ixopay' })
    const path = `/connectors/${connector.id}/gateway`
    const none = { connectorId: connector.id, baseUrl: null, apiKey: null }
    expect((await api.get(path)).body).toEqual(none)
    const known = { ...none, baseUrl: `${abroad.line.base}/`, apiKey: account.apiKey }
    expect((await api.put(path, account)).body).toEqual(known)
    expect((await api.get(path)).body).toEqual(known)
    const input = { type: 'debit', token: 'ix::sim-visa', amountMinor: 1, currency: 'EUR' } as const
    expect(await abroad.pay(input, { connectorId: connector.id })).toMatchObject({ state: 'success' })
    const trail = JSON.stringify(await db().read.select().from(auditEvents))
    for (const secret of [account.username, account.password, account.sharedSecret]) expect(trail).not.toContain(secret)
    const kept = JSON.stringify(await db().read.select().from(gatewayAccounts))
    for (const secret of [account.username, account.password, account.sharedSecret]) expect(kept).not.toContain(secret)
    expect((await api.put('/connectors/999999/gateway', account)).status).toBe(404)
  })

  test('one that nobody answers is tried twice, then spared, then tried again', async () => {
    await set({ baseUrl: 'http://localhost:1' })
    let now = new Date('2030-01-01T00:00:00Z')
    const ctx = { ...abroad.ctx, now: () => now }
    const input = { type: 'debit', token: 'ix::sim-visa', amountMinor: 1, currency: 'EUR' } as const
    const pay = async () => (await abroad.pay(input, {}, ctx)).adapterCode
    const codes = []
    for (let call = 0; call < 6; call++) codes.push(await pay())
    expect(codes).toEqual([...Array(5).fill('unreachable'), 'breaker_open'])
    now = new Date(now.getTime() + 30_000)
    expect((await Promise.all([pay(), pay(), pay()])).sort()).toEqual(['breaker_open', 'breaker_open', 'unreachable'])
    await set({})
    expect(await pay()).toBe('breaker_open')
    now = new Date(now.getTime() + 30_000)
    expect([await pay(), await pay()]).toEqual([null, null])
  })
})
