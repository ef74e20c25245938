// Numbered pages as the vendor's framework writes them. Links keep everything that was asked for.
import { z } from '@hono/zod-openapi'
import { invalid } from '../../core/errors.ts'
import { env } from '../../env.ts'

export const pageOf = (item: z.ZodType, name: string) =>
  z
    .object({
      current_page: z.int(),
      data: z.array(item),
      first_page_url: z.string(),
      from: z.int().nullable(),
      last_page: z.int(),
      last_page_url: z.string(),
      next_page_url: z.string().nullable(),
      path: z.string(),
      per_page: z.int(),
      prev_page_url: z.string().nullable(),
      to: z.int().nullable(),
      total: z.int(),
    })
    .openapi(name)

export type Asked = { page: number; perPage: number }

function whole(query: URLSearchParams, name: string, fallback: number, max: number): number {
  const text = query.get(name)
  if (text === null || text === '') return fallback
  const value = /^\d{1,7}$/.test(text) ? Number(text) : 0
  return value >= 1 && value <= max ? value : invalid(name, 'PARAMETER_INVALID', `must be a number from 1 to ${max}`)
}

export const askedPage = (query: URLSearchParams, perPage: number): Asked => ({
  page: whole(query, 'page', 1, 1_000_000),
  perPage: whole(query, 'per_page', perPage, 200),
})

type Listed = Asked & { path: string; query: URLSearchParams; total: number; data: readonly unknown[] }

export function paginator({ path: below, query, page, perPage, total, data }: Listed) {
  const path = `${env.publicUrl}/api/stax${below}`
  const last = Math.max(1, Math.ceil(total / perPage))
  const at = (number: number): string => {
    const asked = new URLSearchParams(query)
    asked.delete('page')
    asked.set('page', String(number))
    return `${path}?${asked}`
  }
  const before = (page - 1) * perPage
  return {
    current_page: page,
    data,
    first_page_url: at(1),
    from: data.length > 0 ? before + 1 : null,
    last_page: last,
    last_page_url: at(last),
    next_page_url: page < last ? at(page + 1) : null,
    path,
    per_page: perPage,
    prev_page_url: page > 1 ? at(page - 1) : null,
    to: data.length > 0 ? before + data.length : null,
    total,
  }
}
