// The bridge between the stored customer and the wire, both ways; pure and total.

import { invalid } from '../../core/errors.ts'
import { toDouble } from '../../core/money.ts'
import { ADDRESS_PARTS, type Address, addressText } from '../../customers/address.ts'
import type { CustomerRow } from '../../customers/rules.ts'
import type { CustomerFields } from '../../customers/schema.ts'
import type { Owner } from '../../merchants/own.ts'
import type { Client, ClientCreate, ClientUpdate } from './wire.ts'

type WireAddress = NonNullable<Client['billingAddress']>
type Input = Exclude<ClientUpdate['billingAddress'], string | null | undefined>

const toAddress = (address: Address | null): WireAddress | null =>
  address && (Object.fromEntries(ADDRESS_PARTS.map((part) => [part, address[part] ?? null])) as WireAddress)

/** A billing address kept as one line is seen in `address`; one to ship to has only its street to be seen in. */
function toShipping(address: Address | null): WireAddress | null {
  const parts = toAddress(address)
  return parts && address?.line !== undefined ? { ...parts, street: address.line } : parts
}

/** The row as the caller may see it (masks and all) in the vendor's spelling; `owner` is the merchant. */
export function toClient(row: CustomerRow, owner: Owner | null): Client {
  const { billingAddress: billing } = row
  return {
    id: row.id,
    customerId: row.customerId,
    ownerId: row.merchantId,
    ownerName: owner?.name ?? null,
    userId: row.userId,
    name: row.name,
    email: row.email,
    address: addressText(billing) || null,
    phone: row.phone,
    memberId: row.memberId,
    hasPaymentRequests: row.hasPaymentRequests,
    totalDeposits: owner ? toDouble(row.deposits?.[owner.currency] ?? 0, owner.currency) : 0,
    createDate: row.createdAt.toISOString(),
    firstName: row.firstName,
    lastName: row.lastName,
    company: row.company,
    gender: row.gender,
    dateOfBirth: row.dateOfBirth,
    nationalId: row.nationalId,
    taxId: row.taxId,
    description: row.description,
    reference: row.reference,
    ccEmails: row.ccEmails ?? [],
    ccPhones: row.ccPhones ?? [],
    billingAddress: toAddress(billing),
    shippingAddress: toShipping(row.shippingAddress),
    country: billing?.country ?? null,
    region: billing?.region ?? null,
    currency: row.preferences?.currency ?? null,
    language: row.preferences?.language ?? null,
    preferences: row.preferences ?? {},
    status: row.lifecycle === 'erased' ? 'erased' : row.status,
    verificationStatus: row.verificationStatus,
    subscription: row.subscription ?? {},
    customFields: row.customFields ?? {},
    tags: row.tags ?? [],
    consents: row.consents ?? [],
    profileGuid: row.profileGuid,
    completeness: row.completeness,
    totals: Object.entries(row.deposits ?? {}).map(([currency, amountMinor]) => ({ amountMinor, currency })),
    version: row.version,
    updateDate: row.updatedAt.toISOString(),
    archivedAt: row.archivedAt?.toISOString() ?? null,
  }
}

/** `currency` and `language` are the same values as in `preferences`; saying two different things at once is refused. */
function preferencesOf({ currency, language, preferences }: ClientUpdate): CustomerFields['preferences'] {
  const members = { currency, language }
  let merged = preferences
  for (const name of ['currency', 'language'] as const) {
    const value = members[name]
    if (value === undefined) continue
    const other = preferences === null ? null : preferences?.[name]
    if (other !== undefined && other !== value)
      invalid(name, 'CONTRADICTORY', `must not differ from preferences.${name}`)
    merged = merged === null ? null : { ...merged, [name]: value }
  }
  return merged
}

/**
 * `address` beside parts: a line that only says what the parts say is theirs. Beside any other line nothing is left that
 * a null part could clear, and a null street would end the line itself.
 */
function addressesOf({
  address,
  billingAddress: parts,
}: ClientUpdate): Pick<CustomerFields, 'address' | 'billingAddress'> {
  if (typeof address !== 'string' || typeof parts !== 'object' || parts === null)
    return { address, billingAddress: parts }
  const given: Input = Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== null))
  return { address: address === addressText(given as Address) ? undefined : address, billingAddress: given }
}

/** A parsed body as the core takes it: read-only members are gone. Throws VALIDATION_ERROR for a contradiction. */
export function fromClient(body: ClientCreate | ClientUpdate): CustomerFields {
  const fields: CustomerFields = {
    name: body.name,
    email: body.email,
    ...addressesOf(body),
    phone: body.phone,
    memberId: body.memberId,
    firstName: body.firstName,
    lastName: body.lastName,
    company: body.company,
    nationalId: body.nationalId,
    taxId: body.taxId,
    description: body.description,
    reference: body.reference,
    ccEmails: body.ccEmails,
    ccPhones: body.ccPhones,
    gender: body.gender,
    dateOfBirth: body.dateOfBirth,
    shippingAddress: body.shippingAddress,
    country: body.country,
    region: body.region,
    preferences: preferencesOf(body),
    status: body.status,
    verificationStatus: body.verificationStatus,
    subscription: body.subscription,
    customFields: body.customFields,
    tags: body.tags,
    consents: body.consents?.map(({ recordedAt: _recordedAt, ...consent }) => consent),
  }
  return fields
}

/** Stored columns with another name, or none, on the wire. */
const HIDDEN = new Set(['lifecycle', 'hasInstrument', 'userId', 'deposits', 'mergedInto'])

/** The members of the answer that changed, for `changedFields`. */
export const changedMembers = (columns: readonly string[]): string[] => columns.filter((name) => !HIDDEN.has(name))
