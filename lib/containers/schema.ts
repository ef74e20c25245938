// What a container of profiles is made of (zod only, browser-safe).
import { z } from 'zod'
import { text } from '../customers/values.ts'

export const NewContainer = z.strictObject({
  name: text(100, { required: true }),
  /** Shared with every merchant below the owner. */
  shared: z.boolean().default(false),
})
export type NewContainer = z.input<typeof NewContainer>

export const ContainerRef = z.strictObject({ id: z.number().int() })

/** The merchant-wide container; null takes it away. */
export const DefaultContainer = z.strictObject({ containerId: z.number().int().positive().nullable() })
