// What a container of profiles is made of (zod only, browser-safe).
import { z } from 'zod'
import { text } from '../customers/values.ts'

export const NewContainer = z.strictObject({
  name: text(100, { required: true }),
  /** Shared with every merchant below the owner. */
  shared: z.boolean().default(false),
})
export type NewContainer = z.input<typeof NewContainer>

const id = z.number().int().positive()
const expectedVersion = z.number().int().optional()

export const ContainerPatch = z.strictObject({
  id,
  name: NewContainer.shape.name.optional(),
  shared: z.boolean().optional(),
  /** Nobody uses it, its owner included. */
  disabled: z.boolean().optional(),
  expectedVersion,
})
export const ContainerRemoval = z.strictObject({ id, expectedVersion })
/** Disables a container for one merchant below its owner and those below that one, or enables it again. */
export const Exclusion = z.strictObject({ id, merchantId: id, disabled: z.boolean() })

export const ContainerRef = z.strictObject({ id: z.number().int() })

/** The merchant-wide container; null takes it away. */
export const DefaultContainer = z.strictObject({ containerId: z.number().int().positive().nullable() })
