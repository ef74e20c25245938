// The connectors among which a meta-connector chooses: of its own merchant and of the merchants below.
import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { connectorMembers, connectors, merchants } from '#db/schema'
import { fail, invalid } from '../core/errors.ts'
import { record } from '../core/record.ts'
import { command, query, type Read, type Tx } from '../core/verb.ts'
import { CurrencyCode } from '../customers/values.ts'
import { InstrumentType } from '../instruments/schema.ts'
import type { Member } from './routing.ts'

export type ConnectorMember = Member & { name: string; adapter: string; enabled: boolean }

/** The members of a connector, by name. */
export async function listMembers(on: Pick<Read, 'reader'> | Tx, connectorId: number): Promise<ConnectorMember[]> {
  const reader = 'reader' in on ? on.reader : on.writer
  return reader
    .select({
      memberId: connectorMembers.memberId,
      method: connectorMembers.method,
      brand: connectorMembers.brand,
      currency: connectorMembers.currency,
      weight: connectorMembers.weight,
      name: connectors.name,
      adapter: connectors.adapter,
      enabled: connectors.enabled,
    })
    .from(connectorMembers)
    .innerJoin(connectors, eq(connectors.id, connectorMembers.memberId))
    .where(eq(connectorMembers.connectorId, connectorId))
    .orderBy(connectors.name, connectors.id)
}

const id = z.number().int().positive()
const NewMember = z.strictObject({
  connectorId: id,
  memberId: id,
  method: InstrumentType.nullable().default(null),
  brand: z
    .string()
    .regex(/^[a-z0-9_-]{1,40}$/, 'must be a brand such as visa')
    .nullable()
    .default(null),
  currency: CurrencyCode.nullable().default(null),
  weight: z.number().int().min(0).max(1000).default(1),
})

/** The merchant's own meta-connector, or CONNECTOR_NOT_FOUND. */
async function ownMeta(tx: Tx, connectorId: number): Promise<void> {
  const own = and(eq(connectors.id, connectorId), eq(connectors.merchantId, tx.merchantId))
  const [found] = await tx.writer.select({ adapter: connectors.adapter }).from(connectors).where(own)
  if (!found) fail('CONNECTOR_NOT_FOUND', { connectorId: String(connectorId) })
  if (found.adapter !== 'meta') invalid('connectorId', 'NOT_APPLICABLE', 'must be a meta-connector')
}

/** A connector that sends payments itself, of the caller's merchant or of one below it. */
async function mayJoin(tx: Tx, memberId: number): Promise<void> {
  const [own] = await tx.writer.select({ path: merchants.path }).from(merchants).where(eq(merchants.id, tx.merchantId))
  const [member] = await tx.writer
    .select({ adapter: connectors.adapter })
    .from(connectors)
    .innerJoin(merchants, eq(merchants.id, connectors.merchantId))
    .where(and(eq(connectors.id, memberId), sql`${merchants.path} like ${`${own?.path ?? '/none/'}%`}`))
  if (!member) fail('CONNECTOR_NOT_FOUND', { connectorId: String(memberId) })
  if (member.adapter === 'meta') invalid('memberId', 'NOT_APPLICABLE', 'must not be a meta-connector')
}

/** Adds a member to a meta-connector, or changes its conditions. */
export const setMember = command('connectors:write', NewMember, async (tx, input): Promise<ConnectorMember[]> => {
  const { connectorId, memberId, ...conditions } = input
  await ownMeta(tx, connectorId)
  await mayJoin(tx, memberId)
  await tx.writer
    .insert(connectorMembers)
    .values(input)
    .onConflictDoUpdate({ target: [connectorMembers.connectorId, connectorMembers.memberId], set: conditions })
  const detail = { [`member ${memberId}`]: { before: null, after: conditions } }
  record(tx, 'connector.members.changed', { objectType: 'connector', objectId: connectorId, detail })
  return listMembers(tx, connectorId)
})

const MemberRef = z.strictObject({ connectorId: id, memberId: id })

/** Takes a member out; what it has stored can then not be routed any more. CONNECTOR_NOT_FOUND when it is none. */
export const removeMember = command('connectors:write', MemberRef, async (tx, { connectorId, memberId }) => {
  await ownMeta(tx, connectorId)
  const one = and(eq(connectorMembers.connectorId, connectorId), eq(connectorMembers.memberId, memberId))
  const gone = await tx.writer.delete(connectorMembers).where(one).returning({ id: connectorMembers.memberId })
  if (gone.length === 0) fail('CONNECTOR_NOT_FOUND', { connectorId: String(memberId) })
  const detail = { [`member ${memberId}`]: { before: true, after: null } }
  record(tx, 'connector.members.changed', { objectType: 'connector', objectId: connectorId, detail })
  return listMembers(tx, connectorId)
})

/** The members of one of the caller's connectors; none for one that is no meta-connector. */
export const getMembers = query(
  'connectors:read',
  z.strictObject({ connectorId: id }),
  async (read, { connectorId }) => {
    const own = and(eq(connectors.id, connectorId), eq(connectors.merchantId, read.merchantId))
    const [found] = await read.reader.select({ id: connectors.id }).from(connectors).where(own)
    if (!found) fail('CONNECTOR_NOT_FOUND', { connectorId: String(connectorId) })
    return listMembers(read, connectorId)
  },
)
