// The Stax API at its mount. Its clients put this in place of the vendor's base.
import type { Hono } from 'hono'
import { type ApiContext, type ApiEnv, headersOf, requestIdOf, send } from '../http.ts'
import { serve, unknownPath } from './call.ts'
import { CUSTOMER_ROUTES } from './customer-routes.ts'
import { openapiText } from './openapi.ts'
import { PAYMENT_ROUTES } from './payment-routes.ts'
import type { Route } from './route.ts'
import { WEBHOOK_ROUTES } from './webhooks.ts'

const ROUTES: readonly Route[] = [...CUSTOMER_ROUTES, ...PAYMENT_ROUTES, ...WEBHOOK_ROUTES]

let document: string | undefined

export function mountStax(app: Hono<ApiEnv>): void {
  for (const route of ROUTES) {
    const path = `/api/stax${route.path.replaceAll(/\{(\w+)\}/g, ':$1')}`
    app.on(route.method.toUpperCase(), path, serve(route))
  }
  app.get('/api/openapi/stax.json', (c: ApiContext) =>
    send(c, { status: 200, text: (document ??= openapiText(ROUTES)) }, requestIdOf(headersOf(c))),
  )
  app.all('/api/stax', unknownPath)
  app.all('/api/stax/*', unknownPath)
}
