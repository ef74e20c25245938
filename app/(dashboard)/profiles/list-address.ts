// The list's state is its address: one schema reads it on the server and in the browser, broken values fall back.
import { z } from 'zod'
import type { Filter } from '#components/filter-bar'
import type { ProfileSearch } from '#lib/profiles/schema'

const first = <T extends z.ZodType>(item: T) =>
  z
    .array(z.unknown())
    .transform((values) => values[0])
    .pipe(item)
const ids = z.array(z.unknown()).transform((values) =>
  values.flatMap((value) => {
    const parsed = z.coerce.number().int().positive().safeParse(value)
    return parsed.success ? [parsed.data] : []
  }),
)

export const ListAddress = z.object({
  q: first(z.string().max(200).catch('')),
  container: ids,
  sort: first(z.enum(['-createDate', 'createDate']).catch('-createDate')),
  limit: first(
    z.coerce
      .number()
      .pipe(z.union([z.literal(25), z.literal(50), z.literal(100)]))
      .catch(25),
  ),
  cursor: first(z.string().max(1000).optional().catch(undefined)),
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
export function searchOf({ q, container, sort, limit, cursor }: ListAddress): ProfileSearch {
  return { q, containerId: container, sort, limit, total: true, ...(cursor && { cursor }) }
}

/** The chips of an address. */
export const filtersOf = ({ container }: ListAddress): Filter[] =>
  container.length > 0 ? [{ field: 'container', not: false, values: container.map(String) }] : []

/** The chips as parameters; a list always starts again at its first page. */
export const parametersOf = (filters: readonly Filter[]): Record<string, readonly string[]> => ({
  container: filters.find(({ field }) => field === 'container')?.values ?? [],
  cursor: [],
})

/** The columns' sort names. */
export const SORTS: Readonly<Record<string, string>> = { created: 'createDate' }
