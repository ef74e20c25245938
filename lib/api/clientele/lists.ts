// A page on the wire: `{data, hasMore, nextCursor, prevCursor}` and the Link header.
import { z } from '@hono/zod-openapi'
import { decodeCursor, encodeCursor, listFingerprint, type Page } from '../../core/page.ts'
import { type Answer, SERVICE_DESC } from '../http.ts'
import { limitOf, type Parameters, parametersOf, refuseUnknown } from './query.ts'
import type { Call, OpenCall } from './route.ts'

/** The schema of a list of `item`. */
export const listOf = <S extends z.ZodType>(item: S) =>
  z.strictObject({
    data: z.array(item),
    hasMore: z.boolean(),
    nextCursor: z.string().nullable(),
    prevCursor: z.string().nullable(),
    total: z.strictObject({ value: z.int(), relation: z.enum(['eq', 'gte']) }).optional(),
  })

function linkTo(call: OpenCall, cursor: string | null, rel: string): string {
  if (cursor === null) return ''
  const parameters = new URLSearchParams(call.search)
  parameters.set('cursor', cursor)
  return `, <${call.path}?${parameters}>; rel="${rel}"`
}

/** A page whose rows are JSON texts already. A search by POST has no address to link to. */
export function pageAnswer(call: OpenCall, page: Page<string>): Answer {
  const { hasMore, nextCursor, prevCursor, total } = page
  const rest = JSON.stringify({ hasMore, nextCursor, prevCursor, ...(total && { total }) })
  const text = `{"data":[${page.data.join(',')}],${rest.slice(1)}`
  if (call.c.req.method === 'POST' || (!nextCursor && !prevCursor)) return { status: 200, text }
  const Link = SERVICE_DESC + linkTo(call, nextCursor, 'next') + linkTo(call, prevCursor, 'prev')
  return { status: 200, text, headers: { Link } }
}

/** A page whose rows go through the schema of their wire, which takes away whatever the schema does not name. */
export function listAnswer<S extends z.ZodType>(call: OpenCall, item: S, page: Page<z.input<S>>): Answer {
  return pageAnswer(call, { ...page, data: page.data.map((row) => JSON.stringify(item.parse(row))) })
}

/** All of a short list as one page. */
export const onePage = <T>(data: T[]): Page<T> => ({ data, hasMore: false, nextCursor: null, prevCursor: null })

/** The row id before which a page goes on, from a cursor made by `pageBefore` for the same list. */
function beforeOf(parameters: Parameters, list: unknown): number | undefined {
  const given = parameters.get('cursor')?.text
  return given === undefined ? undefined : Number(decodeCursor(given, listFingerprint(list)).values[0])
}

/** A page that only goes forward, of `limit + 1` rows in descending order of their ids. */
export function pageBefore<T extends { id: number }>(rows: readonly T[], limit: number, list: unknown): Page<T> {
  const data = rows.slice(0, limit)
  const last = data.at(-1)
  const hasMore = rows.length > limit && last !== undefined
  const nextCursor = hasMore ? encodeCursor({ values: [last.id], backwards: false }, listFingerprint(list)) : null
  return { data, hasMore, nextCursor, prevCursor: null }
}

const PAGE_PARAMETERS = new Set(['limit', 'cursor'])

/** The limit and where to go on, for a list without other parameters. */
export function forwardPage(call: Call, list: unknown): { limit: number; before: number | undefined } {
  const parameters = parametersOf(call)
  refuseUnknown(parameters, PAGE_PARAMETERS)
  return { limit: limitOf(parameters) ?? 25, before: beforeOf(parameters, list) }
}
