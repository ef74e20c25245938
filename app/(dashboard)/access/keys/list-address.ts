// The state of the key list is its address; broken values fall back.
import { z } from 'zod'
import type { KeySearch } from '../reads.ts'

export const KeysAddress = z.object({
  state: z.enum(['active', 'all']).catch('active'),
  limit: z.coerce
    .number()
    .pipe(z.union([z.literal(25), z.literal(50), z.literal(100)]))
    .catch(25),
  cursor: z.string().max(1000).optional().catch(undefined),
  panel: z.enum(['new', 'key', 'edit']).optional().catch(undefined),
  key: z.coerce.number().int().positive().optional().catch(undefined),
})
export type KeysAddress = z.output<typeof KeysAddress>

type Params = URLSearchParams | Readonly<Record<string, string | string[] | undefined>>

/** Reads an address; every field that is missing or broken takes its default. */
export function keysAddress(params: Params): KeysAddress {
  const value = (name: string) =>
    params instanceof URLSearchParams ? (params.get(name) ?? undefined) : [params[name]].flat()[0]
  return KeysAddress.parse(Object.fromEntries(Object.keys(KeysAddress.shape).map((name) => [name, value(name)])))
}

/** What the list asks the server for. */
export const searchOf = ({ state, limit, cursor }: KeysAddress): KeySearch => ({
  state,
  limit,
  ...(cursor && { cursor }),
})
