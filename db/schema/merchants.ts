import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { k } from '../kit.ts'

/** `path` is `/1/3/`: the ids from the root down, so that a subtree is one prefix. */
export const merchants = k.table(
  'merchants',
  {
    id: k.id(),
    merchantUuid: k.text('merchant_uuid').notNull(),
    name: k.text('name').notNull(),
    parentId: k.int('parent_id').references((): AnyPgColumn => merchants.id),
    path: k.text('path').notNull(),
    country: k.text('country'),
    currency: k.text('currency').notNull(),
    timeZone: k.text('time_zone').notNull(),
    duplicatePolicy: k.text('duplicate_policy').$type<'allow' | 'warn' | 'reject'>().notNull(),
    requireIfMatch: k.bool('require_if_match').notNull(),
    /** Customer profiles are an option of a merchant's plan. */
    profilesEnabled: k.bool('profiles_enabled').notNull().default(true),
    defaultContainerId: k.int('default_container_id'),
    version: k.int('version').notNull(),
    createdAt: k.time('created_at').notNull(),
    updatedAt: k.time('updated_at').notNull(),
    archivedAt: k.time('archived_at'),
  },
  (t) => [k.uniqueIndex('merchants_uuid').on(t.merchantUuid), k.index('merchants_path').on(t.path)],
)
