// The list of the dashboard: a page of customers with the card each one prefers, and how many each filter would show.
import { and, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { countAll } from '#db/kit'
import { customers, instruments, profileCustomers, profiles } from '#db/schema'
import { visibleContainers } from '../containers/visible.ts'
import { can } from '../core/ctx.ts'
import { type Json, plain } from '../core/json.ts'
import type { Page } from '../core/page.ts'
import { query, type Read } from '../core/verb.ts'
import { listCustomers, listTags } from './queries.ts'
import type { CustomerRow } from './rules.ts'
import { CustomerSearch } from './schema.ts'

export type PreferredInstrument = {
  type: string
  brand: string | null
  lastFour: string | null
  ibanMasked: string | null
  expMonth: number | null
  expYear: number | null
}

const SHOWN = [
  'id',
  'customerId',
  'version',
  'lifecycle',
  'name',
  'email',
  'phone',
  'company',
  'memberId',
  'status',
  'verificationStatus',
  'country',
  'language',
  'tags',
  'completeness',
  'createdAt',
  'updatedAt',
] as const

export type CustomerListRow = Json<Pick<CustomerRow, (typeof SHOWN)[number]>> & {
  instrument: PreferredInstrument | null
}

const slim = (row: CustomerRow) =>
  Object.fromEntries(SHOWN.map((field) => [field, row[field]])) as Pick<CustomerRow, (typeof SHOWN)[number]>

/** The preferred instrument of each of these customers, as far as the caller's merchant sees its container. */
async function preferredOf(read: Read, ids: readonly number[]): Promise<Map<number, PreferredInstrument>> {
  if (ids.length === 0 || !can(read, 'instruments:read')) return new Map()
  const visible = await visibleContainers(read)
  if (visible.length === 0) return new Map()
  const rows = await read.reader
    .select({
      customerId: profileCustomers.customerId,
      type: instruments.type,
      brand: instruments.brand,
      lastFour: instruments.lastFour,
      ibanMasked: instruments.ibanMasked,
      expMonth: instruments.expMonth,
      expYear: instruments.expYear,
    })
    .from(profileCustomers)
    .innerJoin(profiles, eq(profiles.id, profileCustomers.profileId))
    .innerJoin(instruments, eq(instruments.id, profiles.preferredInstrumentId))
    .where(and(inArray(profileCustomers.customerId, [...ids]), inArray(profiles.containerId, visible)))
  return new Map(rows.map(({ customerId, ...instrument }) => [customerId, instrument]))
}

/** `listCustomers` with only what a list shows, and the preferred instrument of each row. */
export const listCustomerRows = query(
  'customers:read',
  CustomerSearch,
  async (read, search): Promise<Page<CustomerListRow>> => {
    const page = await listCustomers(read, search)
    const preferred = await preferredOf(
      read,
      page.data.map(({ id }) => id),
    )
    return {
      ...page,
      data: page.data.map((row) => ({ ...plain(slim(row)), instrument: preferred.get(row.id) ?? null })),
    }
  },
)

export type Facet = { value: string; count: number }
export type CustomerFacets = {
  any: boolean
  status: Facet[]
  verification: Facet[]
  lifecycle: Facet[]
  country: Facet[]
  tag: Facet[]
}

const FACETS_FOR_MS = 30_000
const MAX_MERCHANTS = 500
const known = new Map<number, { at: number; facets: CustomerFacets }>()

type Group = { status: string; verification: string; lifecycle: string; country: string | null; count: number }

function sum(groups: readonly Group[], of: (group: Group) => string | null): Facet[] {
  const counts = new Map<string, number>()
  for (const group of groups) {
    const value = of(group)
    if (value) counts.set(value, (counts.get(value) ?? 0) + group.count)
  }
  return [...counts].map(([value, count]) => ({ value, count })).toSorted((a, b) => b.count - a.count)
}

/** How many current customers have each status, country and tag. Counting walks the merchant, so it is done at most every 30 s. */
export const countCustomerFacets = query(
  'customers:read',
  z.strictObject({}),
  async (read): Promise<CustomerFacets> => {
    const remembered = known.get(read.merchantId)
    if (remembered && read.now().getTime() - remembered.at < FACETS_FOR_MS) return remembered.facets
    const groups: Group[] = await read.reader
      .select({
        status: customers.status,
        verification: customers.verificationStatus,
        lifecycle: customers.lifecycle,
        country: customers.country,
        count: countAll(),
      })
      .from(customers)
      .where(eq(customers.merchantId, read.merchantId))
      .groupBy(customers.status, customers.verificationStatus, customers.lifecycle, customers.country)
    const current = groups.filter(({ lifecycle }) => lifecycle === 'current')
    const tags = await listTags(read, {})
    const facets: CustomerFacets = {
      any: groups.length > 0,
      status: sum(current, ({ status }) => status),
      verification: sum(current, ({ verification }) => verification),
      lifecycle: sum(groups, ({ lifecycle }) => lifecycle),
      country: sum(current, ({ country }) => country),
      tag: tags.map(({ tag, customers: count }) => ({ value: tag, count })),
    }
    if (known.size >= MAX_MERCHANTS) known.clear()
    known.set(read.merchantId, { at: read.now().getTime(), facets })
    return facets
  },
)
