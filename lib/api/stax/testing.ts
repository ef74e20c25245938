// Callers of the Stax API for tests: merchants of their own, keys of both kinds, and what they send.
import { openDb } from '#db/client'
import { at, makeConnector, makeContainer, makeMerchant } from '#db/testing/make'
import { createApiKey } from '../../access/keys.ts'
import { setDefaultContainer } from '../../containers/commands.ts'
import { type Client, client } from '../testing.ts'

type Shop = { merchantId: number; stax: Client; compat: Client; masked: Client; clientele: Client }

const bearer = (key: string): Client => {
  const { get, post, put, patch, delete: remove, send } = client({ authorization: `Bearer ${key}` })
  const below = (path: string) => `/api/stax${path}`
  return {
    get: (path, headers) => get(below(path), headers),
    post: (path, body, options) => post(below(path), body, options),
    put: (path, body, options) => put(below(path), body, options),
    patch: (path, body, options) => patch(below(path), body, options),
    delete: (path, body, options) => remove(below(path), body, options),
    send: (method, path, options) => send(method, below(path), options),
  }
}

/** A merchant with a simulator connector, and clients with everything, of the vendor's old kind, and without personal data. */
export async function openShop(name: string): Promise<Shop> {
  await openDb()
  const { id: merchantId } = await makeMerchant(name)
  const ctx = at(merchantId)
  await setDefaultContainer(ctx, { containerId: (await makeContainer(ctx, { name: 'Wallet' })).id })
  await makeConnector(ctx, { name: 'cards' })
  const full = await createApiKey(ctx, { name: 'full', scopes: ['*'] })
  const old = await createApiKey(ctx, { name: 'stax', scopes: ['*'], compatStatus200: true })
  const scopes = ['customers:read', 'customers:write', 'instruments:read']
  const less = await createApiKey(ctx, { name: 'masked', scopes })
  return {
    merchantId,
    stax: bearer(full.key),
    compat: bearer(old.key),
    masked: bearer(less.key),
    clientele: client(full.key),
  }
}
