// The payment-method calls of the Stax API.
import { z } from '@hono/zod-openapi'
import { can } from '../../core/ctx.ts'
import { appError, fail, invalid } from '../../core/errors.ts'
import { isUuid } from '../../core/ids.ts'
import { findOwnRow, getCustomer } from '../../customers/queries.ts'
import { removeInstrument, setPreferred, updateInstrument } from '../../instruments/commands.ts'
import type { Instrument } from '../../instruments/load.ts'
import { findInstrumentId, getInstrument, listInstruments, pageInstruments } from '../../instruments/queries.ts'
import { ownMerchant } from '../../merchants/own.ts'
import { accountOf, storeInstrument, storeTestCard, testCardOf } from '../../transactions/store.ts'
import { type Answer, json } from '../http.ts'
import { parseWire } from './customer-body.ts'
import { customerIdOf } from './customers.ts'
import { orElse, WRONG_ID } from './errors.ts'
import { customerOf } from './map.ts'
import { askedPage, paginator } from './paging.ts'
import { detailsOf, expiryOf, methodOf } from './payment-map.ts'
import { BankBody, CardBody, MethodPatch, TokenBody } from './payment-wire.ts'
import { type Call, param } from './route.ts'
import { withoutEmpty } from './wire.ts'

/** The instruments as this API shows them, each with its customer where the caller may read one. */
async function rendered({ ctx }: Call, found: readonly Instrument[], deletedAt?: Date) {
  const { merchantUuid } = await ownMerchant(ctx, {})
  const ids = [...new Set(found.flatMap(({ customer }) => customer?.id ?? []))]
  const rows = new Map<number, Awaited<ReturnType<typeof findOwnRow>>>()
  const mayRead = can(ctx, 'customers:read')
  for (const id of ids) rows.set(id, mayRead ? await getCustomer(ctx, { id }) : await findOwnRow(ctx, { id }))
  return found.map((one) => {
    const row = rows.get(one.customer?.id ?? 0)
    const customer = row && mayRead ? customerOf(row) : null
    return methodOf(one, { merchantUuid, customer, customerId: row?.customerId ?? null, deletedAt })
  })
}

async function answer(call: Call, id: number): Promise<Answer> {
  const found = await getInstrument(call.ctx, { id })
  const [method] = await rendered(call, [found])
  return { ...json(method), customerId: found.customer?.id }
}

/** The instrument behind a UUID, which belongs to a customer of the merchant; INSTRUMENT_NOT_FOUND for any other. */
async function idOf(call: Call): Promise<number> {
  const uuid = param(call, 'id')
  const id = isUuid(uuid) ? await findInstrumentId(call.ctx, { identity: uuid }) : undefined
  const found = id === undefined ? undefined : await getInstrument(call.ctx, { id })
  return found?.customer ? found.id : fail('INSTRUMENT_NOT_FOUND', { instrumentId: uuid })
}

export const ofCustomer = (call: Call): Promise<Answer> =>
  orElse(
    async () => {
      const customerId = await customerIdOf(call, param(call, 'id'))
      return json(await rendered(call, await listInstruments(call.ctx, { customerId })))
    },
    ['CUSTOMER_NOT_FOUND'],
    json(WRONG_ID, 422),
  )

/** The customer that a body names; one that is not there is a fault of the field. */
async function ownerOf(call: Call, uuid: string): Promise<number> {
  try {
    return await customerIdOf(call, uuid)
  } catch (err) {
    if (appError(err)?.code !== 'CUSTOMER_NOT_FOUND') throw err
    return invalid('customer_id', 'VALUE_UNKNOWN', 'is not the id of a customer')
  }
}

const given = (details: Record<string, string | null>): Record<string, string> =>
  Object.fromEntries(Object.entries(details).flatMap(([name, value]) => (value ? [[name, value]] : [])))

const Method = z.object({ method: z.enum(['card', 'bank'], { error: 'must be card or bank' }) })

/** Looks at a card before anything of the body is kept: any number but a published one ends here. */
export function withoutCard(body: Record<string, unknown>): Record<string, unknown> {
  const { card_number, card_cvv, ...kept } = body
  if (card_number !== undefined && card_number !== null && card_number !== '') {
    testCardOf({ cardNumber: String(card_number), expMonth: 1, expYear: 2000 })
  }
  return kept
}

export async function create(call: Call): Promise<Answer> {
  const body = withoutEmpty(call.body)
  const { method } = parseWire(Method, body)
  if (method === 'card') {
    const {
      card_number: cardNumber,
      card_exp,
      customer_id,
      person_name,
      is_default,
      ...rest
    } = parseWire(CardBody, body)
    const customerId = await ownerOf(call, customer_id)
    const whose = { customerId, holderName: person_name, preferred: is_default, details: given(detailsOf(rest)) }
    const { id } = await storeTestCard(call.ctx, { ...whose, ...expiryOf(card_exp), cardNumber })
    return answer(call, id)
  }
  const { bank_account, customer_id, person_name, is_default, ...rest } = parseWire(BankBody, body)
  const data = accountOf(bank_account, rest.bank_routing ?? '')
  if (data.type === 'bank' && !rest.bank_routing) invalid('bank_routing', 'REQUIRED', 'is required')
  const customerId = await ownerOf(call, customer_id)
  const whose = { customerId, holderName: person_name, preferred: is_default, details: given(detailsOf(rest)) }
  return answer(call, (await storeInstrument(call.ctx, { ...whose, data })).id)
}

export async function createFromToken(call: Call): Promise<Answer> {
  const { customer_id, token, person_name, is_default } = parseWire(TokenBody, withoutEmpty(call.body))
  const customerId = await ownerOf(call, customer_id)
  const wanted = { customerId, token, holderName: person_name, preferred: is_default }
  try {
    return await answer(call, (await storeInstrument(call.ctx, wanted)).id)
  } catch (err) {
    const code = appError(err)?.code
    if (code === 'TOKEN_NOT_FOUND' || code === 'INSTRUMENT_NOT_FOUND') {
      invalid('token', 'VALUE_UNKNOWN', 'is unknown, used or expired')
    }
    throw err
  }
}

export async function get(call: Call): Promise<Answer> {
  return answer(call, await idOf(call))
}

export async function list(call: Call): Promise<Answer> {
  const asked = askedPage(call.query, 20)
  const status = call.query.get('status')
  if (status && status !== 'all' && status !== 'deleted') {
    invalid('status', 'PARAMETER_INVALID', 'must be all or deleted')
  }
  // What is deleted is gone for good, so there is nothing to list of it.
  const { found, total } = status === 'deleted' ? { found: [], total: 0 } : await pageInstruments(call.ctx, asked)
  const data = await rendered(call, found)
  return json(paginator({ path: '/payment-method', query: call.query, ...asked, total, data }))
}

export async function update(call: Call): Promise<Answer> {
  const id = await idOf(call)
  const sent = withoutEmpty({ ...Object.fromEntries(call.query), ...call.body })
  const { is_default, person_name, card_exp, ...rest } = parseWire(MethodPatch, sent)
  const expiry = card_exp === undefined ? {} : expiryOf(card_exp)
  await updateInstrument(call.ctx, { id, holderName: person_name, ...expiry, details: detailsOf(rest) })
  if (is_default !== undefined) {
    const { profileGuid, isPreferred } = await getInstrument(call.ctx, { id })
    if (is_default !== isPreferred) await setPreferred(call.ctx, { profileGuid, instrumentId: is_default ? id : null })
  }
  return answer(call, id)
}

export async function remove(call: Call): Promise<Answer> {
  const found = await getInstrument(call.ctx, { id: await idOf(call) })
  const [method] = await rendered(call, [found], call.ctx.now())
  await removeInstrument(call.ctx, { id: found.id })
  return json(method)
}
