// From a body to a command: echo and masks first, then the strict schema, then the core.
import type { z } from '@hono/zod-openapi'
import { fail, invalid } from '../../core/errors.ts'
import { fieldFaults } from '../../customers/issues.ts'
import { shown } from '../../customers/mask.ts'
import { findOwnRow } from '../../customers/queries.ts'
import type { CustomerRow } from '../../customers/rules.ts'
import { asMembers, patchToBody, refuseMasks, withoutEcho } from './echo.ts'
import { toClient } from './map.ts'
import type { Call } from './route.ts'

type Members = Record<string, unknown>

/** Parses a body; every fault is told with its place. */
export function parseBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const fields = fieldFaults(parsed.error).map(({ field, pointer, code, message }) => ({
    path: field,
    pointer,
    code,
    message,
  }))
  return fail('VALIDATION_ERROR', { fields })
}

const PATCH_TYPE = 'application/json-patch+json'

/** The body as members to change. Only under the patch type an array is a patch, and only on an update. */
export function membersOf(call: Call, seen: Members | undefined): Members {
  if (!Array.isArray(call.body) || call.bodyType !== PATCH_TYPE) return asMembers(call.body)
  return seen ? patchToBody(call.body, seen) : fail('PATCH_INVALID', { reason: 'A patch needs something to change' })
}

/** A body's id must be absent, null, 0 or the customer's own. */
function refuseOtherId(body: Members, row: CustomerRow): void {
  const { id } = body
  if (id === undefined || id === null || id === 0 || id === row.id || id === String(row.id)) return
  invalid('id', 'ID_DIFFERS', 'must be absent, null, 0 or the id of the path')
}

export type Target = { row: CustomerRow; seen: Members; clear: Members; masked: boolean }

/** The customer to be changed, as it is shown to this caller and as it is. CUSTOMER_NOT_FOUND. */
export async function targetOf(call: Call, id: number): Promise<Target> {
  const row = await findOwnRow(call.ctx, { id })
  const visible = shown(call.ctx, row)
  return { row, seen: toClient(visible, null), clear: toClient(row, null), masked: visible !== row }
}

/** What the body changes of the target, ready for the strict schema. */
export function changesOf(call: Call, { row, seen, clear, masked }: Target): Members {
  const body = membersOf(call, seen)
  refuseOtherId(body, row)
  const changes = withoutEcho(body, seen, clear)
  if (masked) refuseMasks(changes)
  return changes
}
