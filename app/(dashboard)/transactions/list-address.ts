// The list's state is its address: one schema reads it on the server and in the browser, broken values fall back.
import { z } from 'zod'
import type { Filter } from '#components/filter-bar'
import { TransactionState, TransactionType } from '#lib/transactions/schema'

const first = <T extends z.ZodType>(item: T) =>
  z
    .array(z.unknown())
    .transform((values) => values[0])
    .pipe(item)
const anyOf = <T>(item: z.ZodType<T>) =>
  z.array(z.unknown()).transform((values) =>
    values.flatMap((value) => {
      const parsed = item.safeParse(value)
      return parsed.success ? [parsed.data] : []
    }),
  )

export const ListAddress = z.object({
  q: first(z.string().max(200).catch('')),
  state: anyOf(TransactionState),
  type: anyOf(TransactionType),
  connector: anyOf(z.coerce.number().int().positive()),
  limit: first(
    z.coerce
      .number()
      .pipe(z.union([z.literal(25), z.literal(50), z.literal(100)]))
      .catch(25),
  ),
  cursor: first(z.string().max(1000).optional().catch(undefined)),
  panel: first(z.enum(['new']).optional().catch(undefined)),
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

/** What the list asks the server for. */
export const searchOf = ({ q, state, type, connector, limit, cursor }: ListAddress) => ({
  q,
  state,
  type,
  connectorId: connector,
  limit,
  total: true,
  ...(cursor && { cursor }),
})

const FIELDS = ['state', 'type', 'connector'] as const

/** The chips of an address. */
export const filtersOf = (address: ListAddress): Filter[] =>
  FIELDS.flatMap((field) =>
    address[field].length > 0 ? [{ field, not: false, values: address[field].map(String) }] : [],
  )

/** The chips as parameters; a list always starts again at its first page. */
export const parametersOf = (filters: readonly Filter[]): Record<string, readonly string[]> => ({
  ...Object.fromEntries(
    FIELDS.map((name) => [name, filters.find(({ field }) => field === name)?.values ?? []] as const),
  ),
  cursor: [],
})
