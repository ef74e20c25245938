// The demo's merchants and everything that opens their doors: people, keys, OAuth clients, containers, connectors.
import { base, en, Faker, nb_NO } from '@faker-js/faker'
import { createApiKey, createOauthClient } from '#lib/access/keys'
import { createStaff } from '#lib/access/team'
import { setMember } from '#lib/connectors/members'
import { setDefaultContainer } from '#lib/containers/commands'
import type { Actor } from '#lib/core/ctx'
import { randomToken } from '#lib/core/ids'
import { ROLES, type Role } from '#lib/core/permissions'
import { createMerchant } from '#lib/merchants/commands'
import { at, makeConnector, makeContainer } from '../testing/make.ts'
import type { Shop } from './plan.ts'

/** What demo.json holds; its secrets are nowhere else in clear. */
export type Demo = {
  baseUrl: string
  staff: { email: string; password: string; role: Role; merchant: string }[]
  merchants: { id: number; name: string; parent: string | null }[]
  apiKeys: { merchant: string; name: string; scopes: string[]; key: string; compatStatus200: boolean }[]
  oauthClients: { merchant: string; clientId: string; clientSecret: string; scopes: string[] }[]
  containers: { id: number; name: string; merchant: string; shared: boolean }[]
  connectors: {
    name: string
    merchant: string
    adapter: string
    apiKey: string
    username: string
    password: string
    sharedSecret: string
    requireSignature: boolean
    container: string
  }[]
}

type Merchant = {
  name: string
  domain: string
  country: string
  currency: string
  timeZone: string
  parent: string | null
}

const GROUP = 'Northwind Group'
const MERCHANTS: Merchant[] = [
  { name: GROUP, domain: 'demo.example', country: 'NO', currency: 'EUR', timeZone: 'Europe/Oslo', parent: null },
  {
    name: 'Harbor Books',
    domain: 'harbor-books.example',
    country: 'GB',
    currency: 'GBP',
    timeZone: 'Europe/London',
    parent: GROUP,
  },
  {
    name: 'Fjord Outdoor',
    domain: 'fjord-outdoor.example',
    country: 'NO',
    currency: 'NOK',
    timeZone: 'Europe/Oslo',
    parent: GROUP,
  },
  {
    name: 'Atlas Travel',
    domain: 'atlas-travel.example',
    country: 'US',
    currency: 'USD',
    timeZone: 'America/New_York',
    parent: null,
  },
]
const READ_SCOPES = ['customers:read', 'profiles:read', 'instruments:read', 'transactions:read', 'containers:read']
const CLIENT_SCOPES = ['customers:read']

/** One installation on the way: what is made is written down in `demo`. */
type Making = { demo: Demo; faker: Faker; now: () => Date; ids: Map<string, number> }

const here = ({ ids, now }: Making, merchant: string) => at(ids.get(merchant) ?? 0, { now })

async function makeMerchants(making: Making): Promise<void> {
  for (const { domain, parent, ...fields } of MERCHANTS) {
    const parentId = parent === null ? undefined : making.ids.get(parent)
    const { id, name } = await createMerchant(here(making, fields.name), { ...fields, parentId })
    making.ids.set(name, id)
    making.demo.merchants.push({ id, name, parent })
  }
}

/** One person for each role. */
async function makeStaff(making: Making, { name: merchant, domain }: Merchant): Promise<Map<Role, Actor>> {
  const people = new Map<Role, Actor>()
  for (const role of ROLES) {
    const [name, email, password] = [making.faker.person.fullName(), `${role}@${domain}`, randomToken(18)]
    const { staffId } = await createStaff(here(making, merchant), { name, email, role, password })
    making.demo.staff.push({ email, password, role, merchant })
    people.set(role, { type: 'staff', id: staffId, name, role })
  }
  return people
}

async function makeKey(
  making: Making,
  merchant: string,
  name: string,
  scopes: string[],
  compatStatus200 = false,
): Promise<Actor> {
  const { apiKey, key } = await createApiKey(here(making, merchant), { name, scopes, compatStatus200 })
  making.demo.apiKeys.push({ merchant, name, scopes, key, compatStatus200 })
  return { type: 'key', id: apiKey.id, name }
}

async function makeStore(
  making: Making,
  merchant: string,
  name: string,
  shared: boolean,
): Promise<{ id: number; name: string }> {
  const { id } = await makeContainer(here(making, merchant), { name, shared })
  making.demo.containers.push({ id, name, merchant, shared })
  return { id, name }
}

type Route = { name: string; adapter: 'simulator' | 'meta'; requireSignature?: boolean }

async function makeRoute(
  making: Making,
  merchant: string,
  store: { id: number; name: string },
  route: Route,
): Promise<number> {
  const { connector, secrets } = await makeConnector(here(making, merchant), { ...route, containerId: store.id })
  const { name, adapter, apiKey, requireSignature } = connector
  making.demo.connectors.push({ name, merchant, adapter, apiKey, ...secrets, requireSignature, container: store.name })
  return connector.id
}

/** Everything that a selling merchant has of its own. */
async function openShop(making: Making, merchant: Merchant, store: { id: number; name: string }): Promise<Shop> {
  const { name } = merchant
  const people = await makeStaff(making, merchant)
  const key = await makeKey(making, name, 'full', ['*'])
  await makeKey(making, name, 'read', READ_SCOPES)
  await makeKey(making, name, 'stax', ['*'], true)
  const { client, clientSecret } = await createOauthClient(here(making, name), {
    name: 'reporting',
    scopes: CLIENT_SCOPES,
  })
  making.demo.oauthClients.push({ merchant: name, clientId: client.clientId, clientSecret, scopes: CLIENT_SCOPES })
  await setDefaultContainer(here(making, name), { containerId: store.id })
  const connectorId = await makeRoute(making, name, store, { name: 'cards', adapter: 'simulator' })
  await makeRoute(making, name, store, { name: 'signed', adapter: 'simulator', requireSignature: true })
  const [support = key, manager = key] = [people.get('support'), people.get('manager')]
  const merchantId = making.ids.get(name) ?? 0
  return { merchantId, containerId: store.id, connectorId, currency: merchant.currency, key, support, manager }
}

/** Makes all of it as if at `opened`; answers what demo.json says and the shops that sell. */
export async function makeAccess(baseUrl: string, opened: Date): Promise<{ demo: Demo; shops: Shop[] }> {
  const demo: Demo = {
    baseUrl,
    staff: [],
    merchants: [],
    apiKeys: [],
    oauthClients: [],
    containers: [],
    connectors: [],
  }
  const faker = new Faker({ locale: [nb_NO, en, base], seed: 27 })
  const making: Making = { demo, faker, now: () => opened, ids: new Map() }
  const [group, ...selling] = MERCHANTS
  if (!group) return { demo, shops: [] }
  await makeMerchants(making)
  await makeStaff(making, group)
  const groupWallet = await makeStore(making, group.name, 'Group wallet', true)
  await setDefaultContainer(here(making, group.name), { containerId: groupWallet.id })
  const atlasWallet = await makeStore(making, 'Atlas Travel', 'Atlas wallet', false)
  const shops: Shop[] = []
  for (const merchant of selling)
    shops.push(await openShop(making, merchant, merchant.parent ? groupWallet : atlasWallet))
  // The group sells nothing itself, so its key and connector stand last: the first ones shown are those to try.
  await makeKey(making, group.name, 'full', ['*'])
  const connectorId = await makeRoute(making, group.name, groupWallet, { name: 'meta', adapter: 'meta' })
  for (const shop of shops.filter(({ containerId }) => containerId === groupWallet.id)) {
    await setMember(here(making, group.name), { connectorId, memberId: shop.connectorId })
  }
  return { demo, shops }
}
