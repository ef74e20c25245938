// What a caller without pii:read sees. Masking happens here, in the core, so that no answer can forget it.
import { type Ctx, can } from '../core/ctx.ts'
import { ageBand, maskEmail, maskName, maskPhone, maskText } from '../core/mask.ts'
import type { Address } from './address.ts'
import type { CustomerRow } from './rules.ts'

/** One mask per row object: rows are shared by (id, version), so the masked one can be shared too. */
const masked = new WeakMap<CustomerRow, CustomerRow>()
const sensitive = new WeakMap<CustomerRow, CustomerRow>()

const mask = <T>(value: T | null, how: (value: T) => string): string | null => (value === null ? null : how(value))

function hideSensitive(row: CustomerRow, now: Date): CustomerRow {
  if (row.dateOfBirth === null && row.taxId === null && row.nationalId === null) return row
  return {
    ...row,
    dateOfBirth: mask(row.dateOfBirth, (date) => ageBand(date, now) ?? '••••'),
    taxId: mask(row.taxId, maskText),
    nationalId: mask(row.nationalId, maskText),
  }
}

/** City and country are what is left of an address. */
function placeOf(address: Address | null): Address | null {
  if (!address) return null
  const { city, country } = address
  return { ...(city && { city }), ...(country && { country }) }
}

function hidePersonal(row: CustomerRow): CustomerRow {
  return {
    ...row,
    name: maskName(row.name),
    firstName: mask(row.firstName, maskName),
    lastName: mask(row.lastName, maskName),
    company: mask(row.company, maskName),
    email: mask(row.email, maskEmail),
    phone: mask(row.phone, maskPhone),
    ccEmails: row.ccEmails?.map(maskEmail) ?? null,
    ccPhones: row.ccPhones?.map(maskPhone) ?? null,
    description: mask(row.description, maskText),
    billingAddress: placeOf(row.billingAddress),
    shippingAddress: placeOf(row.shippingAddress),
    search: '',
    sortName: '',
    emailFolded: null,
    phoneE164: null,
    customFields:
      row.customFields &&
      Object.fromEntries(Object.entries(row.customFields).map(([key, value]) => [key, maskText(value)])),
    // Nobody knows what of a free object is personal.
    options: null,
  }
}

function remember(cache: WeakMap<CustomerRow, CustomerRow>, row: CustomerRow, make: () => CustomerRow): CustomerRow {
  let made = cache.get(row)
  if (!made) cache.set(row, (made = make()))
  return made
}

/**
 * The row as the caller may see it. Sensitive fields (birth date, tax and national id) stay hidden from staff until
 * revealed one by one; systems with pii:read get them, since they cannot click.
 */
export function shown(ctx: Ctx, row: CustomerRow): CustomerRow {
  const clear = can(ctx, 'pii:read')
  if (clear && ctx.actor.type !== 'staff') return row
  const now = ctx.now()
  const base = remember(sensitive, row, () => hideSensitive(row, now))
  return clear ? base : remember(masked, base, () => hidePersonal(base))
}
