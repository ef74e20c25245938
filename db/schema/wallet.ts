import type { InstrumentType } from '#lib/instruments/schema'
import { k } from '../kit.ts'
import { customers } from './customers.ts'
import { merchants } from './merchants.ts'

/** A store of profiles, owned by a merchant and optionally shared with its sub-merchants. */
export const containers = k.table(
  'containers',
  {
    id: k.id(),
    merchantId: k
      .int('merchant_id')
      .notNull()
      .references(() => merchants.id),
    name: k.text('name').notNull(),
    shared: k.bool('shared').notNull(),
    /** Nobody uses it, its owner included, until it is enabled again. */
    disabled: k.bool('disabled').notNull().default(false),
    version: k.int('version').notNull(),
    createdAt: k.time('created_at').notNull(),
    updatedAt: k.time('updated_at').notNull(),
  },
  (t) => [k.uniqueIndex('containers_name').on(t.merchantId, t.name)],
)

/** Sub-merchants for whom a shared container is disabled. */
export const containerExclusions = k.table(
  'container_exclusions',
  {
    containerId: k
      .int('container_id')
      .notNull()
      .references(() => containers.id),
    merchantId: k
      .int('merchant_id')
      .notNull()
      .references(() => merchants.id),
    createdAt: k.time('created_at').notNull(),
  },
  (t) => [
    k.primaryKey({ columns: [t.containerId, t.merchantId] }),
    k.index('container_exclusions_merchant').on(t.merchantId),
  ],
)

/** A merchant's route to a gateway. The API key is public; username, password and shared secret are sealed. */
export const connectors = k.table(
  'connectors',
  {
    id: k.id(),
    merchantId: k
      .int('merchant_id')
      .notNull()
      .references(() => merchants.id),
    name: k.text('name').notNull(),
    adapter: k.text('adapter').$type<'simulator' | 'ixopay' | 'meta'>().notNull(),
    apiKey: k.text('api_key').notNull(),
    username: k.text('username').notNull(),
    password: k.text('password').notNull(),
    sharedSecret: k.text('shared_secret').notNull(),
    requireSignature: k.bool('require_signature').notNull(),
    containerId: k.int('container_id').references(() => containers.id),
    enabled: k.bool('enabled').notNull(),
    /** Where results are told when the request names no address of its own. */
    callbackUrl: k.text('callback_url'),
    /** The vendor's limit of five transactions a minute on test connectors. */
    rateLimited: k.bool('rate_limited').notNull().default(false),
    version: k.int('version').notNull(),
    createdAt: k.time('created_at').notNull(),
    updatedAt: k.time('updated_at').notNull(),
  },
  (t) => [k.uniqueIndex('connectors_api_key').on(t.apiKey), k.uniqueIndex('connectors_name').on(t.merchantId, t.name)],
)

/** Where a connector of the `ixopay` adapter sends its payments, and as whom; `credentials` are sealed JSON. */
export const gatewayAccounts = k.table('gateway_accounts', {
  connectorId: k
    .int('connector_id')
    .primaryKey()
    .references(() => connectors.id),
  baseUrl: k.text('base_url').notNull(),
  /** The gateway's public name of the account. */
  apiKey: k.text('api_key').notNull(),
  credentials: k.text('credentials').notNull(),
  updatedAt: k.time('updated_at').notNull(),
})

/** The connectors among which a meta-connector chooses; a condition that is null fits everything. */
export const connectorMembers = k.table(
  'connector_members',
  {
    connectorId: k
      .int('connector_id')
      .notNull()
      .references(() => connectors.id),
    memberId: k
      .int('member_id')
      .notNull()
      .references(() => connectors.id),
    method: k.text('method').$type<InstrumentType>(),
    brand: k.text('brand'),
    currency: k.text('currency'),
    /** Of several that fit, each is chosen in proportion to its weight. */
    weight: k.int('weight').notNull(),
  },
  (t) => [k.primaryKey({ columns: [t.connectorId, t.memberId] })],
)

/** One customer's payment identity inside a container. */
export const profiles = k.table(
  'profiles',
  {
    id: k.id(),
    profileGuid: k.text('profile_guid').notNull(),
    containerId: k
      .int('container_id')
      .notNull()
      .references(() => containers.id),
    merchantId: k
      .int('merchant_id')
      .notNull()
      .references(() => merchants.id),
    customerIdentification: k.text('customer_identification').notNull(),
    customerData: k.json<Record<string, string>>('customer_data').notNull(),
    preferredInstrumentId: k.int('preferred_instrument_id'),
    version: k.int('version').notNull(),
    createdAt: k.time('created_at').notNull(),
    updatedAt: k.time('updated_at').notNull(),
  },
  (t) => [
    k.uniqueIndex('profiles_guid').on(t.profileGuid),
    k.uniqueIndex('profiles_identification').on(t.containerId, t.customerIdentification),
    k.index('profiles_page').on(t.containerId, t.createdAt, t.id),
  ],
)

/** Which customers a profile belongs to: at most one customer of each merchant, one profile per container and customer. */
export const profileCustomers = k.table(
  'profile_customers',
  {
    profileId: k
      .int('profile_id')
      .notNull()
      .references(() => profiles.id),
    customerId: k
      .int('customer_id')
      .notNull()
      .references(() => customers.id),
    merchantId: k
      .int('merchant_id')
      .notNull()
      .references(() => merchants.id),
  },
  (t) => [
    k.primaryKey({ columns: [t.profileId, t.customerId] }),
    k.uniqueIndex('profile_customers_merchant').on(t.profileId, t.merchantId),
    k.index('profile_customers_customer').on(t.customerId),
  ],
)

/** A saved card, IBAN or wallet. Never a card number: brand, holder, expiry, first six, last four, a keyed fingerprint. */
export const instruments = k.table(
  'instruments',
  {
    id: k.id(),
    instrumentId: k.text('instrument_id').notNull(),
    profileId: k
      .int('profile_id')
      .notNull()
      .references(() => profiles.id),
    merchantId: k
      .int('merchant_id')
      .notNull()
      .references(() => merchants.id),
    connectorId: k
      .int('connector_id')
      .notNull()
      .references(() => connectors.id),
    type: k.text('type').$type<InstrumentType>().notNull(),
    paymentToken: k.text('payment_token').notNull(),
    referenceUuid: k.text('reference_uuid').notNull(),
    brand: k.text('brand'),
    holderName: k.text('holder_name'),
    firstSix: k.text('first_six'),
    lastFour: k.text('last_four'),
    expMonth: k.int('exp_month'),
    expYear: k.int('exp_year'),
    ibanMasked: k.text('iban_masked'),
    fingerprint: k.text('fingerprint').notNull(),
    /** What the merchant says beside the gateway: names of a bank, its routing number, the billing address. */
    details: k.json<Record<string, string>>('details'),
    version: k.int('version').notNull(),
    createdAt: k.time('created_at').notNull(),
    updatedAt: k.time('updated_at').notNull(),
  },
  (t) => [
    k.uniqueIndex('instruments_uuid').on(t.instrumentId),
    k.uniqueIndex('instruments_token').on(t.paymentToken),
    k.index('instruments_profile').on(t.profileId, t.id),
    k.index('instruments_fingerprint').on(t.fingerprint),
    k.index('instruments_last_four').on(t.lastFour),
  ],
)
