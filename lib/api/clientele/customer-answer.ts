// Finding the customer that a path names, and answering one: whole, sparse or with what belongs to it.
import { fail } from '../../core/errors.ts'
import { isUuid, parseId } from '../../core/ids.ts'
import { findCustomerId } from '../../customers/queries.ts'
import type { CustomerRow } from '../../customers/rules.ts'
import { listInstruments } from '../../instruments/queries.ts'
import { type Owner, ownerOf, ownMerchant } from '../../merchants/own.ts'
import { getProfile } from '../../profiles/queries.ts'
import type { Answer } from '../http.ts'
import { etag } from './conditions.ts'
import type { Shape } from './query.ts'
import { clientText, sparseText, withMembers } from './render.ts'
import type { Call } from './route.ts'
import { param } from './route.ts'
import { toInstrument, toProfile } from './wallet-wire.ts'

export const notFound = (asked: string): never => fail('CUSTOMER_NOT_FOUND', { customerId: asked })

/** The int64 id behind the path's id: decimal or UUID. Anything else is not found, like an unknown one. */
export async function customerIdOf(call: Call, name = 'id'): Promise<number> {
  const asked = param(call, name)
  const id = parseId(asked)
  if (id !== undefined) return id
  const found = isUuid(asked) ? await findCustomerId(call.ctx, { identity: asked }) : undefined
  return found ?? notFound(asked)
}

async function expanded(call: Call, row: CustomerRow, { expand }: Shape): Promise<Record<string, string>> {
  const members: Record<string, string> = {}
  if (expand.has('instruments')) {
    const found = await listInstruments(call.ctx, { customerId: row.id })
    members.instruments = JSON.stringify(found.map(toInstrument))
  }
  if (expand.has('profile')) {
    const profile = row.profileGuid ? await getProfile(call.ctx, { profileGuid: row.profileGuid }) : null
    members.profile = JSON.stringify(profile && toProfile(profile))
  }
  if (expand.has('owner')) {
    const { id, name, currency } = await ownMerchant(call.ctx, {})
    members.owner = JSON.stringify({ id, name, currency })
  }
  return members
}

/** One customer's JSON text in the asked shape. `owner` is the caller's merchant. */
export async function shapedText(call: Call, row: CustomerRow, owner: Owner, shape: Shape): Promise<string> {
  const text = shape.fields ? sparseText(row, owner, shape.fields) : clientText(row, owner)
  return shape.expand.size === 0 ? text : withMembers(text, await expanded(call, row, shape))
}

/** The whole customer with further members (JSON values), its tag, and whose data it is. */
export async function customerAnswer(
  call: Call,
  row: CustomerRow,
  members: Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const owner = await ownerOf(call.ctx)
  const more = Object.fromEntries(Object.entries(members).map(([key, value]) => [key, JSON.stringify(value)]))
  const text = withMembers(clientText(row, owner), more)
  return { status: 200, text, headers: { ...headers, ETag: etag(row) }, customerId: row.id }
}
