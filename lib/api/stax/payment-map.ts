// Between the core's instrument and the vendor's payment method. Pure.
import type { Instrument } from '../../instruments/load.ts'
import { spaced } from './map.ts'
import type { MethodPatch, PaymentMethod } from './payment-wire.ts'
import type { Customer } from './wire.ts'

const ADDRESS = ['address_1', 'address_2', 'address_city', 'address_state', 'address_zip', 'address_country'] as const
const BANK = ['bank_name', 'bank_type', 'bank_holder_type'] as const
const DETAILS = [...BANK, ...ADDRESS] as const

type Details = Record<(typeof DETAILS)[number], string | null>

/** `1227` or `122027` as month and year. */
export const expiryOf = (text: string): { expMonth: number; expYear: number } => ({
  expMonth: Number(text.slice(0, 2)),
  expYear: 2000 + Number(text.slice(-2)),
})

/** What an instrument keeps of a body beside the card or account itself. */
export function detailsOf(body: MethodPatch & { bank_routing?: string }): Record<string, string | null> {
  const named = [...DETAILS, 'bank_routing'] as const
  return Object.fromEntries(named.flatMap((name) => (body[name] === undefined ? [] : [[name, body[name] ?? null]])))
}

const titleOf = (found: Instrument, { bank_name, bank_type, bank_holder_type }: Details): string => {
  if (found.type === 'card' || found.type === 'wallet') {
    return [(found.brand ?? found.type).toUpperCase(), found.holderName].filter(Boolean).join(': ')
  }
  const kind = [bank_holder_type, bank_type].filter(Boolean).join(' ') || 'bank account'
  return [kind, bank_name].filter(Boolean).join(', ')
}

/** Both spellings that the vendor documents. */
function metaOf(found: Instrument) {
  const meta = {
    card_display: found.firstSix,
    routing_display: found.details?.bank_routing ?? null,
    account_display: found.type === 'iban' || found.type === 'bank' ? found.lastFour : null,
    eligible_for_card_updater: false,
    storage_state: 'cached',
    fingerprint: null,
  }
  const camel = (name: string) => name.replaceAll(/_(\w)/g, (_all, letter: string) => letter.toUpperCase())
  return { ...meta, ...Object.fromEntries(Object.entries(meta).map(([name, value]) => [camel(name), value])) }
}

type Around = { merchantUuid: string; customer: Customer | null; customerId: string | null; deletedAt?: Date }

export function methodOf(found: Instrument, { merchantUuid, customer, customerId, deletedAt }: Around): PaymentMethod {
  const { expMonth, expYear, lastFour } = found
  const details = Object.fromEntries(DETAILS.map((name) => [name, found.details?.[name] ?? null])) as Details
  const ends = expMonth !== null && expYear !== null
  return {
    id: found.instrumentId,
    customer_id: customerId,
    merchant_id: merchantUuid,
    user_id: null,
    nickname: `${titleOf(found, details)}${lastFour ? ` (ending in: ${lastFour})` : ''}`,
    has_cvv: 0,
    is_default: found.isPreferred ? 1 : 0,
    method: found.type === 'iban' || found.type === 'bank' ? 'bank' : 'card',
    person_name: found.holderName,
    card_type: found.brand,
    card_last_four: lastFour,
    card_exp: ends ? `${String(expMonth).padStart(2, '0')}${expYear}` : null,
    bin_type: null,
    ...details,
    meta: metaOf(found),
    is_usable_in_vt: found.usable.ok,
    is_tokenized: true,
    purged_at: null,
    deleted_at: deletedAt ? spaced(deletedAt) : null,
    created_at: spaced(found.createdAt),
    updated_at: spaced(found.updatedAt),
    card_exp_datetime: ends ? spaced(new Date(Date.UTC(expYear, expMonth, 1) - 1000)) : null,
    customer,
  }
}
