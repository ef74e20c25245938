/**
 * Addresses: either one line, kept exactly as it was written, or parts. Browser-safe, pure. A line is never guessed into
 * parts; a country or region may stand beside it, because both have fields of their own.
 */
import { clean } from '../core/text.ts'

export const ADDRESS_PARTS = ['street', 'street2', 'city', 'state', 'region', 'zipCode', 'country'] as const
export type AddressPart = (typeof ADDRESS_PARTS)[number]
export type Address = { line?: string | null } & { [part in AddressPart]?: string | null }
export type AddressInput = string | { readonly [part in AddressPart]?: string | null | undefined } | null

/** The address as one string: the line as written, else the parts joined by `, `; empty if there is none. */
export const addressText = (address: Address | null | undefined): string =>
  address?.line ||
  ADDRESS_PARTS.map((part) => address?.[part])
    .filter(Boolean)
    .join(', ')

const orNull = (address: Address): Address | null => (addressText(address) === '' ? null : address)

/** A new line replaces the parts. Country and region stay only where they stood beside a line before. */
const withLine = (line: string, before: Address | null | undefined): Address => {
  const address: Address = { line }
  if (!before?.line) return address
  if (before.region) address.region = before.region
  if (before.country) address.country = before.country
  return address
}

/**
 * The address after a write; `undefined` as input keeps it, null or an empty string clears it.
 * - A string equal to what `before` is rendered as counts as unchanged and keeps the parts; any other is kept verbatim.
 * - Parts are merged into those of `before`, null clears one. Setting the street ends a line that was kept verbatim.
 */
export const parseAddressInput = (input: AddressInput | undefined, before?: Address | null): Address | null => {
  if (input === undefined) return before ?? null
  if (input === null) return null
  if (typeof input === 'string') {
    const line = clean(input)
    if (before && (input === addressText(before) || line === addressText(before))) return before
    return line === '' ? null : withLine(line, before)
  }
  const address: Address = { ...before }
  for (const part of ADDRESS_PARTS) {
    const value = input[part]
    if (value === undefined) continue
    const text = typeof value === 'string' ? clean(value) : ''
    if (text === '') delete address[part]
    else address[part] = text
  }
  if (input.street !== undefined) delete address.line
  return orNull(address)
}
