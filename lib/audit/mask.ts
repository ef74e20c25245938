// Which audited fields are personal, and how before and after look to who may not read them.
import type { AuditChanges } from '../core/audit-chain.ts'

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
  'customerData',
  'holderName',
  'text',
])

const hide = (value: unknown) => (value === null ? null : '••••')

/** Personal values give way to a mask; that they changed stays visible. */
export function maskChanges(changes: AuditChanges | null): AuditChanges | null {
  if (!changes) return null
  return Object.fromEntries(
    Object.entries(changes).map(([field, { before, after }]) => [
      field,
      PERSONAL.has(field) ? { before: hide(before), after: hide(after) } : { before, after },
    ]),
  )
}
