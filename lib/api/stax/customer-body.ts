// From a body to what it changes: empty members and echoes first, then the schema, then what spans several members.
import type { z } from '@hono/zod-openapi'
import { type Ctx, can } from '../../core/ctx.ts'
import { fail, invalid } from '../../core/errors.ts'
import { jsonEqual } from '../../core/json-patch.ts'
import { problems } from '../../core/verb.ts'
import { shown } from '../../customers/mask.ts'
import type { CustomerRow } from '../../customers/rules.ts'
import type { CustomerFields } from '../../customers/schema.ts'
import { customerOf, fieldsOf, isStateTooLong } from './map.ts'
import { CustomerBody, withoutEmpty } from './wire.ts'

type Members = Record<string, unknown>

export function parseWire<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body)
  return parsed.success ? parsed.data : fail('VALIDATION_ERROR', { fields: problems(parsed.error) })
}

const nameless = (): never =>
  fail('VALIDATION_ERROR', { fields: [{ path: 'name', code: 'REQUIRED', message: 'is required' }] })

const NAMING = ['firstName', 'lastName', 'company', 'email'] as const

/** `before` is what is stored already. */
function checkWhole(fields: CustomerFields, before: CustomerRow | null): void {
  const after = (name: (typeof NAMING)[number]) => (fields[name] === undefined ? before?.[name] : fields[name])
  if (!NAMING.some(after)) nameless()
  const address = typeof fields.billingAddress === 'object' ? fields.billingAddress : null
  if (!address) return
  const country = address.country === undefined ? before?.billingAddress?.country : address.country
  const state = address.state === undefined ? before?.billingAddress?.state : address.state
  if (isStateTooLong(state, country)) invalid('address_state', 'TOO_LONG', 'must be 2 characters in the USA')
}

/** What a body says of a new customer. */
export function newFields(body: Members): CustomerFields {
  const fields = fieldsOf(parseWire(CustomerBody, withoutEmpty(body)))
  checkWhole(fields, null)
  return fields
}

/** A mask that is sent back changed was read by somebody who does not know the value: storing it would lose that. */
function refuseMasks(value: unknown, path: string): void {
  if (typeof value === 'string' && value.includes('•••')) invalid(path, 'MASKED', 'is masked, and no mask is stored')
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) refuseMasks(member, path === '' ? name : `${path}.${name}`)
}

/** What a body changes. A member that equals what the caller was shown counts as unchanged, whatever its limit. */
export function changedFields(ctx: Ctx, row: CustomerRow, body: Members): CustomerFields {
  const seen: Members = customerOf(shown(ctx, row))
  const changes = Object.entries(withoutEmpty(body)).filter(([name, value]) => {
    const known = Object.hasOwn(seen, name) ? seen[name] : undefined
    return known === undefined || !jsonEqual(value, known)
  })
  const rest = Object.fromEntries(changes)
  if (!can(ctx, 'pii:read')) refuseMasks(rest, '')
  const fields = fieldsOf(parseWire(CustomerBody, rest))
  checkWhole(fields, row)
  return fields
}
