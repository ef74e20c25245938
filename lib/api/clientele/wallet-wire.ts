// Instruments, profiles and containers as the Clientele API spells them.
import { z } from '@hono/zod-openapi'
import type { Container } from '../../containers/queries.ts'
import type { Instrument } from '../../instruments/load.ts'
import type { Profile, ProfileItem } from '../../profiles/queries.ts'
import { Id, Instant } from './wire.ts'

const textOrNull = z.string().nullable()
const Ref = z.object({ id: Id, name: z.string() })
const TYPES = ['card', 'iban', 'wallet', 'bank'] as const

/** The vendor's payment method. Members that do not apply to its type are null. */
export const PaymentMethod = z
  .object({
    id: Id,
    clientId: Id,
    type: z.enum(TYPES),
    brand: textOrNull,
    last4: textOrNull,
    expMonth: z.int().nullable(),
    expYear: z.int().nullable(),
    holderName: textOrNull,
    isDefault: z.boolean(),
    token: z.string(),
    createDate: Instant,
  })
  .openapi('PaymentMethod')

export const InstrumentAnswer = z
  .object({
    id: Id,
    instrumentId: z.string().openapi({ format: 'uuid' }),
    profileGuid: z.string(),
    containerId: Id,
    type: z.enum(TYPES),
    paymentToken: z.string(),
    referenceUuid: textOrNull.openapi({ description: 'Only for the merchant that saved it.' }),
    brand: textOrNull,
    holderName: textOrNull,
    firstSix: textOrNull,
    lastFour: textOrNull,
    expMonth: z.int().nullable(),
    expYear: z.int().nullable(),
    ibanMasked: textOrNull,
    preferred: z.boolean(),
    expiry: z.object({ state: z.enum(['none', 'valid', 'expiring', 'expired']), daysLeft: z.int().nullable() }),
    usable: z.boolean(),
    unusableReason: z.enum(['expired', 'no_connector']).nullable(),
    connector: Ref.nullable(),
    customer: Ref.nullable(),
    version: z.int(),
    createDate: Instant,
    updateDate: Instant,
  })
  .openapi('Instrument')

export const toInstrument = (found: Instrument): z.output<typeof InstrumentAnswer> => ({
  id: found.id,
  instrumentId: found.instrumentId,
  profileGuid: found.profileGuid,
  containerId: found.containerId,
  type: found.type,
  paymentToken: found.paymentToken,
  referenceUuid: found.referenceUuid,
  brand: found.brand,
  holderName: found.holderName,
  firstSix: found.firstSix,
  lastFour: found.lastFour,
  expMonth: found.expMonth,
  expYear: found.expYear,
  ibanMasked: found.ibanMasked,
  preferred: found.isPreferred,
  expiry: found.expiry,
  usable: found.usable.ok,
  unusableReason: found.usable.reason,
  connector: found.connector,
  customer: found.customer,
  version: found.version,
  createDate: found.createdAt.toISOString(),
  updateDate: found.updatedAt.toISOString(),
})

const common = {
  id: Id,
  profileGuid: z.string(),
  customerIdentification: z.string(),
  container: Ref,
  customer: Ref.nullable(),
  preferredInstrumentId: Id.nullable(),
  preferredMethod: z.enum(TYPES).nullable(),
  instrumentCount: z.int(),
  version: z.int(),
  createDate: Instant,
  updateDate: Instant,
}

export const ProfileListItem = z.object(common).openapi('ProfileListItem')
export const ProfileAnswer = z
  .object({
    ...common,
    owner: Ref,
    shared: z.boolean(),
    otherMerchants: z.int(),
    customerData: z.record(z.string(), z.string()),
  })
  .openapi('Profile')

const commonOf = (found: ProfileItem | Profile, instrumentCount: number): z.output<typeof ProfileListItem> => ({
  id: found.id,
  profileGuid: found.profileGuid,
  customerIdentification: found.customerIdentification,
  container: { id: found.container.id, name: found.container.name },
  customer: found.customer,
  preferredInstrumentId: found.preferredInstrumentId,
  preferredMethod: found.preferredMethod,
  instrumentCount,
  version: found.version,
  createDate: found.createdAt.toISOString(),
  updateDate: found.updatedAt.toISOString(),
})

export const toProfileItem = (found: ProfileItem): z.output<typeof ProfileListItem> =>
  commonOf(found, found.instruments)

export const toProfile = (found: Profile): z.output<typeof ProfileAnswer> => ({
  ...commonOf(found, found.instruments.length),
  owner: found.owner,
  shared: found.container.shared,
  otherMerchants: found.otherMerchants,
  customerData: found.customerData,
})

export const ContainerAnswer = z
  .object({
    id: Id,
    name: z.string(),
    shared: z.boolean(),
    owner: Ref,
    own: z.boolean(),
    disabled: z.boolean().openapi({ description: 'By its owner, for everybody.' }),
    usable: z.boolean().openapi({ description: 'False where it is disabled: its contents are hidden.' }),
    isDefault: z.boolean(),
    profiles: z.int(),
    instruments: z.int(),
    connectors: z.int(),
    version: z.int(),
    createDate: Instant,
    updateDate: Instant,
  })
  .openapi('Container')

export const toContainer = (found: Container): z.output<typeof ContainerAnswer> => ({
  id: found.id,
  name: found.name,
  shared: found.shared,
  owner: { id: found.merchantId, name: found.ownerName },
  own: found.own,
  disabled: found.disabled,
  usable: found.usable,
  isDefault: found.isDefault,
  profiles: found.profiles,
  instruments: found.instruments,
  connectors: found.connectors,
  version: found.version,
  createDate: found.createdAt.toISOString(),
  updateDate: found.updatedAt.toISOString(),
})
