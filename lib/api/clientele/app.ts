// The Clientele API at its two mounts.
import type { Hono } from 'hono'
import { type ApiContext, type ApiEnv, headersOf, json, requestIdOf, send } from '../http.ts'
import { CONNECTOR_GATEWAY_ROUTES } from './connector-gateway.ts'
import { CONNECTOR_ROUTES } from './connectors.ts'
import { CONTAINER_ROUTES } from './containers.ts'
import { CUSTOMER_PART_ROUTES } from './customer-parts.ts'
import { CUSTOMER_ROUTES } from './customers.ts'
import { KEY_ROUTES } from './keys.ts'
import { MERGE_ROUTES } from './merges.ts'
import { MOVEMENT_ROUTES } from './movements.ts'
import { NOTE_ROUTES } from './notes.ts'
import { authorizationServer, OAUTH_ROUTES, protectedResource } from './oauth.ts'
import { OAUTH_CLIENT_ROUTES } from './oauth-clients.ts'
import { openapiText } from './openapi.ts'
import { ORGANISATION_ROUTES } from './organisation.ts'
import type { OpenRoute, Route } from './route.ts'
import { serve } from './serve.ts'
import { SIGN_IN_ROUTES } from './sign-in.ts'
import { AUDIT_ROUTES, SYSTEM_ROUTES } from './system.ts'
import { TRANSACTION_ROUTES } from './transactions.ts'
import { WALLET_ROUTES } from './wallet.ts'

export const MOUNTS = ['/api', '/api/ipg/2.0.0'] as const

let document: string | undefined

const DOCUMENT: OpenRoute = {
  method: 'get',
  path: '/openapi/clientele.json',
  summary: 'This document',
  tag: 'System',
  open: true,
  answer: null,
  status: 200,
  errors: [],
  run: async () => ({ status: 200, text: (document ??= openapiText(ROUTES)) }),
}

/** Everything that the Clientele API serves. */
export const ROUTES: readonly Route[] = [
  ...SIGN_IN_ROUTES,
  ...OAUTH_ROUTES,
  ...CUSTOMER_ROUTES,
  ...NOTE_ROUTES,
  ...MERGE_ROUTES,
  ...CUSTOMER_PART_ROUTES,
  ...WALLET_ROUTES,
  ...CONTAINER_ROUTES,
  ...CONNECTOR_ROUTES,
  ...CONNECTOR_GATEWAY_ROUTES,
  ...TRANSACTION_ROUTES,
  ...MOVEMENT_ROUTES,
  ...ORGANISATION_ROUTES,
  ...AUDIT_ROUTES,
  ...KEY_ROUTES,
  ...OAUTH_CLIENT_ROUTES,
  ...SYSTEM_ROUTES,
  DOCUMENT,
]

const honoPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1')

export function mountClientele(app: Hono<ApiEnv>): void {
  for (const mount of MOUNTS) {
    for (const route of ROUTES) app.on(route.method.toUpperCase(), mount + honoPath(route.path), serve(route, mount))
  }
}

/** What OAuth clients look for first, at addresses that their RFCs fix. */
const WELL_KNOWN: Record<string, () => object> = {
  '/.well-known/oauth-authorization-server': authorizationServer,
  '/.well-known/oauth-protected-resource': protectedResource,
  '/.well-known/oauth-protected-resource/api': protectedResource,
}

export const isWellKnown = (path: string): boolean => Object.hasOwn(WELL_KNOWN, path)

export function mountWellKnown(app: Hono<ApiEnv>): void {
  for (const [path, about] of Object.entries(WELL_KNOWN)) {
    app.get(path, (c: ApiContext) => send(c, json(about()), requestIdOf(headersOf(c))))
  }
}

const PATTERNS = ROUTES.map(({ method, path }) => ({
  method: method.toUpperCase(),
  pattern: new RegExp(
    `^(?:${MOUNTS.map((mount) => mount.replaceAll('.', '\\.')).join('|')})${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`,
  ),
}))

/** The methods that a path of this API takes; empty for one that it does not have. */
export function methodsAt(path: string): string[] {
  const methods = PATTERNS.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
  if (methods.length === 0) return []
  return [...new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])]
}
