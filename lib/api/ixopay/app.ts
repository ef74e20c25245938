// The payment API at its mount. Its clients keep their base, the plain origin, and append `api/v3/…` themselves.
import type { Hono } from 'hono'
import { type ApiContext, type ApiEnv, headersOf, requestIdOf, send } from '../http.ts'
import { serve, unknownPath } from './call.ts'
import { openapiText } from './openapi.ts'
import { attach, detach, get, remove, update } from './profiles.ts'
import { byMerchantTransactionId, byUuid, transact } from './transactions.ts'
import { TRANSACTION_BODIES, type TransactionCall } from './wire.ts'

const PROFILE_CALLS = {
  getProfile: get,
  updateProfile: update,
  deleteProfile: remove,
  attachPaymentInstrument: attach,
  detachPaymentInstrument: detach,
}

let document: string | undefined

export function mountIxopay(app: Hono<ApiEnv>): void {
  for (const [name, run] of Object.entries(PROFILE_CALLS)) {
    app.post(`/api/v3/customerProfiles/:apiKey/${name}`, serve(run))
  }
  for (const name of Object.keys(TRANSACTION_BODIES) as TransactionCall[]) {
    app.post(`/api/v3/transaction/:apiKey/${name}`, serve(transact(name)))
  }
  app.get('/api/v3/status/:apiKey/getByUuid/:id', serve(byUuid))
  app.get('/api/v3/status/:apiKey/getByMerchantTransactionId/:id', serve(byMerchantTransactionId))
  app.all('/api/v3/*', unknownPath)
  app.get('/api/openapi/ixopay.json', (c: ApiContext) =>
    send(c, { status: 200, text: (document ??= openapiText()) }, requestIdOf(headersOf(c))),
  )
}
