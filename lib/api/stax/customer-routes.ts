// What the Stax API serves about customers.
import { z } from '@hono/zod-openapi'
import {
  create,
  FILTER_NAMES,
  findOrCreate,
  get,
  list,
  remove,
  removeMany,
  restore,
  restoreMany,
  update,
} from './customers.ts'
import { pageOf } from './paging.ts'
import type { Route } from './route.ts'
import { Customer, CustomerBody, IdsBody, WantedBody } from './wire.ts'

const text = z.string().optional()
const ListQuery = z.object({
  ...Object.fromEntries(FILTER_NAMES.map((name) => [name, text.openapi({ description: 'Any part of it.' })])),
  'keywords[]': z.array(z.string()).optional().openapi({ description: 'Each must be part of some field.' }),
  sort: text,
  order: z.enum(['ASC', 'DESC']).optional(),
  page: z.int().optional(),
  per_page: z.int().optional(),
})
const tag = 'Customers'
const INVALID = '400 is a bag of field → messages; 422 for keys made with `compatStatus200`'
const NOT_FOUND = '`{"id": "customer not found"}`'
const Many = z.object({ data: z.array(Customer) }).openapi('Customers')
const EXAMPLE = { firstname: 'Ines', lastname: 'Okafor', email: 'ines@example.com', address_country: 'USA' }

export const CUSTOMER_ROUTES: readonly Route[] = [
  {
    method: 'post',
    path: '/customer',
    summary: 'Create a customer',
    description:
      'At least one of firstname, lastname, email and company. Never looks for duplicates. 200 for keys made with `compatStatus200`.',
    tag,
    permission: 'customers:write',
    body: CustomerBody,
    bodyExample: EXAMPLE,
    answer: Customer,
    status: 201,
    refusals: { 400: INVALID },
    run: create,
  },
  {
    method: 'get',
    path: '/customer',
    summary: 'List customers',
    description: 'Newest first, 50 a page. Filters and keywords need pii:read.',
    tag,
    permission: 'customers:read',
    query: ListQuery,
    answer: pageOf(Customer, 'CustomerPage'),
    refusals: { 400: INVALID },
    run: list,
  },
  {
    method: 'delete',
    path: '/customer/bulk',
    summary: 'Delete customers, all or none',
    tag,
    permission: 'customers:archive',
    body: IdsBody,
    answer: Many,
    refusals: { 400: INVALID, 422: NOT_FOUND },
    run: removeMany,
  },
  {
    method: 'put',
    path: '/customer/restore/bulk',
    summary: 'Restore customers, all or none',
    tag,
    permission: 'customers:archive',
    body: IdsBody,
    answer: Many,
    refusals: { 400: INVALID, 422: NOT_FOUND },
    run: restoreMany,
  },
  {
    method: 'post',
    path: '/customer/find-or-create',
    summary: 'Find a customer by an exact combination, or create one',
    tag,
    permission: 'customers:write',
    body: WantedBody,
    bodyExample: EXAMPLE,
    answer: Customer,
    refusals: { 400: INVALID },
    run: findOrCreate,
  },
  {
    method: 'get',
    path: '/customer/{id}',
    summary: 'One customer, also a deleted one',
    tag,
    permission: 'customers:read',
    answer: Customer,
    refusals: { 404: NOT_FOUND },
    run: get,
  },
  {
    method: 'put',
    path: '/customer/{id}',
    summary: 'Change what is sent; null clears',
    tag,
    permission: 'customers:write',
    body: CustomerBody,
    bodyExample: { phone: '4075550142' },
    answer: Customer,
    refusals: { 400: INVALID, 404: NOT_FOUND },
    run: update,
  },
  {
    method: 'delete',
    path: '/customer/{id}',
    summary: 'Delete a customer, restorable',
    tag,
    permission: 'customers:archive',
    answer: Customer,
    refusals: { 422: NOT_FOUND },
    run: remove,
  },
  {
    method: 'put',
    path: '/customer/{id}/restore',
    summary: 'Restore a deleted customer',
    tag,
    permission: 'customers:archive',
    answer: Customer,
    refusals: { 404: NOT_FOUND },
    run: restore,
  },
]
