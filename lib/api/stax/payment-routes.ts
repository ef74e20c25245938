// What the Stax API serves about payment methods.
import { z } from '@hono/zod-openapi'
import { pageOf } from './paging.ts'
import { create, createFromToken, get, list, ofCustomer, remove, update, withoutCard } from './payment-methods.ts'
import { MethodPatch, NewMethodBody, PaymentMethod, TokenBody } from './payment-wire.ts'
import type { Route } from './route.ts'

const tag = 'Payment methods'
const INVALID = '400 is a bag of field → messages; 422 for keys made with `compatStatus200`'
const WRONG_ID = '`{"id": ["The selected id is invalid."]}`'
const CUSTOMER = '0b9f0f86-2d3c-4a0e-8c39-6f3b1d1f6f10'

export const PAYMENT_ROUTES: readonly Route[] = [
  {
    method: 'get',
    path: '/customer/{id}/payment-method',
    summary: 'The payment methods of a customer, newest first',
    tag,
    permission: 'instruments:read',
    answer: z.array(PaymentMethod),
    refusals: { 422: WRONG_ID },
    run: ofCustomer,
  },
  {
    method: 'post',
    path: '/payment-method',
    summary: 'Save a bank account, or a published test card of the simulator',
    description: 'Clientele takes no real card number: any other is refused and kept nowhere. Use a token instead.',
    tag,
    permission: 'instruments:write',
    body: NewMethodBody,
    bodyExample: {
      customer_id: CUSTOMER,
      method: 'bank',
      person_name: 'Ines Okafor',
      bank_account: '9876543210',
      bank_routing: '021000021',
      bank_name: 'BANK INC',
      bank_type: 'savings',
      bank_holder_type: 'personal',
    },
    answer: PaymentMethod,
    refusals: { 400: INVALID, 409: 'No simulator connector with a container' },
    withoutCard,
    run: create,
  },
  {
    method: 'post',
    path: '/payment-method/token',
    summary: 'Save what stands behind a token',
    tag,
    permission: 'instruments:write',
    body: TokenBody,
    bodyExample: { customer_id: CUSTOMER, token: 'ix::sim-visa' },
    answer: PaymentMethod,
    refusals: { 400: INVALID, 409: 'The instrument belongs to another customer' },
    run: createFromToken,
  },
  {
    method: 'get',
    path: '/payment-method',
    summary: 'List payment methods, newest first',
    tag,
    permission: 'instruments:read',
    query: z.object({
      status: z.enum(['all', 'deleted']).optional(),
      page: z.int().optional(),
      per_page: z.int().optional(),
    }),
    answer: pageOf(PaymentMethod, 'PaymentMethodPage'),
    refusals: { 400: INVALID },
    run: list,
  },
  {
    method: 'get',
    path: '/payment-method/{id}',
    summary: 'One payment method',
    tag,
    permission: 'instruments:read',
    answer: PaymentMethod,
    refusals: { 422: WRONG_ID },
    run: get,
  },
  {
    method: 'put',
    path: '/payment-method/{id}',
    summary: 'Change what is sent, as body or query',
    tag,
    permission: 'instruments:write',
    body: MethodPatch,
    bodyExample: { is_default: 1 },
    answer: PaymentMethod,
    refusals: { 400: INVALID, 422: WRONG_ID },
    run: update,
  },
  {
    method: 'delete',
    path: '/payment-method/{id}',
    summary: 'Delete a payment method: it pays nowhere any more',
    tag,
    permission: 'instruments:write',
    answer: PaymentMethod,
    refusals: { 422: WRONG_ID },
    run: remove,
  },
]
