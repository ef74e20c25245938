// The customer calls of the Stax API.
import { invalid } from '../../core/errors.ts'
import { isUuid } from '../../core/ids.ts'
import {
  archiveCustomer,
  archiveCustomers,
  createCustomer,
  restoreCustomer,
  restoreCustomers,
  updateCustomer,
} from '../../customers/commands.ts'
import { shown } from '../../customers/mask.ts'
import { findOrCreateCustomer } from '../../customers/match.ts'
import { type CustomerPage, pageCustomers } from '../../customers/pages.ts'
import { findCustomerId, findOwnRow, getCustomer } from '../../customers/queries.ts'
import type { CustomerRow } from '../../customers/rules.ts'
import { type Answer, json } from '../http.ts'
import { changedFields, newFields, parseWire } from './customer-body.ts'
import { NO_CUSTOMER, orElse } from './errors.ts'
import { customerOf } from './map.ts'
import { askedPage, paginator } from './paging.ts'
import { type Call, param } from './route.ts'
import { IdsBody, WantedBody, withoutEmpty } from './wire.ts'

const answer = (row: CustomerRow, status = 200): Answer => ({
  ...json(customerOf(row), status),
  customerId: row.id,
})

/** Commands answer the whole row; what the caller may not see of it is masked here. */
const changed = (call: Call, row: CustomerRow, status = 200): Answer => answer(shown(call.ctx, row), status)

/** The int64 id behind a UUID. Anything else is not found, and so is who was erased. */
export async function customerIdOf({ ctx }: Call, uuid: string): Promise<number> {
  const found = isUuid(uuid) ? await findCustomerId(ctx, { identity: uuid }) : undefined
  // An id that nobody has: the core tells what that means.
  const { id, lifecycle } = await findOwnRow(ctx, { id: found ?? 0 })
  if (lifecycle === 'erased') await findOwnRow(ctx, { id: 0 })
  return id
}

const idOf = (call: Call): Promise<number> => customerIdOf(call, param(call, 'id'))

export async function create(call: Call): Promise<Answer> {
  const fields = newFields(call.body)
  const { customer } = await createCustomer(call.ctx, { ...fields, duplicates: 'allow' })
  return changed(call, customer, call.compat ? 200 : 201)
}

export async function get(call: Call): Promise<Answer> {
  return answer(await getCustomer(call.ctx, { id: await idOf(call) }))
}

export async function update(call: Call): Promise<Answer> {
  const row = await findOwnRow(call.ctx, { id: await idOf(call) })
  // Told by the core: a deleted customer cannot be updated, whatever the body says.
  const fields = row.lifecycle === 'current' ? changedFields(call.ctx, row, call.body) : {}
  const { customer } = await updateCustomer(call.ctx, { id: row.id, ...fields })
  return changed(call, customer)
}

const GONE = ['CUSTOMER_NOT_FOUND', 'CUSTOMER_ERASED'] as const

export const remove = (call: Call): Promise<Answer> =>
  orElse(
    async () => changed(call, (await archiveCustomer(call.ctx, { id: await idOf(call) })).customer),
    GONE,
    json(NO_CUSTOMER, 422),
  )

export async function restore(call: Call): Promise<Answer> {
  return changed(call, (await restoreCustomer(call.ctx, { id: await idOf(call) })).customer)
}

type Many = typeof archiveCustomers

/** All or nothing; an id that is repeated counts once. */
const bulk = (run: Many) => (call: Call) =>
  orElse(
    async () => {
      const uuids = [...new Set(parseWire(IdsBody, call.body).ids.map((id) => id.toLowerCase()))]
      const ids: number[] = []
      for (const uuid of uuids) ids.push(await customerIdOf(call, uuid))
      const rows = await run(call.ctx, { ids })
      return json({ data: rows.map((row) => customerOf(shown(call.ctx, row))) })
    },
    GONE,
    json(NO_CUSTOMER, 422),
  )

export const removeMany = bulk(archiveCustomers)
export const restoreMany = bulk(restoreCustomers)

export async function findOrCreate(call: Call): Promise<Answer> {
  const { customer_id, match_customer } = parseWire(WantedBody, withoutEmpty(call.body))
  const byId = customer_id !== undefined && match_customer !== false
  const fields = byId ? fieldsIfAny(call) : newFields(call.body)
  if (match_customer === false) {
    return changed(call, (await createCustomer(call.ctx, { ...fields, duplicates: 'allow' })).customer)
  }
  return answer((await findOrCreateCustomer(call.ctx, { fields, customerId: customer_id })).customer)
}

/** With an id nothing else is needed to find somebody. */
function fieldsIfAny(call: Call) {
  const { customer_id, match_customer, ...rest } = withoutEmpty(call.body)
  return Object.keys(rest).length === 0 ? {} : newFields(rest)
}

const FILTERS = {
  firstname: 'firstName',
  lastname: 'lastName',
  company: 'company',
  email: 'email',
  phone: 'phone',
  reference: 'reference',
  notes: 'description',
  address_1: 'street',
  address_2: 'street2',
  address_city: 'city',
  address_state: 'state',
  address_zip: 'zipCode',
  address_country: 'country',
} as const
export const FILTER_NAMES = Object.keys(FILTERS)
const SORTS: Record<string, CustomerPage['sort']> = { ...FILTERS, created_at: 'createdAt', updated_at: 'updatedAt' }

/** NUL is in no stored text, and one database refuses to look for it. */
const plain = (text: string): string => text.replaceAll('\0', '\ufffd')

function sortOf(query: URLSearchParams): Pick<CustomerPage, 'sort' | 'descending'> {
  const asked = query.get('sort') || undefined
  const order = query.get('order')?.toUpperCase() || (asked ? 'ASC' : 'DESC')
  if (order !== 'ASC' && order !== 'DESC') invalid('order', 'PARAMETER_INVALID', 'must be ASC or DESC')
  if (asked === undefined) return { sort: 'createdAt', descending: order === 'DESC' }
  const sort = Object.hasOwn(SORTS, asked) ? SORTS[asked] : undefined
  if (!sort) invalid('sort', 'PARAMETER_INVALID', `must be one of ${Object.keys(SORTS).join(', ')}`)
  return { sort, descending: order === 'DESC' }
}

/** `keywords=a`, `keywords[]=a&keywords[]=b`, `keywords[0]=a`. */
const keywordsOf = (query: URLSearchParams): string[] =>
  [...query]
    .filter(([name, value]) => /^keywords(\[\d{0,4}\])?$/.test(name) && value.trim() !== '')
    .map(([, value]) => plain(value.trim()))

export async function list(call: Call): Promise<Answer> {
  const { query } = call
  const asked = askedPage(query, 50)
  const filters = Object.fromEntries(
    Object.entries(FILTERS).flatMap(([name, field]) => {
      const value = query.get(name)?.trim()
      return value ? [[field, plain(value)]] : []
    }),
  )
  const search = { filters, keywords: keywordsOf(query), ...sortOf(query), ...asked }
  const { rows, total } = await pageCustomers(call.ctx, search)
  return json(paginator({ path: '/customer', query, ...asked, total, data: rows.map(customerOf) }))
}
