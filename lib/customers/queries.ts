import { type AnyColumn, and, desc, eq, inArray, isNotNull, or, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Reader, statement } from '#db/client'
import { countAll, found, unindexed } from '#db/kit'
import { auditEvents, customers, customerTags } from '#db/schema'
import { shownChanges } from '../audit/mask.ts'
import { can } from '../core/ctx.ts'
import { fail } from '../core/errors.ts'
import { parseId } from '../core/ids.ts'
import {
  afterCursor,
  type Cursor,
  countUpTo,
  decodeCursor,
  listFingerprint,
  orderOf,
  type Page,
  type SortKey,
  toPage,
} from '../core/page.ts'
import { recordRead } from '../core/record.ts'
import { query, type Read } from '../core/verb.ts'
import { shown } from './mask.ts'
import { familyOf, findRow, rowsOf } from './rows.ts'
import type { CustomerRow } from './rules.ts'
import { CustomerSearch } from './schema.ts'
import { plainWords, searchCondition } from './search.ts'

export const CustomerId = z.strictObject({ id: z.number().int() })
/** Any identity of a customer as text: int64, UUID, profile guid, or `member:<id>`. */
export const CustomerIdentity = z.strictObject({ identity: z.string().max(200) })

/** One customer as the caller may see it; the read is audited. Another merchant's is CUSTOMER_NOT_FOUND. */
export const getCustomer = query('customers:read', CustomerId, async (read, { id }): Promise<CustomerRow> => {
  const row = await findRow(read.reader, read.merchantId, id)
  if (!row) fail('CUSTOMER_NOT_FOUND', { customerId: String(id) })
  recordRead(read, 'customer.read', { objectType: 'customer', objectId: row.id })
  return shown(read, row)
})

/** The row behind a write that has yet to say what it changes: whole, unmasked and unaudited, so never an answer. */
export const findOwnRow = query(null, CustomerId, async (read, { id }): Promise<CustomerRow> => {
  const row = await findRow(read.reader, read.merchantId, id)
  return row ?? fail('CUSTOMER_NOT_FOUND', { customerId: String(id) })
})

/** The int64 id behind any identity, or undefined; tells nothing else and so is not audited. */
export const findCustomerId = query('customers:read', CustomerIdentity, async (read, { identity }) => {
  const id = parseId(identity)
  const own = eq(customers.merchantId, read.merchantId)
  if (id !== undefined) return (await findRow(read.reader, read.merchantId, id))?.id
  const which = identity.startsWith('member:')
    ? eq(customers.memberId, identity.slice('member:'.length))
    : or(eq(customers.customerId, identity.toLowerCase()), eq(customers.profileGuid, identity.toUpperCase()))
  // A merged customer gives way to whoever else has the same identity, and else leads to its survivor.
  const [found] = await read.reader
    .select({ id: customers.id, mergedInto: customers.mergedInto })
    .from(customers)
    .where(and(own, which))
    .orderBy(sql`${customers.mergedInto} is not null`, customers.id)
    .limit(1)
  return found?.mergedInto ? (await findRow(read.reader, read.merchantId, found.id))?.id : found?.id
})

/** Ids ascend in the order of creation, so the newest first is the highest id first, which every index knows. */
const COLUMNS = {
  createDate: customers.id,
  updateDate: customers.updatedAt,
  name: customers.sortName,
  email: sql<string>`coalesce(${customers.emailFolded}, '')`,
  id: customers.id,
} as const
type SortName = keyof typeof COLUMNS

const VALUES: Record<SortName, (row: CustomerRow) => string | number> = {
  createDate: (row) => row.id,
  updateDate: (row) => row.updatedAt.getTime(),
  name: (row) => row.sortName,
  email: (row) => row.emailFolded ?? '',
  id: (row) => row.id,
}
type PageKey = Pick<CustomerRow, 'id' | 'version'>

/** The sort's keys; the id breaks ties in the direction of the first key. */
function sortOf(read: Read, sort: string): { name: string; names: SortName[]; keys: SortKey[] } {
  const parts = sort
    .split(',')
    .map((part) => ({ name: part.replace('-', '') as SortName, descending: part.startsWith('-') }))
  const personal = parts.find(({ name }) => name === 'name' || name === 'email')
  if (personal && !can(read, 'pii:read')) fail('PERMISSION_MISSING', { permission: 'pii:read', parameter: 'sort' })
  if (!parts.some(({ name }) => name === 'id' || name === 'createDate'))
    parts.push({ name: 'id', descending: parts[0]?.descending ?? true })
  return {
    name: sort,
    names: parts.map(({ name }) => name),
    keys: parts.map(({ name, descending }) => ({ column: COLUMNS[name], descending })),
  }
}

type Sort = ReturnType<typeof sortOf>
type Filters = Omit<z.output<typeof CustomerSearch>, 'q' | 'sort' | 'limit' | 'cursor' | 'total'>
const UNFILTERED = JSON.stringify(filtersOf(CustomerSearch.parse({})))

function filtersOf({ q, sort, limit, cursor, total, ...filters }: z.output<typeof CustomerSearch>): Filters {
  return filters
}

/** The value of a cursor's key as its column stores it. */
const keyValue = (sort: Sort, cursor: Cursor, index: number) => {
  const value = cursor.values[index] ?? null
  return sort.names[index] === 'updateDate' ? new Date(Number(value)) : value
}

type KeyAt = (value: unknown, index: number) => unknown
/** The keys of a page and nothing else: by creation they all stand in the index. */
const pageOf = (on: Reader, condition: SQL | undefined, sort: Sort, cursor: Cursor | undefined, keyAt: KeyAt) =>
  on
    .select({ id: customers.id, version: customers.version })
    .from(customers)
    .where(and(condition, cursor && afterCursor(sort.keys, cursor, keyAt)))
    .orderBy(...orderOf(sort.keys, cursor?.backwards))

type Hot = { sort: Sort; cursor: Cursor | undefined; limit: number; words: string | undefined }

/**
 * The list by one key without filters, or with plain words only, is the hottest of all: its statement is prepared once
 * for each sort and direction.
 */
async function hotPage(read: Read, { sort, cursor, limit, words }: Hot): Promise<PageKey[]> {
  const column = (own: AnyColumn) => (words === undefined ? own : unindexed(own))
  const own = and(
    sql`${column(customers.merchantId)} = ${sql.placeholder('merchantId')}`,
    sql`${column(customers.lifecycle)} = 'current'`,
    words === undefined ? undefined : found(customers.id, 'customers_search', sql.placeholder('words')),
  )
  const direction = cursor ? (cursor.backwards ? 'before' : 'after') : 'first'
  const name = `customers_${words === undefined ? 'page' : 'found'}_${sort.name}_${direction}`
  const page = statement(
    read.reader,
    name,
    (on) =>
      pageOf(on, own, sort, cursor, (_value, index) => sql.placeholder(`key${index}`)).limit(sql.placeholder('limit')),
    { remember: 1000 },
  )
  const values: Record<string, unknown> = { merchantId: read.merchantId, limit: limit + 1, words }
  if (cursor) for (const index of sort.names.keys()) values[`key${index}`] = keyValue(sort, cursor, index)
  return page.execute(values)
}

/**
 * One page of customers as the caller may see them, with cursors bound to this very search.
 * Throws CURSOR_INVALID and QUERY_INVALID; totals only when asked for, exact up to 10,000.
 */
export const listCustomers = query(
  'customers:read',
  CustomerSearch,
  async (read, search): Promise<Page<CustomerRow>> => {
    const { limit, cursor: given, total } = search
    const filters = JSON.stringify(filtersOf(search))
    const fingerprint = listFingerprint([read.merchantId, search.sort, search.q, filters])
    const cursor = given ? decodeCursor(given, fingerprint) : undefined
    const sort = sortOf(read, search.sort)
    const plain = filters === UNFILTERED && sort.names.length <= 2
    const words = plain && search.q.trim() ? plainWords(read, search.q) : undefined
    const hot = plain && (words !== undefined || !search.q.trim())
    const condition = hot && !total ? undefined : searchCondition(read, search)
    const rows = hot
      ? await hotPage(read, { sort, cursor, limit, words })
      : await pageOf(
          read.reader,
          condition,
          sort,
          cursor,
          (_value, index) => cursor && keyValue(sort, cursor, index),
        ).limit(limit + 1)
    const page = toPage(await rowsOf(read.reader, rows), limit, cursor, fingerprint, (row) =>
      sort.names.map((name) => VALUES[name](row)),
    )
    const data = page.data.map((row) => shown(read, row))
    if (search.q) recordRead(read, 'customers.searched', { objectType: 'search', objectId: 'customers' })
    if (!total) return { ...page, data }
    return { ...page, data, total: await countUpTo(read.reader, customers.id, condition) }
  },
)

/** Every tag in use with how many customers carry it. */
export const listTags = query('customers:read', z.strictObject({}), async (read) => {
  const rows = await read.reader
    .select({ tag: sql<string>`min(${customerTags.tag})`, customers: countAll() })
    .from(customerTags)
    .where(eq(customerTags.merchantId, read.merchantId))
    .groupBy(customerTags.folded)
    .orderBy(customerTags.folded)
  return rows
})

/** Nothing of the chain itself: a salt beside its values would let a guess be checked after they are erased. */
const HISTORY = {
  id: auditEvents.id,
  at: auditEvents.at,
  actorType: auditEvents.actorType,
  actorName: auditEvents.actorName,
  action: auditEvents.action,
  objectType: auditEvents.objectType,
  objectId: auditEvents.objectId,
  fields: auditEvents.fields,
  changes: auditEvents.changes,
  requestId: auditEvents.requestId,
  ip: auditEvents.ip,
}
export type HistoryEntry = Pick<typeof auditEvents.$inferSelect, keyof typeof HISTORY>

const HistoryOf = z.strictObject({
  id: z.number().int(),
  changesOnly: z.boolean().default(false),
  before: z.number().int().optional(),
  limit: z.number().int().min(1).max(100).default(25),
})

/** What happened to a customer, newest first; before and after follow the caller's mask. */
export const listHistory = query(
  'customers:read',
  HistoryOf,
  async (read, { id, changesOnly, before, limit }): Promise<HistoryEntry[]> => {
    const customer = await findRow(read.reader, read.merchantId, id)
    if (!customer) fail('CUSTOMER_NOT_FOUND', { customerId: String(id) })
    const family = await familyOf(read.reader, customer.id)
    const rows = await read.reader
      .select(HISTORY)
      .from(auditEvents)
      .where(
        and(
          inArray(auditEvents.customerId, family),
          eq(auditEvents.merchantId, read.merchantId),
          changesOnly ? isNotNull(auditEvents.fields) : undefined,
          before === undefined ? undefined : sql`${auditEvents.id} < ${before}`,
        ),
      )
      .orderBy(desc(auditEvents.id))
      .limit(limit)
    return rows.map((row) => ({ ...row, changes: shownChanges(read, row.changes) }))
  },
)
