import type { InstrumentData } from '#lib/gateway/gateway'
import type { InstrumentType } from '#lib/instruments/schema'
import type { TransactionRequest, TransactionState, TransactionType } from '#lib/transactions/schema'
import { k } from '../kit.ts'
import { customers } from './customers.ts'
import { merchants } from './merchants.ts'
import { connectors } from './wallet.ts'

/**
 * One movement at a gateway. The row is there before the gateway is called and settled after, so a crash in between
 * leaves a pending row that the worker asks the gateway about. `connectorId` is the connector that executes it;
 * `viaConnectorId` the meta-connector that chose it. `referenceId` is the movement that this one continues.
 */
export const transactions = k.table(
  'transactions',
  {
    id: k.id(),
    uuid: k.text('uuid').notNull(),
    merchantId: k
      .int('merchant_id')
      .notNull()
      .references(() => merchants.id),
    connectorId: k
      .int('connector_id')
      .notNull()
      .references(() => connectors.id),
    viaConnectorId: k.int('via_connector_id').references(() => connectors.id),
    merchantTransactionId: k.text('merchant_transaction_id').notNull(),
    type: k.text('type').$type<TransactionType>().notNull(),
    state: k.text('state').$type<TransactionState>().notNull(),
    amountMinor: k.int('amount_minor'),
    currency: k.text('currency'),
    method: k.text('method').$type<InstrumentType>(),
    referenceId: k.int('reference_id'),
    customerId: k.int('customer_id').references(() => customers.id),
    profileId: k.int('profile_id'),
    profileGuid: k.text('profile_guid'),
    customerIdentification: k.text('customer_identification'),
    instrumentId: k.int('instrument_id'),
    paymentToken: k.text('payment_token'),
    /** What the merchant sent beside amount and instrument, to be told again by status and callback. */
    request: k.json<TransactionRequest>('request').notNull(),
    /** What the gateway says of the card, account or wallet; null until it has said so. */
    instrumentData: k.json<InstrumentData>('instrument_data'),
    gatewayReference: k.text('gateway_reference'),
    /** The gateway's own page for the person; null where ours stands in for it. */
    redirectUrl: k.text('redirect_url'),
    errorCode: k.int('error_code'),
    errorMessage: k.text('error_message'),
    adapterCode: k.text('adapter_code'),
    adapterMessage: k.text('adapter_message'),
    /** How often the person may still try on our payment page; null for a payment that came with its instrument. */
    attemptsLeft: k.int('attempts_left'),
    /** When the worker asks the gateway next; null once the state is final. */
    askAt: k.time('ask_at'),
    settledAt: k.time('settled_at'),
    version: k.int('version').notNull(),
    createdAt: k.time('created_at').notNull(),
    updatedAt: k.time('updated_at').notNull(),
  },
  (t) => [
    k.uniqueIndex('transactions_uuid').on(t.uuid),
    k.uniqueIndex('transactions_merchant_id').on(t.merchantId, t.merchantTransactionId),
    k.index('transactions_page').on(t.merchantId, t.createdAt, t.id),
    k.index('transactions_reference').on(t.referenceId),
    k.index('transactions_customer').on(t.customerId, t.id),
    k.index('transactions_profile').on(t.profileId, t.id),
    k.index('transactions_open').on(t.askAt),
  ],
)

/**
 * A single-use `ix::` token of the simulator's own form: what is known of the card behind it, never its number.
 * Only the token's hash is stored.
 */
export const gatewayTokens = k.table(
  'gateway_tokens',
  {
    id: k.id(),
    tokenHash: k.text('token_hash').notNull(),
    merchantId: k
      .int('merchant_id')
      .notNull()
      .references(() => merchants.id),
    instrumentData: k.json<InstrumentData>('instrument_data').notNull(),
    usedAt: k.time('used_at'),
    expiresAt: k.time('expires_at').notNull(),
    createdAt: k.time('created_at').notNull(),
  },
  (t) => [k.uniqueIndex('gateway_tokens_hash').on(t.tokenHash), k.index('gateway_tokens_expiry').on(t.expiresAt)],
)

/** One notification of a transaction's result to the merchant's `callbackUrl`, sent until it is acknowledged. */
export const callbacks = k.table(
  'callbacks',
  {
    id: k.id(),
    merchantId: k
      .int('merchant_id')
      .notNull()
      .references(() => merchants.id),
    transactionId: k
      .int('transaction_id')
      .notNull()
      .references(() => transactions.id),
    connectorId: k
      .int('connector_id')
      .notNull()
      .references(() => connectors.id),
    url: k.text('url').notNull(),
    /** The hash of the body that the request was signed with, which its callback follows. */
    bodyHash: k.text('body_hash').$type<'sha512' | 'md5'>().notNull(),
    state: k.text('state').$type<'waiting' | 'delivered' | 'given_up'>().notNull(),
    attempts: k.int('attempts').notNull(),
    /** The state that is told: an answer that came later has a callback of its own. */
    transactionState: k.text('transaction_state').$type<TransactionState>().notNull(),
    lastStatus: k.int('last_status'),
    lastProblem: k.text('last_problem'),
    nextAt: k.time('next_at'),
    deliveredAt: k.time('delivered_at'),
    createdAt: k.time('created_at').notNull(),
  },
  (t) => [k.index('callbacks_due').on(t.nextAt), k.index('callbacks_transaction').on(t.transactionId)],
)
