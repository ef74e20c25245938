import { and, eq, gt, inArray, or, type SQL } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import { countAll } from '#db/kit'
import { transactions } from '#db/schema'
import {
  afterCursor,
  countUpTo,
  decodeCursor,
  listFingerprint,
  orderOf,
  type Page,
  type SortKey,
  toPage,
} from '../core/page.ts'
import { recordRead } from '../core/record.ts'
import { query } from '../core/verb.ts'
import { familyOf } from '../customers/rows.ts'
import { findTransaction, followersOf, viewed } from './rows.ts'
import { type Remaining, remainingOf } from './rules.ts'
import { TransactionRef, TransactionSearch } from './schema.ts'
import { type TransactionView, viewOf } from './view.ts'

/** One movement of the caller's merchant; TRANSACTION_NOT_FOUND for any other. */
export const getTransaction = query(
  'transactions:read',
  TransactionRef,
  async (read, ref): Promise<TransactionView> => {
    const row = await findTransaction(read, ref)
    recordRead(read, 'transaction.read', { objectType: 'transaction', objectId: row.id, customerId: row.customerId })
    return viewed(read, row)
  },
)

/** A movement, those that continue it, and what is left of it. */
export type Chain = { transaction: TransactionView; followers: TransactionView[]; remaining: Remaining }

export const getChain = query(
  'transactions:read',
  z.strictObject({ uuid: z.string().max(100) }),
  async (read, ref): Promise<Chain> => {
    const row = await findTransaction(read, ref)
    recordRead(read, 'transaction.read', { objectType: 'transaction', objectId: row.id, customerId: row.customerId })
    const followers = await followersOf(read, row.id)
    const views = followers.map((one) => viewOf(one, row.uuid))
    return { transaction: await viewed(read, row), followers: views, remaining: remainingOf(row, followers) }
  },
)

const Recent = z.strictObject({ connectorId: z.number().int(), seconds: z.number().int().positive() })

/** How many movements a connector has executed in the last seconds. */
export const countRecent = query(
  'transactions:read',
  Recent,
  async (read, { connectorId, seconds }): Promise<number> => {
    const since = new Date(read.now().getTime() - seconds * 1000)
    const own = and(eq(transactions.merchantId, read.merchantId), gt(transactions.createdAt, since))
    const of = or(eq(transactions.connectorId, connectorId), eq(transactions.viaConnectorId, connectorId))
    const [row] = await read.reader.select({ n: countAll() }).from(transactions).where(and(own, of))
    return row?.n ?? 0
  },
)

const anyOf = <T>(column: AnyPgColumn, values: T[]): SQL | undefined =>
  values.length > 0 ? inArray(column, values) : undefined

const byId = (text: string): SQL | undefined =>
  text ? or(eq(transactions.uuid, text), eq(transactions.merchantTransactionId, text)) : undefined

const KEYS: SortKey[] = [
  { column: transactions.createdAt, descending: true },
  { column: transactions.id, descending: true },
]

/** One page of the merchant's movements, newest first. Throws CURSOR_INVALID. */
export const listTransactions = query(
  'transactions:read',
  TransactionSearch,
  async (read, search): Promise<Page<TransactionView>> => {
    const { limit, cursor: given, total, ...which } = search
    const fingerprint = listFingerprint([read.merchantId, 'transactions', which])
    const cursor = given ? decodeCursor(given, fingerprint) : undefined
    const { merchantTransactionId: named, profileGuid } = which
    const families = await Promise.all(which.customerId.map((id) => familyOf(read.reader, id)))
    const where = and(
      eq(transactions.merchantId, read.merchantId),
      anyOf(transactions.state, which.state),
      anyOf(transactions.type, which.type),
      anyOf(transactions.customerId, families.flat()),
      anyOf(transactions.connectorId, which.connectorId),
      byId(which.q.trim()),
      named === undefined ? undefined : eq(transactions.merchantTransactionId, named),
      profileGuid === undefined ? undefined : eq(transactions.profileGuid, profileGuid),
    )
    const toDriver = (value: string | number | null, index: number) => (index === 0 ? new Date(Number(value)) : value)
    const rows = await read.reader
      .select()
      .from(transactions)
      .where(and(where, cursor && afterCursor(KEYS, cursor, toDriver)))
      .orderBy(...orderOf(KEYS, cursor?.backwards))
      .limit(limit + 1)
    const page = toPage(rows, limit, cursor, fingerprint, (row) => [row.createdAt.getTime(), row.id])
    const data = await Promise.all(page.data.map((row) => viewed(read, row)))
    if (!total) return { ...page, data }
    return { ...page, data, total: await countUpTo(read.reader, transactions.id, where) }
  },
)
