// The list's state is its address: one schema reads it on the server and in the browser, broken values fall back.
import { z } from 'zod'
import type { Filter } from '#components/filter-bar'
import { type CustomerSearch, CustomerStatus, Lifecycle, SORT_PATTERN, VerificationStatus } from '#lib/customers/schema'

const list = <T extends z.ZodType>(item: T) =>
  z.array(z.unknown()).transform((values) =>
    values.flatMap((value) => {
      const parsed = item.safeParse(value)
      return parsed.success ? [parsed.data] : []
    }),
  )
const first = <T extends z.ZodType>(item: T) =>
  z
    .array(z.unknown())
    .transform((values) => values[0])
    .pipe(item)
const day = z.iso.date().optional().catch(undefined)

export const ListAddress = z.object({
  q: first(z.string().max(500).catch('')),
  status: list(CustomerStatus),
  verification: list(VerificationStatus),
  lifecycle: list(Lifecycle),
  country: list(z.string().regex(/^[A-Z]{2}$/)),
  tag: list(z.string().min(1).max(100)),
  instrument: first(z.enum(['yes', 'no']).optional().catch(undefined)),
  from: first(day),
  to: first(day),
  sort: first(z.string().regex(SORT_PATTERN).catch('-createDate')),
  limit: first(
    z.coerce
      .number()
      .pipe(z.union([z.literal(25), z.literal(50), z.literal(100)]))
      .catch(25),
  ),
  cursor: first(z.string().max(1000).optional().catch(undefined)),
  peek: first(z.coerce.number().int().positive().optional().catch(undefined)),
  panel: first(z.enum(['new', 'edit']).optional().catch(undefined)),
})
export type ListAddress = z.output<typeof ListAddress>

type Params = URLSearchParams | Readonly<Record<string, string | string[] | undefined>>

function valuesOf(params: Params, name: string): string[] {
  if (params instanceof URLSearchParams) return params.getAll(name)
  return [params[name] ?? []].flat()
}

/** Reads an address; every field that is missing or broken takes its default. */
export function listAddress(params: Params): ListAddress {
  return ListAddress.parse(
    Object.fromEntries(Object.keys(ListAddress.shape).map((name) => [name, valuesOf(params, name)])),
  )
}

const dayMs = 86_400_000

/** What the list asks the server for. Days are UTC, as all times on the screens are. */
export function searchOf(address: ListAddress): CustomerSearch {
  const { q, status, verification, lifecycle, country, tag, instrument, from, to, sort, limit, cursor } = address
  return {
    q,
    sort,
    limit,
    total: true,
    ...(status.length && { status }),
    ...(verification.length && { verificationStatus: verification }),
    ...(lifecycle.length && { lifecycle }),
    ...(country.length && { country }),
    ...(tag.length && { tag }),
    ...(instrument && { hasInstrument: instrument === 'yes' }),
    ...((from || to) && {
      createDate: {
        ...(from && { gte: `${from}T00:00:00.000Z` }),
        ...(to && { lt: new Date(Date.parse(`${to}T00:00:00.000Z`) + dayMs).toISOString() }),
      },
    }),
    ...(cursor && { cursor }),
  }
}

const LISTS = ['status', 'verification', 'lifecycle', 'country', 'tag'] as const

/** The chips of an address. */
export function filtersOf(address: ListAddress): Filter[] {
  const lists = LISTS.map((field) => ({ field, not: false, values: address[field] }))
  const { instrument, from = '', to = '' } = address
  return [
    ...lists,
    { field: 'instrument', not: false, values: instrument ? [instrument] : [] },
    { field: 'created', not: false, values: from || to ? [from, to] : [] },
  ].filter(({ values }) => values.length > 0)
}

/** The chips as parameters; a list always starts again at its first page. */
export function parametersOf(filters: readonly Filter[]): Record<string, readonly string[]> {
  const values = (field: string) => filters.find((filter) => filter.field === field)?.values ?? []
  const [from = '', to = ''] = values('created')
  return {
    ...Object.fromEntries(LISTS.map((field) => [field, values(field)])),
    instrument: values('instrument').slice(-1),
    from: [from],
    to: [to],
    cursor: [],
  }
}

/** Where and in which order: the columns' sort names. */
export const SORTS: Readonly<Record<string, string>> = { name: 'name', created: 'createDate', updated: 'updateDate' }
