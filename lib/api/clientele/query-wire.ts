// Parameters of the address as the OpenAPI document tells them. Parsing is in query.ts, since `createDate[gte]` and
// `customField.tier` are families of names.
import { z } from '@hono/zod-openapi'

const text = (description: string) => z.string().optional().openapi({ description })

export const PageQuery = z.object({
  limit: z.int().min(1).max(100).optional().openapi({ description: 'Rows of a page, 25 unless said.' }),
  cursor: text('The `nextCursor` or `prevCursor` of a page of this very list.'),
})

export const ShapeQuery = z.object({
  fields: text('Members to answer, joined by commas.'),
  expand: text('What to add: `instruments`, `profile`, `owner`, joined by commas.'),
})

const time = (of: string) => (operator: string) => text(`${of} ${operator}; a day or an instant.`)
const created = time('Created')
const updated = time('Changed')

export const CustomerQuery = PageQuery.extend({
  q: text('Search text: words joined by AND, and terms such as `tag:vip created>2026-01-01`.'),
  status: text('`active`, `inactive`, `suspended`.'),
  verificationStatus: text('`unverified`, `pending`, `verified`, `rejected`.'),
  lifecycle: text('`current` unless said; `archived`.'),
  country: text('ISO 3166-1 alpha-2.'),
  city: text('Part of the city; the whole of it for callers without `pii:read`.'),
  currency: text('ISO 4217.'),
  language: text('BCP 47.'),
  tag: text('A tag, compared without case.'),
  memberId: text("The merchant's own id."),
  email: text('The whole address.'),
  phone: text('The whole number.'),
  hasInstrument: z.enum(['true', 'false']).optional().openapi({ description: 'Has a saved instrument.' }),
  'createDate[gte]': created('at or after'),
  'createDate[gt]': created('after'),
  'createDate[lte]': created('at or before'),
  'createDate[lt]': created('before'),
  'createDate[ne]': created('not at'),
  'createDate[null]': text('`true` or `false`.'),
  'updateDate[gte]': updated('at or after'),
  'updateDate[gt]': updated('after'),
  'updateDate[lte]': updated('at or before'),
  'updateDate[lt]': updated('before'),
  'updateDate[ne]': updated('not at'),
  'updateDate[null]': text('`true` or `false`.'),
  'customField.{name}': text('The value of a custom field; any name stands behind the dot.'),
  sort: text('`createDate`, `updateDate`, `name`, `email`, `id`, each with `-` for descending, joined by commas.'),
  include: z.enum(['total']).optional().openapi({ description: 'Adds the total, exact up to 10,000.' }),
}).extend(ShapeQuery.shape)

const anyOf = z.union([z.string(), z.array(z.string())]).optional()
const range = z
  .strictObject({ gte: z.string(), gt: z.string(), lte: z.string(), lt: z.string(), ne: z.string(), null: z.boolean() })
  .partial()
  .optional()

/** The same parameters as JSON; lists also as arrays. */
export const CustomerSearchBody = z
  .strictObject({
    q: z.string().optional(),
    status: anyOf,
    verificationStatus: anyOf,
    lifecycle: anyOf,
    country: anyOf,
    city: anyOf,
    currency: anyOf,
    language: anyOf,
    tag: anyOf,
    memberId: anyOf,
    email: anyOf,
    phone: anyOf,
    hasInstrument: z.boolean().optional(),
    createDate: range,
    updateDate: range,
    customField: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
    sort: anyOf,
    limit: z.int().min(1).max(100).optional(),
    cursor: z.string().optional(),
    include: z.enum(['total']).optional(),
    fields: anyOf,
    expand: anyOf,
  })
  .openapi('CustomerSearch')
