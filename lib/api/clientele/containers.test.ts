// Containers and connectors over the API, and what the payment API makes of it in the next request.
import { beforeAll, describe, expect, test } from 'vitest'
import { at, makeConnector } from '#db/testing/make'
import { createApiKey } from '../../access/keys.ts'
import { debit, gateway, nextId, openTown, type Town } from '../ixopay/testing.ts'
import { type Client, client, codeOf } from '../testing.ts'

let town: Town
let group: Client
let atlas: Client
const keyAt = async (merchantId: number, scopes = ['*']) =>
  client((await createApiKey(at(merchantId), { name: nextId(), scopes })).key)

beforeAll(async () => {
  town = await openTown()
  group = await keyAt(town.group)
  atlas = await keyAt(town.atlas.merchantId)
})

const profileAt = async (shop: Town['fjord'], customerIdentification: string) =>
  (await shop.post('customerProfiles/getProfile', { customerIdentification })).body

describe('containers', () => {
  test('are created, read by their tag, renamed under If-Match and deleted while empty', async () => {
    const made = await atlas.post('/containers', { name: 'Second wallet' })
    expect([made.status, made.body]).toMatchObject([
      200,
      { name: 'Second wallet', shared: false, own: true, usable: true },
    ])
    const place = made.headers.get('location') ?? ''
    const tag = made.headers.get('etag') ?? ''
    expect((await atlas.get(place)).body).toEqual(made.body)
    expect((await atlas.get(place, { 'if-none-match': tag })).status).toBe(304)
    const renamed = await atlas.patch(place, { ...made.body, name: 'Third wallet' }, { headers: { 'if-match': tag } })
    expect(renamed.body).toMatchObject({ name: 'Third wallet', version: 2 })
    expect((await atlas.patch(place, { name: 'x' }, { headers: { 'if-match': tag } })).status).toBe(412)
    expect(codeOf(await atlas.patch(place, { name: 'Own wallet' }))).toBe('CONTAINER_NAME_TAKEN')
    expect(codeOf(await atlas.patch(place, { colour: 'red' }))).toBe('VALIDATION_ERROR')
    expect(codeOf(await group.get(place))).toBe('CONTAINER_NOT_FOUND')
    expect((await atlas.delete(place)).status).toBe(204)
    expect((await atlas.get(place)).status).toBe(404)
  })

  test('a sub-merchant sees a shared one and cannot change it', async () => {
    const place = `/containers/${town.container}`
    const seen = await town.api.get(place)
    expect(seen.body).toMatchObject({ own: false, shared: true, usable: true, isDefault: true })
    expect((await town.api.patch(place, { shared: false })).status).toBe(403)
    expect(codeOf(await group.delete(place))).toBe('CONTAINER_IN_USE')
  })

  test('18: disabling for one sub-merchant, for all, and taking back hold in the next payment', async () => {
    const customerIdentification = nextId()
    const customerProfileData = { customerIdentification, markAsPreferred: true }
    const { body } = await town.harbor.post('transaction/debit', debit({ customerProfileData }))
    const transactionToken = body.customerProfileData.paymentToken
    const paid = async (shop: Town['fjord']) =>
      (await shop.post('transaction/debit', debit({ transactionToken }))).body.success
    const state = async () => [
      (await profileAt(town.harbor, customerIdentification)).errorCode ?? 'seen',
      (await profileAt(town.fjord, customerIdentification)).errorCode ?? 'seen',
      await paid(town.harbor),
      await paid(town.fjord),
    ]
    const place = `/containers/${town.container}`
    const exclude = (disabled: boolean) => group.put(`${place}/merchants/${town.fjord.merchantId}`, { disabled })
    expect(await state()).toEqual(['seen', 'seen', true, true])
    expect((await exclude(true)).status).toBe(200)
    expect(await state()).toEqual(['seen', 1007, true, false])
    await exclude(false)
    expect(await state()).toEqual(['seen', 'seen', true, true])
    await group.patch(place, { disabled: true })
    expect(await state()).toEqual([1007, 1007, false, false])
    await group.patch(place, { disabled: false, shared: false })
    expect(await state()).toEqual([1007, 1007, false, false])
    await group.patch(place, { shared: true })
    expect(await state()).toEqual(['seen', 'seen', true, true])
    expect(codeOf(await group.put(`${place}/merchants/${town.atlas.merchantId}`, { disabled: true }))).toBe(
      'MERCHANT_NOT_FOUND',
    )
  })

  test('the default is set and taken away at the own merchant only', async () => {
    const own = (await atlas.post('/containers', { name: 'Default wallet' })).body
    const place = `/merchants/${town.atlas.merchantId}/default-container`
    expect((await atlas.put(place, { containerId: own.id })).body).toMatchObject({ id: own.id, isDefault: true })
    expect(codeOf(await atlas.put(place, { containerId: town.container }))).toBe('CONTAINER_NOT_FOUND')
    expect(codeOf(await group.put(place, { containerId: town.container }))).toBe('MERCHANT_NOT_FOUND')
    expect((await atlas.delete(place)).status).toBe(204)
    expect((await atlas.get(`/containers/${own.id}`)).body.isDefault).toBe(false)
  })
})

describe('connectors', () => {
  test('show their secrets when they are made and renewed, and the old ones end at once', async () => {
    const made = await town.api.post('/connectors', { name: nextId(), adapter: 'simulator' })
    expect(made.headers.get('cache-control')).toBe('no-store')
    const { id, username, password, sharedSecret, ...shown } = made.body
    const place = made.headers.get('location') ?? ''
    const read = await town.api.get(place)
    expect(read.body).toEqual({ id, ...shown })
    expect(read.text).not.toContain(password)
    const secrets = { username, password, sharedSecret }
    const { connector } = await makeConnector(at(town.harbor.merchantId))
    const shop = gateway(town.harbor.merchantId, { connector: { ...connector, ...shown, id }, secrets })
    expect((await shop.post('transaction/debit', debit())).status).toBe(200)
    const rotated = await town.api.post(`${place}/rotate`, { renew: ['password'] })
    expect(rotated.body).toMatchObject({ username, sharedSecret })
    expect((await shop.post('transaction/debit', debit())).status).toBe(401)
    const renewed = await shop.post('transaction/debit', debit(), { password: rotated.body.password })
    expect(renewed.body.success).toBe(true)
    expect(codeOf(await town.api.post(`${place}/rotate`, { renew: ['name'] }))).toBe('VALIDATION_ERROR')
  })

  test('are changed under If-Match; a disabled one is 1007, and a stranger finds none', async () => {
    const { connector, secrets } = await makeConnector(at(town.harbor.merchantId))
    const shop = gateway(town.harbor.merchantId, { connector, secrets })
    const place = `/connectors/${connector.id}`
    const tag = (await town.api.get(place)).headers.get('etag') ?? ''
    const off = await town.api.patch(place, { enabled: false }, { headers: { 'if-match': tag } })
    expect(off.body).toMatchObject({ enabled: false, version: 2 })
    expect((await shop.post('transaction/debit', debit())).body.errorCode).toBe(1007)
    expect((await town.api.patch(place, { enabled: true }, { headers: { 'if-match': tag } })).status).toBe(412)
    expect(codeOf(await town.api.patch(place, { callbackUrl: 'http://shop.example:8080/' }))).toBe('VALIDATION_ERROR')
    expect(codeOf(await atlas.get(place))).toBe('CONNECTOR_NOT_FOUND')
    expect(codeOf(await atlas.patch(place, { enabled: true }))).toBe('CONNECTOR_NOT_FOUND')
    const reader = await keyAt(town.harbor.merchantId, ['connectors:read'])
    expect((await reader.post(`${place}/rotate`, { renew: ['password'] })).status).toBe(403)
  })

  test('a meta-connector has members of its own merchant and of those below', async () => {
    const { connector } = await makeConnector(at(town.group), { adapter: 'meta' })
    const place = `/connectors/${connector.id}/members`
    const harbor = town.harbor.connector.id
    expect((await group.put(`${place}/${harbor}`, { currency: 'GBP' })).body.data).toMatchObject([
      { memberId: harbor, currency: 'GBP', weight: 1 },
    ])
    expect((await group.get(place)).body.data).toHaveLength(1)
    expect(codeOf(await group.put(`${place}/${town.atlas.connector.id}`, {}))).toBe('CONNECTOR_NOT_FOUND')
    expect(codeOf(await group.put(`${place}/${connector.id}`, {}))).toBe('VALIDATION_ERROR')
    expect(codeOf(await town.api.get(place))).toBe('CONNECTOR_NOT_FOUND')
    expect((await group.delete(`${place}/${harbor}`)).body.data).toEqual([])
    expect(codeOf(await group.delete(`${place}/${harbor}`))).toBe('CONNECTOR_NOT_FOUND')
  })
})
