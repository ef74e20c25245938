// Which audited fields are personal, and how before and after look to who may not read them.
import type { AuditChanges } from '../core/audit-chain.ts'
import { type Ctx, can } from '../core/ctx.ts'

const PERSONAL = new Set([
  'name',
  'firstName',
  'lastName',
  'company',
  'email',
  'phone',
  'dateOfBirth',
  'nationalId',
  'taxId',
  'description',
  'ccEmails',
  'ccPhones',
  'billingAddress',
  'shippingAddress',
  'customFields',
  'options',
  'details',
  'customerData',
  'holderName',
  'text',
])

/** Hidden from all staff until revealed one by one, in the trail as in the record. */
const SENSITIVE = new Set(['dateOfBirth', 'nationalId', 'taxId'])
const NOTHING: ReadonlySet<string> = new Set()

const hide = (value: unknown) => (value === null ? null : '••••')

/** Before and after as the caller may see them: what is not theirs gives way to a mask; that it changed stays visible. */
export function shownChanges(ctx: Ctx, changes: AuditChanges | null): AuditChanges | null {
  if (!changes) return null
  const ofReaders = ctx.actor.type === 'staff' ? SENSITIVE : NOTHING
  const hidden = can(ctx, 'pii:read') ? ofReaders : PERSONAL
  return Object.fromEntries(
    Object.entries(changes).map(([field, { before, after }]) => [
      field,
      hidden.has(field) ? { before: hide(before), after: hide(after) } : { before, after },
    ]),
  )
}
