// What a merchant's route to a gateway is made of (zod only, browser-safe).
import { z } from 'zod'
import { text } from '../customers/values.ts'

export const ADAPTERS = ['simulator', 'ixopay', 'meta'] as const
export const Adapter = z.enum(ADAPTERS)
export type Adapter = z.infer<typeof Adapter>

export const NewConnector = z.strictObject({
  name: text(100, { required: true }),
  adapter: Adapter,
  /** Null uses the merchant's default container. */
  containerId: z.number().int().positive().nullable().default(null),
  requireSignature: z.boolean().default(false),
  enabled: z.boolean().default(true),
  /** Where results are told when a request names no address of its own. */
  callbackUrl: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .max(2048)
    .nullable()
    .default(null),
  /** The vendor's limit of five transactions a minute. */
  rateLimited: z.boolean().default(false),
})
export type NewConnector = z.input<typeof NewConnector>

const version = z.number().int().optional()

export const ConnectorPatch = z.strictObject({
  id: z.number().int().positive(),
  name: NewConnector.shape.name.optional(),
  containerId: z.number().int().positive().nullable().optional(),
  requireSignature: z.boolean().optional(),
  enabled: z.boolean().optional(),
  callbackUrl: NewConnector.shape.callbackUrl.unwrap().optional(),
  rateLimited: z.boolean().optional(),
  expectedVersion: version,
})

export const CREDENTIALS = ['username', 'password', 'sharedSecret'] as const
/** Which of the credentials are to be new; the others stay. */
export const Rotation = z.strictObject({
  id: z.number().int().positive(),
  renew: z.array(z.enum(CREDENTIALS)).min(1).max(3),
})

export const ConnectorRef = z.strictObject({ id: z.number().int() })
