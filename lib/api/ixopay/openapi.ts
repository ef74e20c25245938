// The OpenAPI 3.1 document of the payment API, from the schemas that validate its requests.
import { OpenAPIHono, z } from '@hono/zod-openapi'
import { env } from '../../env.ts'
import { AttachBody, DetachBody, SelectorBody, TRANSACTION_BODIES, UpdateBody } from './wire.ts'

const Envelope = z
  .looseObject({ success: z.boolean(), errorMessage: z.string().optional(), errorCode: z.int().optional() })
  .openapi('Envelope')
const TransactionAnswer = Envelope.extend({
  uuid: z.string().optional(),
  purchaseId: z.string().optional(),
  returnType: z.enum(['FINISHED', 'REDIRECT', 'PENDING', 'ERROR']).optional(),
}).openapi('TransactionAnswer')

const PROFILE_BODIES = {
  getProfile: SelectorBody,
  updateProfile: UpdateBody,
  deleteProfile: SelectorBody,
  attachPaymentInstrument: AttachBody,
  detachPaymentInstrument: DetachBody,
}

const key = z.object({ apiKey: z.string().openapi({ description: 'The public key of a connector.' }) })
const content = (schema: z.ZodType) => ({ 'application/json': { schema } })
const answers = (schema: z.ZodType) => ({
  200: { description: 'The result, or a refusal with `success: false`', content: content(schema) },
  401: { description: 'Wrong credentials (1000) or signature (1004)', content: content(Envelope) },
  429: { description: 'Too many transactions (1009)', content: content(Envelope) },
})

/** The document as JSON text. */
export function openapiText(): string {
  const { openAPIRegistry: registry, ...app } = new OpenAPIHono()
  const security = [{ basic: [] }]
  registry.registerComponent('securitySchemes', 'basic', {
    type: 'http',
    scheme: 'basic',
    description: 'User name and password of the connector; X-Signature where the connector requires it.',
  })
  for (const [name, body] of Object.entries(PROFILE_BODIES)) {
    const request = { params: key, body: { required: true, content: content(body) } }
    const path = `/api/v3/customerProfiles/{apiKey}/${name}`
    registry.registerPath({
      method: 'post',
      path,
      operationId: name,
      tags: ['Customer profiles'],
      security,
      request,
      responses: answers(Envelope),
    })
  }
  for (const [name, body] of Object.entries(TRANSACTION_BODIES)) {
    const request = { params: key, body: { required: true, content: content(body) } }
    const path = `/api/v3/transaction/{apiKey}/${name}`
    registry.registerPath({
      method: 'post',
      path,
      operationId: name,
      tags: ['Transactions'],
      security,
      request,
      responses: answers(TransactionAnswer),
    })
  }
  for (const name of ['getByUuid', 'getByMerchantTransactionId']) {
    const request = { params: key.extend({ id: z.string() }) }
    const path = `/api/v3/status/{apiKey}/${name}/{id}`
    registry.registerPath({
      method: 'get',
      path,
      operationId: name,
      tags: ['Status'],
      security,
      request,
      responses: answers(Envelope),
    })
  }
  const info = {
    title: 'Payment API (IXOPAY v3)',
    version: '3.0.0',
    description: 'Customer profiles and transactions.',
  }
  return JSON.stringify(app.getOpenAPI31Document({ openapi: '3.1.0', info, servers: [{ url: env.publicUrl }] }))
}
