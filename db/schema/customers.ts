import { sql } from 'drizzle-orm'
import type { Address } from '#lib/customers/address'
import type { Preferences } from '#lib/customers/preferences'
import type { ConsentState, CustomerStatus, Gender, Lifecycle, VerificationStatus } from '#lib/customers/schema'
import type { MergeChanges, Moved } from '#lib/duplicates/schema'
import { k } from '../kit.ts'
import { staff } from './access.ts'
import { merchants } from './merchants.ts'

/**
 * One row is everything that an answer about a customer shows, so that the hot reads are one look-up: tags, consents
 * and the profile's guid stand here too, written only beside the tables that hold their history.
 * `search`, `sortName` and `city` are folded (lower case, no diacritics); SQLite indexes `search` in `customers_search`.
 */
export const customers = k.table(
  'customers',
  {
    id: k.id(),
    customerId: k.text('customer_id').notNull(),
    merchantId: k
      .int('merchant_id')
      .notNull()
      .references(() => merchants.id),
    userId: k.int('user_id').references(() => staff.id),
    lifecycle: k.text('lifecycle').$type<Lifecycle>().notNull(),
    name: k.text('name').notNull(),
    firstName: k.text('first_name'),
    lastName: k.text('last_name'),
    company: k.text('company'),
    email: k.text('email'),
    emailFolded: k.text('email_folded'),
    phone: k.text('phone'),
    phoneE164: k.text('phone_e164'),
    memberId: k.text('member_id'),
    status: k.text('status').$type<CustomerStatus>().notNull(),
    verificationStatus: k.text('verification_status').$type<VerificationStatus>().notNull(),
    dateOfBirth: k.text('date_of_birth'),
    gender: k.text('gender').$type<Gender>(),
    nationalId: k.text('national_id'),
    taxId: k.text('tax_id'),
    description: k.text('description'),
    reference: k.text('reference'),
    ccEmails: k.json<string[]>('cc_emails'),
    ccPhones: k.json<string[]>('cc_phones'),
    billingAddress: k.json<Address>('billing_address'),
    shippingAddress: k.json<Address>('shipping_address'),
    city: k.text('city'),
    country: k.text('country'),
    currency: k.text('currency'),
    language: k.text('language'),
    preferences: k.json<Preferences>('preferences'),
    subscription: k.json<Record<string, string>>('subscription'),
    customFields: k.json<Record<string, string>>('custom_fields'),
    /** A free object that the Stax API keeps as it was written; the values of its custom fields stand above. */
    options: k.json<Record<string, unknown>>('options'),
    allowInvoiceCardPayments: k.bool('allow_invoice_card_payments').notNull().default(true),
    tags: k.json<string[]>('tags'),
    consents: k.json<ConsentState[]>('consents'),
    profileGuid: k.text('profile_guid'),
    hasInstrument: k.bool('has_instrument').notNull(),
    /** True once a debit or preauthorization exists. */
    hasPaymentRequests: k.bool('has_payment_requests').notNull().default(false),
    /** Successful deposits less refunds in minor units, by currency; null before the first. */
    deposits: k.json<Record<string, number>>('deposits'),
    completeness: k.int('completeness').notNull(),
    search: k.text('search').notNull(),
    sortName: k.text('sort_name').notNull(),
    version: k.int('version').notNull(),
    createdAt: k.time('created_at').notNull(),
    updatedAt: k.time('updated_at').notNull(),
    archivedAt: k.time('archived_at'),
    /** The customer that this one was merged into: who asks for this one gets that one. */
    mergedInto: k.int('merged_into'),
  },
  (t) => [
    k.uniqueIndex('customers_customer_id').on(t.customerId),
    k.index('customers_merged').on(t.mergedInto).where(sql`merged_into is not null`),
    k.index('customers_page').on(t.merchantId, t.lifecycle, t.id, t.version),
    k.index('customers_created').on(t.merchantId, t.createdAt),
    k.index('customers_name').on(t.merchantId, t.lifecycle, t.sortName, t.id),
    k.index('customers_email').on(t.merchantId, t.emailFolded),
    k.index('customers_phone').on(t.merchantId, t.phoneE164),
    k.index('customers_member').on(t.merchantId, t.memberId),
  ],
)

/** Which customers carry a tag; `folded` compares without case. */
export const customerTags = k.table(
  'customer_tags',
  {
    customerId: k
      .int('customer_id')
      .notNull()
      .references(() => customers.id),
    merchantId: k.int('merchant_id').notNull(),
    folded: k.text('folded').notNull(),
    tag: k.text('tag').notNull(),
  },
  (t) => [
    k.primaryKey({ columns: [t.customerId, t.folded] }),
    k.index('customer_tags_by_tag').on(t.merchantId, t.folded, t.customerId),
  ],
)

/** Every consent given or withdrawn, in order; rows are only added. */
export const consents = k.table(
  'consents',
  {
    id: k.id(),
    customerId: k
      .int('customer_id')
      .notNull()
      .references(() => customers.id),
    merchantId: k.int('merchant_id').notNull(),
    purpose: k.text('purpose').notNull(),
    granted: k.bool('granted').notNull(),
    lawfulBasis: k.text('lawful_basis'),
    wording: k.text('wording'),
    source: k.text('source'),
    recordedAt: k.time('recorded_at').notNull(),
  },
  (t) => [k.index('consents_customer').on(t.customerId, t.purpose, t.id)],
)

/** Staff remarks; `history` keeps every earlier text with when it was replaced. */
export const customerNotes = k.table(
  'customer_notes',
  {
    id: k.id(),
    customerId: k
      .int('customer_id')
      .notNull()
      .references(() => customers.id),
    merchantId: k.int('merchant_id').notNull(),
    text: k.text('text').notNull(),
    authorName: k.text('author_name').notNull(),
    history: k.json<{ text: string; replacedAt: string; editorName: string }[]>('history').notNull(),
    version: k.int('version').notNull(),
    createdAt: k.time('created_at').notNull(),
    updatedAt: k.time('updated_at').notNull(),
  },
  (t) => [k.index('customer_notes_customer').on(t.customerId, t.id)],
)

/**
 * What a merge did, so that it can be undone: what it changed on the survivor, column by column, and what of each
 * duplicate it moved. Notes, payments and history never move: they are read through `mergedInto`.
 */
export const merges = k.table(
  'merges',
  {
    id: k.id(),
    merchantId: k
      .int('merchant_id')
      .notNull()
      .references(() => merchants.id),
    survivorId: k
      .int('survivor_id')
      .notNull()
      .references(() => customers.id),
    changes: k.json<MergeChanges>('changes').notNull(),
    moved: k.json<Moved[]>('moved').notNull(),
    actorName: k.text('actor_name').notNull(),
    createdAt: k.time('created_at').notNull(),
    undoneAt: k.time('undone_at'),
  },
  (t) => [k.index('merges_merchant').on(t.merchantId, t.id), k.index('merges_survivor').on(t.survivorId, t.id)],
)
