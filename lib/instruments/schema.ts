// What a saved card, IBAN, bank account or wallet is made of (zod only, browser-safe). No member takes a card number.
import { z } from 'zod'
import { text } from '../customers/values.ts'

export const InstrumentType = z.enum(['card', 'iban', 'wallet', 'bank'])
export type InstrumentType = z.infer<typeof InstrumentType>

const id = z.number().int().positive()
const Holder = text(255).nullish()
const Brand = z.string().regex(/^[a-z0-9_-]{1,40}$/, 'must be a brand such as visa')
const LastFour = z.string().regex(/^\d{4}$/, 'must be four digits')
const Month = z.number().int().min(1).max(12)
const Year = z.number().int().min(2000).max(2099)

const attached = {
  profileGuid: z.string().max(100),
  connectorId: id,
  holderName: Holder,
  /** The gateway's own name for this card or account; kept only as a keyed fingerprint. */
  gatewayReference: z.string().min(1).max(200),
  /** The uuid of the transaction that registered it; made here when there was none. */
  referenceUuid: z
    .string()
    .regex(/^[0-9a-f]{20}$/)
    .optional(),
  preferred: z.boolean().default(false),
}

/** An instrument as a gateway describes it. */
export const NewInstrument = z.discriminatedUnion('type', [
  z.strictObject({
    ...attached,
    type: z.literal('card'),
    brand: Brand,
    firstSix: z
      .string()
      .regex(/^\d{6}$/, 'must be six digits')
      .nullish(),
    lastFour: LastFour,
    expMonth: Month,
    expYear: Year,
  }),
  z.strictObject({
    ...attached,
    type: z.literal('iban'),
    ibanMasked: z.string().regex(/^[A-Z]{2}•• … [0-9A-Z]{4}$/, 'must be a masked IBAN'),
  }),
  z.strictObject({ ...attached, type: z.literal('wallet'), brand: Brand, lastFour: LastFour.nullish() }),
])
export type NewInstrument = z.input<typeof NewInstrument>

/** One numbered page of all instruments of the merchant's customers. */
export const InstrumentPage = z.strictObject({
  page: z.number().int().min(1).max(1_000_000),
  perPage: z.number().int().min(1).max(200),
})

export const InstrumentRef = z.strictObject({ id: z.number().int() })
/** An int64, a UUID or a payment token. */
export const InstrumentIdentity = z.strictObject({ identity: z.string().max(200) })

export const InstrumentPatch = z.strictObject({
  id,
  expectedVersion: z.number().int().optional(),
  holderName: Holder,
  expMonth: Month.optional(),
  expYear: Year.optional(),
  /** Members that are null go, others join those that are kept. */
  details: z.record(z.string().max(40), text(255).nullable()).optional(),
})
export type InstrumentPatch = z.input<typeof InstrumentPatch>

/** `instrumentId` null leaves the profile without a preferred instrument; `expectedVersion` is the profile's. */
export const PreferredChoice = z.strictObject({
  profileGuid: z.string().max(100),
  instrumentId: id.nullable(),
  expectedVersion: z.number().int().optional(),
})
export type PreferredChoice = z.input<typeof PreferredChoice>

/** `next` follows as the preferred one if this was it; null or nothing leaves the profile without. */
export const InstrumentRemoval = z.strictObject({
  id,
  expectedVersion: z.number().int().optional(),
  next: id.nullable().default(null),
})
export type InstrumentRemoval = z.input<typeof InstrumentRemoval>

/** The instruments of one profile or of one customer. */
export const InstrumentsOf = z.union([
  z.strictObject({ profileGuid: z.string().max(100) }),
  z.strictObject({ customerId: z.number().int() }),
])
export type InstrumentsOf = z.input<typeof InstrumentsOf>

export const PaymentMethodsOf = z.strictObject({ customerId: z.number().int() })
