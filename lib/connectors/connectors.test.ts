import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { closeDb, db, openDb } from '#db/client'
import { auditEvents, connectors } from '#db/schema'
import { at, makeConnector, makeContainer, makeMerchant, staffAt } from '#db/testing/make'
import { setDefaultContainer } from '../containers/commands.ts'
import { getConnector, listConnectors } from './queries.ts'
import { openSecrets } from './secrets.ts'

describe('connectors', () => {
  let shop: number
  let other: number

  beforeAll(async () => {
    await openDb()
    shop = (await makeMerchant('Shop')).id
    other = (await makeMerchant('Other')).id
    return closeDb
  })

  const stored = async (id: number) => {
    const [row] = await db().read.select().from(connectors).where(eq(connectors.id, id))
    if (!row) throw new Error('The connector is gone')
    return row
  }

  test('shows its secrets once and keeps them sealed', async () => {
    const { connector, secrets } = await makeConnector(at(shop), { name: 'cards' })
    const row = await stored(connector.id)
    for (const secret of Object.values(secrets)) {
      expect(secret.length).toBeGreaterThan(12)
      expect(JSON.stringify(row)).not.toContain(secret)
    }
    expect(openSecrets(row)).toEqual(secrets)
    expect(JSON.stringify(await getConnector(at(shop), { id: connector.id }))).not.toMatch(
      /password|sharedSecret|username/,
    )
    const [event] = await db().read.select().from(auditEvents).where(eq(auditEvents.action, 'connector.created'))
    expect(event?.fields).toContain('apiKey')
    expect(JSON.stringify(event)).not.toMatch(/password|sharedSecret|username/)
  })

  test('a secret moved to another row, column or merchant does not open', async () => {
    const one = await stored((await makeConnector(at(shop))).connector.id)
    const two = await stored((await makeConnector(at(shop))).connector.id)
    expect(() => openSecrets({ ...two, password: one.password })).toThrow()
    expect(() => openSecrets({ ...one, password: one.sharedSecret })).toThrow()
    expect(() => openSecrets({ ...one, merchantId: other })).toThrow()
  })

  test('says which container it uses and why', async () => {
    const bare = await makeConnector(at(shop), { name: 'bare' })
    const of = async () => getConnector(at(shop), { id: bare.connector.id })
    expect(await of()).toMatchObject({ container: null, containerFrom: 'none' })
    const { id } = await makeContainer(at(shop), { name: 'Wallet' })
    await setDefaultContainer(at(shop), { containerId: id })
    expect(await of()).toMatchObject({ container: { id, name: 'Wallet' }, containerFrom: 'default' })
    const own = await makeConnector(at(shop), { containerId: id })
    expect(await getConnector(at(shop), { id: own.connector.id })).toMatchObject({ containerFrom: 'own' })
  })

  test('belongs to one merchant', async () => {
    const { connector } = await makeConnector(at(shop), { name: 'mine' })
    await expect(getConnector(at(other), { id: connector.id })).rejects.toMatchObject({ code: 'CONNECTOR_NOT_FOUND' })
    expect(await listConnectors(at(other), {})).toEqual([])
    await expect(makeConnector(at(shop), { name: 'mine' })).rejects.toMatchObject({ code: 'CONNECTOR_NAME_TAKEN' })
    await expect(makeConnector(at(other), { name: 'mine' })).resolves.toBeDefined()
    const { id } = await makeContainer(at(shop))
    await expect(makeConnector(at(other), { containerId: id })).rejects.toMatchObject({ code: 'CONTAINER_NOT_FOUND' })
    await expect(makeConnector(staffAt(shop, 'support'))).rejects.toMatchObject({ code: 'PERMISSION_MISSING' })
  })
})
