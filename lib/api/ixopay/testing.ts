// Clients of the payment API for tests: merchants that share a container, a stranger, and signed or plain calls.
import { openDb } from '#db/client'
import { at, makeConnector, makeContainer, makeMerchant } from '#db/testing/make'
import { createApiKey } from '../../access/keys.ts'
import type { NewlyMade } from '../../connectors/commands.ts'
import { setDefaultContainer } from '../../containers/commands.ts'
import { type BodyHash, signatureOf } from '../../gateway/signature.ts'
import { type Client, call, client, type TestAnswer } from '../testing.ts'

export const JSON_UTF8 = 'application/json; charset=utf-8'
let made = 0
/** A merchantTransactionId, or any other name, that nothing else has. */
export const nextId = (): string => `tx-${++made}`

type Sent = { headers?: Record<string, string>; password?: string; raw?: string; sign?: BodyHash; date?: string }
export type Gateway = {
  merchantId: number
  connector: NewlyMade['connector']
  secrets: NewlyMade['secrets']
  /** Below `/api/v3/`: `transaction/debit` is sent to the connector's own address. */
  post: (path: string, body?: unknown, sent?: Sent) => Promise<TestAnswer>
  status: (by: string, id: string) => Promise<TestAnswer>
}

/** How an existing client of the vendor calls a connector. */
export function gateway(merchantId: number, { connector, secrets }: NewlyMade): Gateway {
  const basic = (password: string) => `Basic ${Buffer.from(`${secrets.username}:${password}`).toString('base64')}`
  const address = (path: string) => {
    const [api = '', ...rest] = path.split('/')
    return `/api/v3/${[api, connector.apiKey, ...rest].join('/')}`
  }
  const post: Gateway['post'] = (path, body = {}, sent = {}) => {
    const raw = sent.raw ?? JSON.stringify(body)
    const date = sent.date ?? new Date().toUTCString()
    const signed = { secret: secrets.sharedSecret, method: 'POST', body: raw, contentType: JSON_UTF8, date }
    const signature = sent.sign && signatureOf({ ...signed, bodyHash: sent.sign, requestUri: address(path) })
    const headers = {
      authorization: basic(sent.password ?? secrets.password),
      ...(signature && { 'x-signature': signature, 'x-date': date }),
      ...sent.headers,
    }
    return call('POST', address(path), { raw, type: JSON_UTF8, headers })
  }
  const status: Gateway['status'] = (by, id) =>
    call('GET', address(`status/${by}/${id}`), { headers: { authorization: basic(secrets.password) } })
  return { merchantId, connector, secrets, post, status }
}

export type Town = {
  group: number
  container: number
  harbor: Gateway
  fjord: Gateway
  atlas: Gateway
  /** Harbor's own key of the Clientele API. */
  api: Client
}

/** Harbor and Fjord share the container of their group; Atlas has one of its own. */
export async function openTown(): Promise<Town> {
  await openDb()
  const group = (await makeMerchant('Group')).id
  const container = (await makeContainer(at(group), { name: 'Group wallet', shared: true })).id
  const shop = async (name: string, parent?: number) => {
    const { id } = await makeMerchant(name, parent)
    const own = parent === undefined ? (await makeContainer(at(id), { name: 'Own wallet' })).id : container
    await setDefaultContainer(at(id), { containerId: own })
    return gateway(id, await makeConnector(at(id), { name: 'cards' }))
  }
  const [harbor, fjord, atlas] = [await shop('Harbor', group), await shop('Fjord', group), await shop('Atlas')]
  const { key } = await createApiKey(at(harbor.merchantId), { name: 'full', scopes: ['*'] })
  return { group, container, harbor, fjord, atlas, api: client(key) }
}

/** A debit that works, with the members that a test changes. */
export const debit = (given: object = {}) => ({
  merchantTransactionId: nextId(),
  transactionToken: 'ix::sim-visa',
  amount: '9.99',
  currency: 'EUR',
  ...given,
})
