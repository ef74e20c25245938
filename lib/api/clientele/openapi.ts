// The OpenAPI 3.1 document, made from the very routes that are served.
import { OpenAPIHono, z } from '@hono/zod-openapi'
import { ERRORS, type ErrorCode, statusOf } from '../../core/errors.ts'
import { env } from '../../env.ts'
import { errorSlug } from '../problem.ts'
import { PATCH_EXAMPLE } from './examples.ts'
import type { Route } from './route.ts'

const Problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    requestId: z.string(),
    errors: z.record(z.string(), z.array(z.string())).optional(),
    error: z.object({
      code: z.string(),
      message: z.string(),
      details: z.looseObject({ timestamp: z.string().openapi({ format: 'date-time' }) }),
    }),
  })
  .openapi('Problem')

const PatchDocument = z
  .array(
    z.object({
      op: z.enum(['add', 'remove', 'replace', 'move', 'copy', 'test']),
      path: z.string(),
      from: z.string().optional(),
      value: z.unknown().optional(),
    }),
  )
  .openapi('JsonPatch')

const OPEN_ERRORS: readonly ErrorCode[] = ['INTERNAL', 'CARD_NUMBER_REFUSED', 'URL_TOO_LONG', 'WRITER_BUSY']
const GUARDED_ERRORS: readonly ErrorCode[] = [
  ...OPEN_ERRORS,
  'CREDENTIALS_MISSING',
  'CREDENTIALS_INVALID',
  'TOKEN_EXPIRED',
  'PERMISSION_MISSING',
  'ADDRESS_NOT_ALLOWED',
]

function problemExample(code: ErrorCode) {
  const status = statusOf(code)
  const message = ERRORS[code].message
  const details = { timestamp: '2026-11-20T09:30:00.000Z' }
  const type = `${env.publicUrl}/docs/errors/${errorSlug(code)}`
  const said = { title: message, status, detail: message, instance: '/api/customers', requestId: 'req_5f0b2c7d' }
  return { type, ...said, error: { code, message, details } }
}

/** One response for each status, with an example for each of its codes. */
function errorResponses(route: Route) {
  const codes = [...new Set([...(route.open ? OPEN_ERRORS : GUARDED_ERRORS), ...route.errors])]
  if (!route.open && !route.permission) codes.splice(codes.indexOf('PERMISSION_MISSING'), 1)
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of codes) byStatus.set(statusOf(code), [...(byStatus.get(statusOf(code)) ?? []), code])
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, some]) => {
        const examples = Object.fromEntries(some.map((code) => [code, { value: problemExample(code) }]))
        const media = { schema: Problem, examples }
        return [
          status,
          { description: some.join(', '), content: { 'application/problem+json': media, 'application/json': media } },
        ]
      }),
  )
}

function requestBody(route: Route) {
  if (route.form) {
    return { required: true, content: { 'application/x-www-form-urlencoded': { schema: route.form } } }
  }
  if (!route.body) return undefined
  const media = { schema: route.body, examples: route.bodyExamples }
  const patch = {
    schema: z.union([PatchDocument, route.body]),
    examples: { ...route.bodyExamples, patch: PATCH_EXAMPLE },
  }
  const content = {
    'application/json': media,
    'text/json': media,
    'application/*+json': media,
    'application/json-patch+json': route.patch ? patch : media,
    ...(route.patch && { 'application/merge-patch+json': media }),
  }
  return { required: route.bodyRequired !== false, content }
}

const IdempotencyKey = z.object({
  'Idempotency-Key': z
    .string()
    .optional()
    .openapi({ description: 'At most one effect and one answer per key, for 24 hours.' }),
})
const IfMatch = z.object({ 'If-Match': z.string().optional().openapi({ description: 'The ETag that was read.' }) })

function headersOf(route: Route) {
  if (route.open || route.method === 'get' || route.safe) return undefined
  return route.errors.includes('STALE_WRITE') ? IdempotencyKey.extend(IfMatch.shape) : IdempotencyKey
}

const paramsOf = (path: string) => {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
  return names.length === 0 ? undefined : z.object(Object.fromEntries(names.map((name) => [name, z.string()])))
}

const operationId = ({ method, path }: Route): string =>
  method + path.replace(/[{}]/g, '').replace(/[/\-.]+(\w)/g, (_all, letter: string) => letter.toUpperCase())

function register(app: OpenAPIHono, route: Route): void {
  const { answer, status = answer ? 200 : 204 } = route
  const content = answer ? { content: { 'application/json': { schema: answer, example: route.answerExample } } } : {}
  app.openAPIRegistry.registerPath({
    method: route.method,
    path: `/api${route.path}`,
    operationId: operationId(route),
    tags: [route.tag],
    summary: route.summary,
    description: route.description,
    security: route.open ? [] : [{ apiKey: [] }, { bearer: [] }, { basic: [] }],
    ...(!route.open && { 'x-permission': route.permission ?? 'any' }),
    request: { params: paramsOf(route.path), query: route.query, headers: headersOf(route), body: requestBody(route) },
    responses: { [status]: { description: 'OK', ...content }, ...errorResponses(route) },
  })
}

const ABOUT = `Customers, payment profiles and saved instruments of a merchant.

Every path also works under \`/api/ipg/2.0.0\`. Errors are RFC 9457 problem details and carry the \`error\` object; \
branch on \`error.code\`, whose page is at \`type\`.`

/** The document as JSON text. */
export function openapiText(routes: readonly Route[]): string {
  const app = new OpenAPIHono()
  const scheme = (name: string, value: Parameters<typeof app.openAPIRegistry.registerComponent>[2]) =>
    app.openAPIRegistry.registerComponent('securitySchemes', name, value)
  scheme('apiKey', { type: 'apiKey', in: 'header', name: 'X-API-Key' })
  scheme('bearer', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key, an access token of POST /oauth/token, or a staff token of POST /auth/login.',
  })
  scheme('basic', { type: 'http', scheme: 'basic', description: 'The API key as user name.' })
  for (const route of routes) register(app, route)
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Clientele API', version: '1.0.0', description: ABOUT },
    servers: [{ url: env.publicUrl }],
  })
  return JSON.stringify(document)
}
