// Between the core's customer and the vendor's. Pure.
import { createHash } from 'node:crypto'
import { toAlpha2, toAlpha3 } from '../../core/countries.ts'
import type { CustomerRow } from '../../customers/rules.ts'
import type { CustomerFields } from '../../customers/schema.ts'
import { type ParsedOptions, parseOptions, renderOptions } from './options.ts'
import type { Customer, CustomerBody } from './wire.ts'

/** `2026-11-20 09:12:44` in UTC, which existing clients parse by exactly this form. */
export const spaced = (date: Date): string => date.toISOString().slice(0, 19).replace('T', ' ')

const gravatar = (email: string | null): string => {
  const hash = createHash('md5')
    .update((email ?? '').trim().toLowerCase())
    .digest('hex')
  return `//www.gravatar.com/avatar/${hash}`
}

/** What a whole address has; the rest is not in every address. */
const NEEDED = ['address_1', 'address_city', 'address_state', 'address_zip'] as const

function addressOf(row: CustomerRow) {
  const { line, street, street2, city, state, zipCode, country } = row.billingAddress ?? {}
  return {
    address_1: (line || street) ?? null,
    address_2: street2 ?? null,
    address_city: city ?? null,
    address_state: state ?? null,
    address_zip: zipCode ?? null,
    address_country: (country && toAlpha3(country)) ?? null,
  }
}

export function customerOf(row: CustomerRow): Customer {
  const address = addressOf(row)
  return {
    id: row.customerId,
    customer_id: row.customerId,
    firstname: row.firstName,
    lastname: row.lastName,
    company: row.company,
    email: row.email,
    cc_emails: row.ccEmails,
    cc_sms: row.ccPhones,
    phone: row.phone,
    ...address,
    notes: row.description,
    reference: row.reference,
    options: renderOptions(row),
    allow_invoice_credit_card_payments: row.allowInvoiceCardPayments,
    gravatar: gravatar(row.email),
    has_address: Object.values(address).some((part) => part !== null),
    missing_address_components: NEEDED.filter((part) => address[part] === null),
    created_at: spaced(row.createdAt),
    updated_at: spaced(row.updatedAt),
    deleted_at: row.archivedAt && spaced(row.archivedAt),
  }
}

/** A key only where the value was sent; null clears. */
const sent = <T extends object>(members: T): T =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T

/** The members of a body in the core's words. */
export function fieldsOf(body: CustomerBody): CustomerFields {
  const country = body.address_country && toAlpha2(body.address_country.trim().toUpperCase())
  const address = sent({
    street: body.address_1,
    street2: body.address_2,
    city: body.address_city,
    state: body.address_state,
    zipCode: body.address_zip,
    country: body.address_country === null ? null : country || undefined,
  })
  const options: Partial<ParsedOptions> = body.options === undefined ? {} : parseOptions(body.options)
  return sent({
    firstName: body.firstname,
    lastName: body.lastname,
    company: body.company,
    email: body.email,
    ccEmails: body.cc_emails,
    ccPhones: body.cc_sms,
    phone: body.phone,
    description: body.notes,
    reference: body.reference,
    billingAddress: Object.keys(address).length > 0 ? address : undefined,
    allowInvoiceCardPayments: body.allow_invoice_credit_card_payments,
    ...options,
  })
}

/** A state of the United States is written in two letters; elsewhere it is a name. */
export const isStateTooLong = (state: string | null | undefined, country: string | null | undefined): boolean =>
  country === 'US' && (state?.trim().length ?? 0) > 2
