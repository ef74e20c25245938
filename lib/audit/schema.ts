import { z } from 'zod'

const text = z.string().max(200)

/** Filters of the audit list; several values of one filter are joined by OR. */
export const AuditSearch = z.strictObject({
  actor: text.optional(),
  action: z.array(text).default([]),
  objectType: z.array(text).default([]),
  objectId: text.optional(),
  customerId: z.number().int().optional(),
  requestId: text.optional(),
  from: z.coerce.date().optional(),
  to: z.coerce.date().optional(),
  kind: z.enum(['all', 'reads', 'changes']).default('all'),
  limit: z.number().int().min(1).max(100).default(25),
  cursor: z.string().max(1000).optional(),
})
export type AuditSearch = z.input<typeof AuditSearch>
