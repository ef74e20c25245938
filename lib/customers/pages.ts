// Numbered pages of customers, for the API whose clients ask for a page by its number and a field by any part of it.
import { and, asc, desc, eq, or, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { anyCase, contains, countAll, jsonText } from '#db/kit'
import { customers } from '#db/schema'
import { toAlpha2 } from '../core/countries.ts'
import { can } from '../core/ctx.ts'
import { fail } from '../core/errors.ts'
import { recordRead } from '../core/record.ts'
import { fold, foldEmail } from '../core/text.ts'
import { query } from '../core/verb.ts'
import { shown } from './mask.ts'
import type { CustomerRow } from './rules.ts'

const address = (part: string) => jsonText(customers.billingAddress, part)
const street = () => sql<string | null>`coalesce(${address('line')}, ${address('street')})`

/** What of a customer can be asked for by a part of it, and what a list can be sorted by. */
export const PAGE_FIELDS = [
  'firstName',
  'lastName',
  'company',
  'email',
  'phone',
  'reference',
  'description',
  'street',
  'street2',
  'city',
  'state',
  'zipCode',
  'country',
] as const
type Field = (typeof PAGE_FIELDS)[number]

const EXPRESSIONS: Record<Field, () => SQL> = {
  firstName: () => sql`${customers.firstName}`,
  lastName: () => sql`${customers.lastName}`,
  company: () => sql`${customers.company}`,
  email: () => sql`${customers.emailFolded}`,
  phone: () => sql`${customers.phone}`,
  reference: () => sql`${customers.reference}`,
  description: () => sql`${customers.description}`,
  street,
  street2: () => address('street2'),
  city: () => address('city'),
  state: () => address('state'),
  zipCode: () => address('zipCode'),
  country: () => sql`${customers.country}`,
}

const text = z.string().max(255)
export const CustomerPage = z.strictObject({
  filters: z.partialRecord(z.enum(PAGE_FIELDS), text).default({}),
  /** Each must be part of some field. */
  keywords: z.array(text).max(20).default([]),
  sort: z.enum([...PAGE_FIELDS, 'createdAt', 'updatedAt']).default('createdAt'),
  descending: z.boolean().default(true),
  page: z.number().int().min(1).max(1_000_000).default(1),
  perPage: z.number().int().min(1).max(200).default(50),
})
export type CustomerPage = z.input<typeof CustomerPage>

function fieldCondition(field: Field, value: string): SQL | undefined {
  if (field === 'email') return contains(customers.emailFolded, foldEmail(value))
  if (field === 'country') return eq(customers.country, toAlpha2(value.toUpperCase()) ?? value.toUpperCase())
  const digits = field === 'phone' ? value.replace(/\D/g, '') : ''
  const written = anyCase(EXPRESSIONS[field](), value)
  return digits.length < 5 ? written : or(written, contains(customers.phoneE164, digits))
}

/** The folded column holds names, company, e-mail, phone, reference and city; the rest is looked at as it was written. */
const keywordCondition = (keyword: string): SQL | undefined =>
  or(
    contains(customers.search, fold(keyword)),
    ...(['description', 'street', 'street2', 'state', 'zipCode'] as const).map((field) =>
      anyCase(EXPRESSIONS[field](), keyword),
    ),
  )

function orderOf(sort: z.output<typeof CustomerPage>['sort'], descending: boolean): SQL[] {
  const direction = descending ? desc : asc
  if (sort === 'createdAt') return [direction(customers.id)]
  const first = sort === 'updatedAt' ? sql`${customers.updatedAt}` : sql`lower(coalesce(${EXPRESSIONS[sort]()}, ''))`
  return [direction(first), direction(customers.id)]
}

/**
 * One numbered page of current customers and how many there are in all. Who sees personal data masked cannot ask for
 * it piece by piece: PERMISSION_MISSING.
 */
export const pageCustomers = query(
  'customers:read',
  CustomerPage,
  async (
    read,
    { filters, keywords, sort, descending, page, perPage },
  ): Promise<{ rows: CustomerRow[]; total: number }> => {
    const asked = Object.entries(filters) as [Field, string][]
    const isPersonal = asked.length > 0 || keywords.length > 0 || (sort !== 'createdAt' && sort !== 'updatedAt')
    if (isPersonal && !can(read, 'pii:read')) fail('PERMISSION_MISSING', { permission: 'pii:read' })
    const condition = and(
      eq(customers.merchantId, read.merchantId),
      eq(customers.lifecycle, 'current'),
      ...asked.map(([field, value]) => fieldCondition(field, value)),
      ...keywords.map(keywordCondition),
    )
    const [counted] = await read.reader.select({ total: countAll() }).from(customers).where(condition)
    const rows = await read.reader
      .select()
      .from(customers)
      .where(condition)
      .orderBy(...orderOf(sort, descending))
      .limit(perPage)
      .offset((page - 1) * perPage)
    if (isPersonal) recordRead(read, 'customers.searched', { objectType: 'search', objectId: 'customers' })
    return { rows: rows.map((row) => shown(read, row)), total: counted?.total ?? 0 }
  },
)
