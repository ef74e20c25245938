// The OpenAPI 3.1 document of the Stax API, from the declarations that its handlers are made from.
import { OpenAPIHono, z } from '@hono/zod-openapi'
import { env } from '../../env.ts'
import type { Route } from './route.ts'

const Bag = z.record(z.string(), z.array(z.string())).openapi('Bag', {
  example: { email: ['The email field must be an e-mail address.'] },
})
const Sentences = z.array(z.string()).openapi('Sentences', { example: ['API key invalid or missing'] })
const NoCustomer = z.object({ id: z.string() }).openapi('NoCustomer', { example: { id: 'customer not found' } })

const content = (schema: z.ZodType) => ({ 'application/json': { schema } })
const SHARED = {
  401: { description: 'Bad or missing key', content: content(Sentences) },
  403: { description: 'A permission is missing', content: content(Sentences) },
  500: { description: 'An unexpected error occurred', content: content(Sentences) },
}
const BODIES: Record<number, z.ZodType> = { 400: Bag, 404: NoCustomer, 409: Sentences, 422: z.union([NoCustomer, Bag]) }

const paramsOf = (path: string) => {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
  return names.length === 0 ? undefined : z.object(Object.fromEntries(names.map((name) => [name, z.uuid()])))
}

const operationId = ({ method, path }: Route): string =>
  method + path.replace(/[{}]/g, '').replace(/[/-]+(\w)/g, (_all, letter: string) => letter.toUpperCase())

const IdempotencyKey = z.object({
  'Idempotency-Key': z
    .string()
    .optional()
    .openapi({ description: 'At most one effect and one answer per key, for 24 hours.' }),
})

function register(app: OpenAPIHono, route: Route): void {
  const { method, path, summary, description, tag, permission, query, body, bodyExample, answer, status = 200 } = route
  const refusals = Object.entries(route.refusals).map(([code, told]) => [
    code,
    { description: told, content: content(BODIES[Number(code)] ?? Sentences) },
  ])
  app.openAPIRegistry.registerPath({
    method,
    path: `/api/stax${path}`,
    operationId: operationId(route),
    tags: [tag],
    summary,
    description,
    security: [{ bearer: [] }],
    'x-permission': permission,
    request: {
      params: paramsOf(path),
      query,
      headers: method === 'get' ? undefined : IdempotencyKey,
      ...(body && {
        body: { required: method === 'post', content: { 'application/json': { schema: body, example: bodyExample } } },
      }),
    },
    responses: {
      [status]: { description: 'OK', content: content(answer) },
      ...Object.fromEntries(refusals),
      ...SHARED,
    },
  })
}

const ABOUT = `Customers and payment methods in the spelling of the Stax API: put this base in place of the vendor's.

Wrong input is answered with 400, and with 422 to keys made with \`compatStatus200\`, which also get 200 for a created \
customer. Dates are \`YYYY-MM-DD HH:MM:SS\` in UTC.`

/** The document as JSON text. */
export function openapiText(routes: readonly Route[]): string {
  const app = new OpenAPIHono()
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description: 'Any API key with the permission.',
  })
  for (const route of routes) register(app, route)
  const info = { title: 'Customer API (Stax)', version: '1.0.0', description: ABOUT }
  return JSON.stringify(app.getOpenAPI31Document({ openapi: '3.1.0', info, servers: [{ url: env.publicUrl }] }))
}
